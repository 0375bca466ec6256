import { addDays, type Cycle, type LocalDate } from '@tollkeeper/calendar';
import type {
  AccountProfile,
  OfferingVersion,
  OneOffCharge,
  PriceOverride,
  RevenueCategory,
} from '@tollkeeper/contracts';
import type { BilledOnce, BillLine } from './bill';
import { type ChargeHolder, holdersOf, isWithinADay, numberOf } from './charge-holders';
import { plainLine } from './charge-lines';
import { priceOf } from './charge-price';
import { versionOn } from './offering-versions';
import { type BilledFee, type BilledFees, feeAfterWithdrawal, withdrawnKey } from './withdrawal';

type ChargeLine = Omit<BillLine, 'lineNo'>;

/** A charge that a person or another system placed on an account. */
export interface PlacedCharge {
  placedChargeId: string;
  accountId: string;
  /** `null`: of the account as a whole. */
  subscriptionId: string | null;
  /** Where it comes from the catalog. */
  offeringId: string | null;
  offeringVersion: number | null;
  chargeId: string | null;
  description: string;
  amountMinor: number;
  taxCode: string;
  revenueCategory: RevenueCategory;
  /** The day of the service: billed by the first bill whose cut-off is later. */
  on: LocalDate;
  reason: string;
}

export interface OneOffInput {
  cycle: Cycle;
  startsOn: LocalDate;
  cutOffOn: LocalDate;
  /** What begins or is placed before this day is charged. Absent: before the cut-off. */
  oneOffUntil?: LocalDate;
  account: AccountProfile;
  offerings: OfferingVersion[];
  overrides?: readonly PriceOverride[];
  placed?: readonly PlacedCharge[];
  billedOnce?: BilledOnce;
  /** By key, those of contracts that were withdrawn from. Absent: none was billed. */
  billedFees?: BilledFees;
  /** Absent: found anew. */
  holders?: readonly ChargeHolder[];
}

const placedPrefix = 'placed/';

export const placedKey = (placedChargeId: string): string => `${placedPrefix}${placedChargeId}`;

export const placedIdOf = (onceKey: string): string | null =>
  onceKey.startsWith(placedPrefix) ? onceKey.slice(placedPrefix.length) : null;

/** Setup and activation fees of what began before the cut-off, then what was placed. */
export function oneOffCharges(input: OneOffInput): ChargeLine[] {
  const { billedOnce = new Set<string>(), placed = [], oneOffUntil = input.cutOffOn } = input;
  const { billedFees = new Map<string, BilledFee>() } = input;
  return [
    ...feesOf(input).flatMap(({ line, withdrawn }) =>
      withdrawn ? feeAfterWithdrawal(line, billedFees) : [line],
    ),
    ...placed.filter(({ on }) => on < oneOffUntil).map((charge) => placedLine(charge, input)),
  ].filter(({ onceKey = '' }) => !billedOnce.has(onceKey));
}

/** All keys under which an account's fees may have been billed, also on another account's bill. */
export const onceKeysOf = (input: OneOffInput): string[] =>
  [
    ...feesOf(input).map(({ line }) => line),
    ...(input.placed ?? []).map((charge) => placedLine(charge, input)),
  ]
    .flatMap(({ onceKey }) => onceKey ?? [])
    .concat(feesWithdrawn(input).map(withdrawnKey));

/** Keys of the fees for contracts that were withdrawn from. */
export const feesWithdrawn = (input: OneOffInput): string[] =>
  feesOf(input).flatMap(({ line, withdrawn }) => (withdrawn && line.onceKey ? [line.onceKey] : []));

interface Fee {
  line: ChargeLine;
  withdrawn: boolean;
}

function feesOf(input: OneOffInput): Fee[] {
  const { account, cycle, startsOn, oneOffUntil = input.cutOffOn, offerings } = input;
  if (!offerings.some(({ oneOffCharges: charges }) => charges && charges.length > 0)) return [];
  const begun = new Map<string, number>();
  const lines: Fee[] = [];
  for (const holder of inOrderOfStart(holdersOf(input))) {
    const { rootId, offeringId, days, part } = holder;
    // Who pays from later on did not buy it.
    if (part && part.planFrom < days.from) continue;
    const time = (begun.get(`${rootId}/${offeringId}`) ?? 0) + 1;
    begun.set(`${rootId}/${offeringId}`, time);
    const isFirst = !begun.has(offeringId);
    begun.set(offeringId, 1);
    if (days.from < startsOn || days.from >= oneOffUntil) continue;
    const offering = versionOn(offerings, offeringId, days.from, cycle.zone);
    for (const charge of offering?.oneOffCharges ?? []) {
      if (!offering || charge.when === 'other' || (charge.when === 'setup' && !isFirst)) continue;
      const onceKey =
        charge.when === 'setup'
          ? `setup/${account.accountId}/${offeringId}/${charge.chargeId}`
          : `activation/${rootId}/${offeringId}/${charge.chargeId}/${time}`;
      lines.push({
        line: feeLine(charge, offering, holder, onceKey, input),
        withdrawn: holder.withdrawn === true,
      });
    }
  }
  return lines;
}

/** A plan that another one replaced within a day was none; a service that ended within a day was activated. */
const inOrderOfStart = (holders: readonly ChargeHolder[]): ChargeHolder[] =>
  holders
    .filter((holder) => holder.kind === 'subscription' && (holder.endsAt || !isWithinADay(holder)))
    .sort((left, right) =>
      left.days.from < right.days.from ? -1 : left.days.from > right.days.from ? 1 : 0,
    );

function feeLine(
  charge: OneOffCharge,
  offering: OfferingVersion,
  holder: ChargeHolder,
  onceKey: string,
  { cycle, overrides = [] }: OneOffInput,
): ChargeLine {
  const { holderId, rootId, days } = holder;
  const price = priceOf(charge, offering, [holderId, rootId], days.from, { overrides, zone: cycle.zone });
  const day = { from: days.from, to: addDays(days.from, 1) };
  return { ...plainLine(charge, offering, holder, day, price), kind: 'oneOff', onceKey };
}

function placedLine(charge: PlacedCharge, { account }: OneOffInput): ChargeLine {
  const { placedChargeId, subscriptionId, description, taxCode, revenueCategory, on, amountMinor } = charge;
  const subscription = account.subscriptions.find((each) => each.subscriptionId === subscriptionId);
  return {
    kind: 'oneOff',
    subscriptionId,
    number: subscription ? numberOf(subscription) : null,
    description,
    from: on,
    to: addDays(on, 1),
    quantity: 1,
    unit: 'charge',
    includedQuantity: 0,
    records: 0,
    amountMicro: null,
    amountMinor,
    taxCode,
    revenueCategory,
    deferred: false,
    offeringId: charge.offeringId ?? '',
    offeringVersion: charge.offeringVersion,
    chargeKey: null,
    proration: null,
    periodIds: [],
    price: {
      chargeId: charge.chargeId ?? placedChargeId,
      amountMinor,
      source: 'placed',
      sourceId: placedChargeId,
    },
    onceKey: placedKey(placedChargeId),
  };
}
