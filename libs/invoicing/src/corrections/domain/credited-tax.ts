import { divideRounded, parseRate } from '@tollkeeper/money';
import type { BillTax } from '../../domain/bill';
import { shareOf } from '../../domain/ledger/proportional-tax';
import type { TaxShare } from './billed-shares';

/** How much of a line's net amount is credited by now. */
export interface Credited {
  netMinor: number;
  toMinor: number;
}

type Rated = Pick<BillTax, 'percent' | 'rate' | 'rounding' | 'baseMinor' | 'amountMinor'>;

const hundredPercent = 100n * 10n ** 12n;

/** What the line's credits up to `toMinor` give back of a tax: at its original rate, all of it with the whole line. */
export function creditedShare(tax: Rated, share: TaxShare, { netMinor, toMinor }: Credited): TaxShare {
  const baseMinor = shareOf(share.baseMinor, toMinor, netMinor);
  if (toMinor === netMinor || share.baseMinor === 0)
    return { ...share, baseMinor, amountMinor: shareOf(share.amountMinor, toMinor, netMinor) };
  const { numerator, denominator } = rateOf(tax);
  const exact = divideRounded(
    BigInt(share.baseMinor) * BigInt(toMinor) * numerator,
    BigInt(netMinor) * denominator,
    tax.rounding,
  );
  return { ...share, baseMinor, amountMinor: between(Number(exact), share.amountMinor) };
}

/** A plain percentage; else what the tax was of its base (a share of the charge, tiers, a cap). */
function rateOf({ percent, rate, baseMinor, amountMinor }: Rated): {
  numerator: bigint;
  denominator: bigint;
} {
  const isPlain = percent !== null && (rate === undefined || rate === `${percent} %`);
  if (isPlain) return { numerator: parseRate(percent), denominator: hundredPercent };
  return baseMinor === 0
    ? { numerator: 0n, denominator: 1n }
    : { numerator: BigInt(amountMinor), denominator: BigInt(baseMinor) };
}

/** Never more than the line bore, nor the other way round. */
const between = (minor: number, boreMinor: number): number =>
  boreMinor < 0 ? Math.max(boreMinor, Math.min(0, minor)) : Math.min(boreMinor, Math.max(0, minor));
