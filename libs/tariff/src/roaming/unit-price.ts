import type { RateEntry } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import type { Cap } from './eea-caps';

/** Money for one unit as a fraction, at 10^-12 of the deck's currency: compared exactly, never divided. */
export interface UnitPrice {
  numerator: bigint;
  denominator: bigint;
}

const scale = 10n ** 12n;

export const free: UnitPrice = { numerator: 0n, denominator: 1n };

export const priceOfEntry = ({ rate, perUnits }: Pick<RateEntry, 'rate' | 'perUnits'>): UnitPrice => ({
  numerator: parseRate(rate),
  denominator: BigInt(perUnits),
});

export const priceOfCap = ({ euros, perUnits }: Cap, perEuro: string): UnitPrice => ({
  numerator: parseRate(euros) * parseRate(perEuro),
  denominator: BigInt(perUnits) * scale,
});

export const isAbove = (left: UnitPrice, right: UnitPrice): boolean =>
  left.numerator * right.denominator > right.numerator * left.denominator;

export const plus = (left: UnitPrice, right: UnitPrice): UnitPrice => ({
  numerator: left.numerator * right.denominator + right.numerator * left.denominator,
  denominator: left.denominator * right.denominator,
});

export const highest = (prices: readonly UnitPrice[]): UnitPrice | null =>
  prices.reduce<UnitPrice | null>((most, price) => (most && !isAbove(price, most) ? most : price), null);

const decimals = 12;
const enough = 6;

/** What so many units cost, as people write it: at least two decimals, at most six (rounded down). */
export function written({ numerator, denominator }: UnitPrice, perUnits: number): string {
  const scaled = ((numerator * BigInt(perUnits)) / denominator).toString().padStart(decimals + 1, '0');
  const part = scaled.slice(-decimals).slice(0, enough).replace(/0+$/, '').padEnd(2, '0');
  return `${scaled.slice(0, -decimals)}.${part}`;
}
