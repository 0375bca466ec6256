import type { Micro } from '@tollkeeper/money';
import type { CompiledPrice } from '../prices/compile-price';
import { exact, type Exact, exactOf, exactText, isLess, minus, plus, roundedTo, zero } from '../prices/exact';
import { plainMicro } from '../prices/round-plain';
import type { PricedPart } from './price-for';
import { nothing, type RunningSum } from './running-sums';

/** What of a part is charged, and where it is rounded. */
type ChargedPart = Pick<PricedPart, 'price' | 'toUnits' | 'charged' | 'key' | 'isSession' | 'eventsKey'>;

/** What the group's earlier records left, by key. */
export type KnownSums = ReadonlyMap<string, RunningSum>;

interface CallContext {
  sums: KnownSums;
  /** The record's own units. */
  reported: number;
  /** The connect fee was due before. */
  isConnected: boolean;
  /** What a session has cost so far. */
  spentBefore: Exact;
  /** Where that is kept for its next record; `null`: the record is the whole call. */
  spentKey: string | null;
  /** What the record carries, at 10^-12. */
  money: bigint;
}

export interface CallCost {
  amountMicro: Micro;
  connectMicro: Micro;
  /** Set where the most that a call costs made it cheaper. */
  limitMicro: Micro | null;
  /** Sums to keep, by key; `null`: none, or only `sum`. */
  sums: KnownSums | null;
  /** Of a plain price that rounds later: the part's own sum. */
  sum: RunningSum | null;
}

/** The common case: one part, a plain rate, by numbers alone. `null`: big ones must say. */
export function plainCost(
  part: ChargedPart,
  sums: KnownSums,
  reported: number,
  isConnected: boolean,
): CallCost | null {
  const { price, charged, key } = part;
  if (price.plain === null || part.isSession) return null;
  const before = (key === null ? undefined : sums.get(key)) ?? nothing;
  const upTo = plainMicro(price.plain, before.charged + charged, price.rounding);
  const from = before.charged === 0 ? 0 : plainMicro(price.plain, before.charged, price.rounding);
  if (upTo < 0 || from < 0) return null;
  const connectMicro = charged > 0 && !isConnected ? price.connectMicro : 0;
  const amountMicro = upTo - from + connectMicro;
  if (!Number.isSafeInteger(amountMicro)) return null;
  const sum =
    key === null ? null : { reported: before.reported + reported, charged: before.charged + charged };
  return { amountMicro, connectMicro, limitMicro: null, sums: null, sum };
}

/**
 * What a call adds, part by part, each rounded where its price says. Amounts of a sum telescope: together they are the
 * price of the summed quantity, rounded once. `null` when an amount leaves the exact integers.
 */
export const exactCost = (parts: readonly ChargedPart[], context: CallContext): CallCost | null =>
  new ExactCall(context).costOf(parts);

const amountOf = ({ stepMicro, rounding }: CompiledPrice, value: Exact): bigint =>
  roundedTo(stepMicro, value, rounding);

const atLeastZero = (value: Exact): Exact => (value.numerator < 0n ? zero : value);

class ExactCall {
  private readonly kept = new Map<string, RunningSum>();
  private spent: Exact;
  private isConnected: boolean;
  private amount = 0n;
  private connectMicro = 0;
  private limitMicro: Micro | null = null;
  /** Parts that are rounded with the record, together and once, by the first price that charges. */
  private unrounded = zero;
  private roundedBy: CompiledPrice | null = null;

  constructor(private readonly context: CallContext) {
    this.spent = context.spentBefore;
    this.isConnected = context.isConnected;
  }

  costOf(parts: readonly ChargedPart[]): CallCost | null {
    for (const part of parts) {
      const added = this.addedBy(part);
      if (part.key === null) this.unrounded = plus(this.unrounded, added);
      else this.amount += this.addToSum(part, part.key, added);
      if (part.key === null && part.charged > 0) this.roundedBy ??= part.price;
    }
    this.keepSpent(parts);
    if (this.roundedBy) this.amount += amountOf(this.roundedBy, this.unrounded);
    const amountMicro = Number(this.amount);
    if (!Number.isSafeInteger(amountMicro)) return null;
    const { connectMicro, limitMicro, kept } = this;
    return { amountMicro, connectMicro, limitMicro, sums: kept, sum: null };
  }

  /** A session that is rounded as a whole keeps it in its sum. */
  private keepSpent(parts: readonly ChargedPart[]): void {
    const { spentKey } = this.context;
    const isLimited = parts.some(({ price, isSession }) => price.limit !== null && !isSession);
    if (spentKey !== null && isLimited) this.kept.set(spentKey, { ...nothing, exact: exactText(this.spent) });
  }

  private sumAt(key: string | null): RunningSum {
    return (key === null ? undefined : (this.kept.get(key) ?? this.context.sums.get(key))) ?? nothing;
  }

  /** Price and connect fee, never rounded; no more than the price's limit leaves of what the call has cost so far. */
  private addedBy(part: ChargedPart): Exact {
    const { price, charged } = part;
    if (charged === 0) return zero;
    let added = this.priceOf(part);
    if (charged < 0) return added;
    if (!this.isConnected) {
      added = plus(added, price.connect);
      this.connectMicro = price.connectMicro;
      this.isConnected = true;
    }
    const left = price.limit && minus(price.limit, this.spent);
    if (left && isLess(left, added)) {
      added = atLeastZero(left);
      this.limitMicro = price.limitMicro;
    }
    this.spent = plus(this.spent, added);
    return added;
  }

  private priceOf({ price: { charge }, key, charged, toUnits, eventsKey }: ChargedPart): Exact {
    switch (charge.counts) {
      case 'sum': {
        const before = this.sumAt(key).charged;
        return exact(upTo(charge, before + charged) - upTo(charge, before), charge.denominator);
      }
      case 'call':
        return exact(charge.of(BigInt(toUnits)) - charge.of(BigInt(toUnits - charged)), charge.denominator);
      case 'events': {
        const before = this.sumAt(eventsKey);
        const { events = 0, money = '0' } = before;
        const { money: carried } = this.context;
        if (eventsKey !== null)
          this.kept.set(eventsKey, {
            ...before,
            events: events + 1,
            money: String(BigInt(money) + carried),
          });
        return exact(charge.next({ events, money: BigInt(money) }, carried), charge.denominator);
      }
    }
  }

  /** What the sum's rounded amount grows by. */
  private addToSum({ price, charged, isSession }: ChargedPart, key: string, added: Exact): bigint {
    const before = this.sumAt(key);
    const isCarried = isSession || price.carriesAmount;
    const from = isCarried ? exactOf(before.exact ?? '0/1') : priceSoFar(price, before.charged);
    const upTo = plus(from, added);
    const billedBefore = isSession ? BigInt(before.amountMicro ?? 0) : amountOf(price, from);
    const upToMicro = amountOf(price, upTo);
    const isFirst = !this.kept.has(key);
    this.kept.set(key, {
      ...before,
      reported: before.reported + (isFirst ? this.context.reported : 0),
      charged: before.charged + charged,
      ...(isCarried ? { exact: exactText(upTo) } : {}),
      ...(isSession ? { amountMicro: Number(upToMicro) } : {}),
    });
    return upToMicro - billedBefore;
  }
}

const priceSoFar = ({ charge }: CompiledPrice, charged: number): Exact =>
  charge.counts === 'events' ? zero : exact(upTo(charge, charged), charge.denominator);

/** A sum that more was taken from than it had costs nothing: usage is never paid to the customer. */
const upTo = ({ of }: { of: (units: bigint) => bigint }, units: number): bigint =>
  units <= 0 ? 0n : of(BigInt(units));
