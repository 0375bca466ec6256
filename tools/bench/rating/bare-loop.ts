import type { RateEntry } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import type { UsageRecord } from '@tollkeeper/tariff';
import { allowances } from './made-tariff';

/** The deck as plain columns, for a loop that only matches and counts. */
interface BareDeck {
  /** Lengths of prefixes that occur, longest first. */
  lengths: number[];
  rowOf: Map<string, number>;
  smsRowOf: Map<string, number>;
  dataRow: number;
  initial: Float64Array;
  next: Float64Array;
  connect: Float64Array;
  /** Rates have up to twelve decimals: at 10^-12, per `perUnits`, and what divides them to micro. */
  rate: bigint[];
  divisor: bigint[];
  /** 1: an allowance covers it. */
  covered: Uint8Array;
}

const microOf = (decimal: string): number => Math.round(Number(decimal) * 1_000_000);

export function bareDeck(rows: readonly RateEntry[]): BareDeck {
  const column = (of: (row: RateEntry) => number) => Float64Array.from(rows, of);
  const indexed = (usageType: string) =>
    new Map(
      rows.flatMap((row, index) => (row.usageType === usageType ? [[row.prefix, index] as const] : [])),
    );
  return {
    lengths: [...new Set(rows.map(({ prefix }) => prefix.length))].sort((left, right) => right - left),
    rowOf: indexed('voice'),
    smsRowOf: indexed('sms'),
    dataRow: rows.findIndex(({ usageType }) => usageType === 'data'),
    initial: column(({ initialIncrement }) => initialIncrement),
    next: column(({ nextIncrement }) => nextIncrement),
    connect: column(({ connectFee }) => microOf(connectFee)),
    rate: rows.map(({ rate }) => parseRate(rate)),
    divisor: rows.map(({ perUnits }) => BigInt(perUnits) * 1_000_000n),
    covered: Uint8Array.from(rows, ({ zone }) => (zone === 'world' || zone === 'rest' ? 0 : 1)),
  };
}

function longest(rows: ReadonlyMap<string, number>, lengths: readonly number[], number: string): number {
  for (const length of lengths) {
    if (length > number.length) continue;
    const row = rows.get(number.slice(0, length));
    if (row !== undefined) return row;
  }
  return -1;
}

/**
 * Longest prefix, increments, allowance, exact price in big integers, half up: nothing is checked, explained or kept, no
 * object is made. In micro.
 */
export function bareLoop(deck: BareDeck, periods: readonly (readonly UsageRecord[])[]): number {
  let total = 0;
  for (const records of periods) total += barePeriod(deck, records);
  return total;
}

function barePeriod(deck: BareDeck, records: readonly UsageRecord[]): number {
  const left = Float64Array.of(allowances.voice, allowances.sms, allowances.data);
  let total = 0;
  for (const { usageType, otherParty, quantity } of records) {
    const kind = usageType === 'voice' ? 0 : usageType === 'sms' ? 1 : 2;
    let row = deck.dataRow;
    if (kind === 0) row = longest(deck.rowOf, deck.lengths, otherParty);
    else if (kind === 1) row = longest(deck.smsRowOf, deck.lengths, otherParty);
    const initial = deck.initial[row]!;
    const step = deck.next[row]!;
    const beyond = quantity - initial;
    let billed = beyond > 0 ? initial + Math.ceil(beyond / step) * step : initial;
    if (deck.covered[row] === 1) {
      const drawn = Math.min(billed, left[kind]!);
      left[kind] = left[kind]! - drawn;
      billed -= drawn;
    }
    const divisor = deck.divisor[row]!;
    const price = Number((BigInt(billed) * deck.rate[row]! * 2n + divisor) / (divisor * 2n));
    total += price + (billed > 0 ? deck.connect[row]! : 0);
  }
  return total;
}
