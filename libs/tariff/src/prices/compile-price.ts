import type {
  Aggregation,
  ChargeModel,
  DistinctBy,
  RateEntry,
  RoundAt,
  RoundingMode,
  UsagePrice,
} from '@tollkeeper/contracts';
import { divideRounded, parseRate, type Micro } from '@tollkeeper/money';
import type { CompiledCharge } from './charge';
import { type Exact, greatestCommon, microOf } from './exact';
import { type IncrementSlot, slotsOf } from './increments';
import { packageCharge } from './package';
import { flatCharge, graduatedPercentageCharge, passThroughCharge, percentageCharge } from './percentage';
import { perUnitCharge, stepsCharge } from './steps';
import { graduatedCharge, volumeCharge } from './tiers';

/** A price with its numbers parsed once: rating a record only multiplies, divides and rounds. */
export interface CompiledPrice {
  /** Prices with one key are one price: their quantities are summed together. */
  key: string;
  charge: CompiledCharge;
  slots: readonly IncrementSlot[];
  /** `60/1`, as explanations name it. */
  increments: string;
  roundAt: RoundAt;
  rounding: RoundingMode;
  decimals: number;
  /** Amounts are whole multiples of this many micro. */
  stepMicro: bigint;
  connect: Exact;
  connectMicro: Micro;
  /** The most that a call costs. */
  limit: Exact | null;
  limitMicro: Micro | null;
  /** What a scope comes to depends on more than its quantity, so its exact amount is carried along. */
  carriesAmount: boolean;
  /** How records become the quantity that is priced, and by which distinct values. */
  aggregation: Aggregation;
  distinct: DistinctBy | null;
  /** A further record may make its sum cheaper than it was. */
  mayFall: boolean;
  /** A plain rate without limit, as numbers: quantity x numerator / denominator steps of `stepMicro`, while that is exact. */
  plain: PlainRate | null;
  /** For explanations: the rate of the first tier or step. */
  rate: string;
  perUnits: number;
  model: ChargeModel['model'];
  terms: ChargeModel;
}

export interface PlainRate {
  numerator: number;
  denominator: number;
  step: number;
}

const mostDecimals = 6;

const falling: readonly Aggregation[] = ['uniqueCount', 'latest', 'weightedSum'];

export function compileCharge(model: ChargeModel): CompiledCharge {
  switch (model.model) {
    case 'perUnit':
      return perUnitCharge(model.rate, model.perUnits);
    case 'steps':
      return stepsCharge(model.steps);
    case 'package':
      return packageCharge(model);
    case 'graduated':
      return graduatedCharge(model.tiers);
    case 'volume':
      return volumeCharge(model.tiers);
    case 'percentage':
      return percentageCharge(model);
    case 'graduatedPercentage':
      return graduatedPercentageCharge(model.tiers);
    case 'flat':
      return flatCharge(model.amount);
    case 'passThrough':
      return passThroughCharge();
  }
}

/** The rate that an explanation shows. */
function shownRate(model: ChargeModel): { rate: string; perUnits: number } {
  switch (model.model) {
    case 'perUnit':
      return { rate: model.rate, perUnits: model.perUnits };
    case 'steps':
      return { rate: model.steps[0]!.rate, perUnits: model.steps[0]!.perUnits };
    case 'graduated':
    case 'volume':
      return { rate: model.tiers[0]!.rate, perUnits: model.tiers[0]!.perUnits };
    case 'package':
      return { rate: model.amount, perUnits: model.size };
    case 'percentage':
      return { rate: model.percent, perUnits: 100 };
    case 'graduatedPercentage':
      return { rate: model.tiers[0]!.percent, perUnits: 100 };
    case 'flat':
      return { rate: model.amount, perUnits: 1 };
    case 'passThrough':
      return { rate: '1', perUnits: 1 };
  }
}

function plainRate(charge: CompiledCharge, step: bigint): PlainRate | null {
  if (charge.counts !== 'sum') return null;
  const [perUnit, denominator] = [charge.of(1n), charge.denominator * step];
  const common = greatestCommon(perUnit, denominator);
  const plain = {
    numerator: Number(perUnit / common),
    denominator: Number(denominator / common),
    step: Number(step),
  };
  return Number.isSafeInteger(plain.numerator) && Number.isSafeInteger(plain.denominator * 2) ? plain : null;
}

const safeMicro = (amount: bigint, what: string): Micro => {
  const micro = Number(amount);
  if (!Number.isSafeInteger(micro)) throw new RangeError(`${what} is beyond what is exact`);
  return micro;
};

/** Throws a RangeError that says what cannot be priced. */
export function compilePrice(price: UsagePrice, key: string): CompiledPrice {
  const { charge: model, initialIncrement = 1, nextIncrement = 1, connectFee = '0', maxCharge } = price;
  const { aggregation = 'sum', distinct = null } = price;
  const { roundAt = 'record', rounding = 'halfUp', decimals = mostDecimals } = price;
  if (![initialIncrement, nextIncrement].every(isCount) || !(decimals >= 0 && decimals <= mostDecimals))
    throw new RangeError('units and increments are positive whole numbers, decimals 0 to 6');
  if (parseRate(connectFee) < 0n || parseRate(maxCharge ?? '0') < 0n)
    throw new RangeError('a price is never negative');
  const charge = compileCharge(model);
  const slots =
    model.model === 'steps'
      ? model.steps.map(({ from, increment }) => ({ from, increment }))
      : slotsOf(initialIncrement, nextIncrement);
  const stepMicro = 10n ** BigInt(mostDecimals - decimals);
  const connect = microOf(connectFee);
  const isApart = staysApart(connect, stepMicro, rounding);
  const limit = maxCharge === undefined ? null : microOf(maxCharge);
  const rounded = ({ numerator, denominator }: Exact, what: string): Micro =>
    safeMicro(divideRounded(numerator, denominator, rounding), what);
  return {
    key,
    charge,
    slots,
    increments: slots.length === 1 ? `${slots[0]!.increment}/${slots[0]!.increment}` : incrementsText(slots),
    roundAt,
    rounding,
    decimals,
    stepMicro,
    connect,
    connectMicro: rounded(connect, 'the connect fee'),
    limit,
    limitMicro: limit && rounded(limit, 'the most that a call costs'),
    carriesAmount: charge.counts !== 'sum' || limit !== null || !isApart,
    aggregation,
    distinct,
    mayFall: model.model === 'volume' || falling.includes(aggregation),
    plain: model.model === 'perUnit' && limit === null && isApart ? plainRate(charge, stepMicro) : null,
    ...shownRate(model),
    model: model.model,
    terms: model,
  };
}

/** A fee of whole rounding steps can be added behind the rounding. */
/**
 * Whether a connect fee can be added after rounding as well as before: whole steps move no rounding, except that an odd
 * number of them turns what half even takes for even.
 */
const staysApart = ({ numerator, denominator }: Exact, stepMicro: bigint, rounding: RoundingMode): boolean =>
  denominator === 1n && numerator % (rounding === 'halfEven' ? 2n * stepMicro : stepMicro) === 0n;

const incrementsText = (slots: readonly IncrementSlot[]): string =>
  slots.map(({ increment }) => increment).join('/');

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0;

/** A deck's row is a plain rate. */
export const priceOfRow = (row: RateEntry): UsagePrice => ({
  charge: { model: 'perUnit', rate: row.rate, perUnits: row.perUnits },
  connectFee: row.connectFee,
  initialIncrement: row.initialIncrement,
  nextIncrement: row.nextIncrement,
  roundAt: row.roundAt,
  rounding: row.rounding,
  decimals: row.decimals,
  maxCharge: row.maxCharge,
});
