/**
 * The rules of rating once more, written from what they say and not from the code that is tested: fractions of big integers,
 * one unit of a call after the other, every sum from its beginning. Slow on purpose.
 */
export interface Fraction {
  top: bigint;
  /** Positive. */
  bottom: bigint;
}

export const fraction = (top: bigint, bottom = 1n): Fraction => ({ top, bottom });
/** Without common factors, so that a long sum stays readable. */
export function add(a: Fraction, b: Fraction): Fraction {
  const [top, bottom] = [a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom];
  let [common, rest] = [top < 0n ? -top : top, bottom];
  while (rest !== 0n) [common, rest] = [rest, common % rest];
  return fraction(top / common, bottom / common);
}
const times = (a: Fraction, b: bigint): Fraction => fraction(a.top * b, a.bottom);
const isMore = (a: Fraction, b: Fraction): boolean => a.top * b.bottom > b.top * a.bottom;

/** "0.0125" is 125/10000. */
export function fractionOf(text: string): Fraction {
  const [whole = '0', decimals = ''] = text.split('.');
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

type Mode = 'halfUp' | 'halfEven' | 'up' | 'down';

/** Whole multiples of 10^-decimals, in millionths. Amounts here are never negative. */
export function rounded(value: Fraction, mode: Mode, decimals: number): bigint {
  const scaled = times(value, 10n ** BigInt(decimals));
  const below = scaled.top / scaled.bottom;
  const rest = fraction(scaled.top - below * scaled.bottom, scaled.bottom);
  const half = fraction(1n, 2n);
  const isHalf = !isMore(rest, half) && !isMore(half, rest);
  const goesUp =
    rest.top > 0n &&
    (mode === 'up' ||
      (mode === 'halfUp' && (isMore(rest, half) || isHalf)) ||
      (mode === 'halfEven' && (isMore(rest, half) || (isHalf && below % 2n === 1n))));
  return (goesUp ? below + 1n : below) * 10n ** BigInt(6 - decimals);
}

interface OracleTier {
  upTo: number | null;
  rate: string;
  perUnits: number;
  flat: string;
  block: number;
}

export type OracleCharge =
  | { kind: 'perUnit'; rate: string; perUnits: number }
  | { kind: 'steps'; steps: { from: number; rate: string; perUnits: number; increment: number }[] }
  | { kind: 'package'; size: number; amount: string; freeUnits: number; counts: 'started' | 'full' }
  | { kind: 'graduated' | 'volume'; tiers: OracleTier[] }
  | { kind: 'flat'; amount: string };

export interface OraclePrice {
  charge: OracleCharge;
  connectFee: string;
  initial: number;
  next: number;
  roundAt: 'record' | 'day' | 'line';
  mode: Mode;
  decimals: number;
  limit: string | null;
}

const per = (rate: string, units: number): Fraction => {
  const { top, bottom } = fractionOf(rate);
  return fraction(top, bottom * BigInt(units));
};

const startedBlocks = (units: number, size: number): number => Math.ceil(units / size);

function tierPrice({ rate, perUnits, flat, block }: OracleTier, units: number): Fraction {
  return add(times(per(rate, perUnits), BigInt(startedBlocks(units, block) * block)), fractionOf(flat));
}

/** What so many units cost when nothing came before them. */
function priceOfUnits(charge: OracleCharge, units: number): Fraction {
  if (units === 0) return fraction(0n);
  switch (charge.kind) {
    case 'perUnit':
      return times(per(charge.rate, charge.perUnits), BigInt(units));
    case 'package': {
      const behind = Math.max(0, units - charge.freeUnits);
      const full = Math.floor(behind / charge.size);
      const count = charge.counts === 'full' ? full : startedBlocks(behind, charge.size);
      return times(fractionOf(charge.amount), BigInt(count));
    }
    case 'volume': {
      const tier = charge.tiers.find(({ upTo }) => upTo === null || units <= upTo);
      return tierPrice(tier ?? charge.tiers.at(-1)!, units);
    }
    case 'graduated': {
      let sum = fraction(0n);
      let from = 0;
      for (const tier of charge.tiers) {
        if (units > from) sum = add(sum, tierPrice(tier, Math.min(units, tier.upTo ?? units) - from));
        from = tier.upTo ?? units;
      }
      return sum;
    }
    case 'steps':
    case 'flat':
      throw new Error('priced call by call');
  }
}

/** The length of the step that starts at a position of the call. */
function stepAt({ charge, initial, next }: OraclePrice, position: number): number {
  if (charge.kind !== 'steps') return position < initial ? initial : next;
  return charge.steps.filter(({ from }) => from <= position).at(-1)!.increment;
}

/** The units of one call that are charged, as positions, by the steps price. */
function priceOfPositions(
  { steps }: Extract<OracleCharge, { kind: 'steps' }>,
  from: number,
  to: number,
): Fraction {
  let sum = fraction(0n);
  steps.forEach(({ from: start, rate, perUnits }, index) => {
    const inside = Math.min(to, steps[index + 1]?.from ?? to) - Math.max(from, start);
    if (inside > 0) sum = add(sum, times(per(rate, perUnits), BigInt(inside)));
  });
  return sum;
}

export interface OracleCall {
  /** Seconds since the first midnight. */
  start: number;
  seconds: number;
}

export interface OracleTariff {
  /** Between these seconds of each day `peak` is the price, else `other`. */
  peakFrom: number;
  peakTo: number;
  peak: OraclePrice;
  other: OraclePrice;
  included: number;
}

interface Part {
  price: OraclePrice;
  from: number;
  to: number;
  charged: number;
}

const daySeconds = 86_400;

/** Increment after increment: each belongs to the price in force when it starts, and is whole. */
function partsOf({ peakFrom, peakTo, peak, other }: OracleTariff, { start, seconds }: OracleCall): Part[] {
  const parts: Part[] = [];
  for (let position = 0; position < seconds;) {
    const ofDay = (start + position) % daySeconds;
    const price = peakFrom <= ofDay && ofDay < peakTo ? peak : other;
    const to = position + stepAt(price, position);
    const last = parts.at(-1);
    if (last?.price === price) last.to = to;
    else parts.push({ price, from: position, to, charged: 0 });
    position = to;
  }
  return parts;
}

/** What each call of a month adds to the bill, in millionths; calls in the order of their starts. */
export function oracleAmounts(tariff: OracleTariff, calls: readonly OracleCall[]): bigint[] {
  let left = tariff.included;
  const units = new Map<string, number>();
  const totals = new Map<string, Fraction>();
  return calls.map((call) => {
    let [amount, whole, spent] = [0n, fraction(0n), fraction(0n)];
    let first: OraclePrice | null = null;
    let isConnected = false;
    for (const part of partsOf(tariff, call)) {
      const { price } = part;
      const drawn = Math.min(left, part.to - part.from);
      left -= drawn;
      part.charged = part.to - part.from - drawn;
      if (part.charged === 0) continue;
      const name = price === tariff.peak ? 'peak' : 'other';
      const scope = price.roundAt === 'day' ? `${name} ${Math.floor(call.start / daySeconds)}` : name;
      const before = price.roundAt === 'record' ? 0 : (units.get(scope) ?? 0);
      units.set(scope, before + part.charged);
      let cost = costOf(part, before);
      if (!isConnected) cost = add(cost, fractionOf(price.connectFee));
      isConnected = true;
      if (price.limit !== null) {
        const open = add(fractionOf(price.limit), times(spent, -1n));
        if (isMore(cost, open)) cost = isMore(open, fraction(0n)) ? open : fraction(0n);
      }
      spent = add(spent, cost);
      if (price.roundAt === 'record') {
        whole = add(whole, cost);
        first ??= price;
        continue;
      }
      const total = totals.get(scope) ?? fraction(0n);
      totals.set(scope, add(total, cost));
      amount +=
        rounded(add(total, cost), price.mode, price.decimals) - rounded(total, price.mode, price.decimals);
    }
    return first === null ? amount : amount + rounded(whole, first.mode, first.decimals);
  });
}

function costOf({ price: { charge }, to, charged }: Part, before: number): Fraction {
  if (charge.kind === 'flat') return fractionOf(charge.amount);
  if (charge.kind === 'steps') return priceOfPositions(charge, to - charged, to);
  return add(priceOfUnits(charge, before + charged), times(priceOfUnits(charge, before), -1n));
}
