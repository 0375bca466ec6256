import type { LocalDate } from '@tollkeeper/calendar';
import { parseRate } from '@tollkeeper/money';
import { bytesPerGigabyte, inForce, wholesaleCaps } from './eea-caps';

export const fairUseLaw = 'Implementing Regulation (EU) 2016/2286, Articles 2(2)(c) and 4(2)-(3)';

export interface FairUseQuestion {
  /** The day on which the cap is asked for. */
  on: LocalDate;
  /**
   * Euros without VAT: the overall domestic price of mobile services for a billing period; of plans paid in advance by
   * the unit, the credit that is left when roaming begins.
   */
  price: string;
  /** Data that the price includes at home; `null`: as much as wanted. */
  domesticBytes: number | null;
  /** Credit that is used up, instead of a bundle. Left out: false. */
  isCredit?: boolean;
}

export interface FairUseVolume {
  /** Least that must be usable while roaming without a surcharge, in a billing period. */
  bytes: number;
  /** The operator may limit it at all: the bundle is unlimited, or its data costs less than the wholesale cap. */
  isLimited: boolean;
  capPerGigabyte: string;
}

const wholeNumber = (numerator: bigint, denominator: bigint): number =>
  Number((numerator + denominator - 1n) / denominator);

/**
 * Twice the price over the wholesale cap, for an open data bundle; the price over the cap, for credit. Rounded up to a
 * byte ("at least"), and never more than the bundle has at home. `null` where no cap is in force that day.
 */
export function fairUseVolume({
  on,
  price,
  domesticBytes,
  isCredit = false,
}: FairUseQuestion): FairUseVolume | null {
  const cap = inForce(wholesaleCaps, on);
  if (!cap) return null;
  const capPerGigabyte = cap.perGigabyte;
  const paid = parseRate(price);
  if (paid < 0n) throw new RangeError(`A price is never negative: ${price}`);
  const affordable = (times: bigint): number =>
    wholeNumber(times * paid * BigInt(bytesPerGigabyte), parseRate(capPerGigabyte));
  if (isCredit) return { bytes: affordable(1n), isLimited: true, capPerGigabyte };
  const volume = affordable(2n);
  if (domesticBytes === null) return { bytes: volume, isLimited: true, capPerGigabyte };
  const isOpen = paid * BigInt(bytesPerGigabyte) < parseRate(capPerGigabyte) * BigInt(domesticBytes);
  return isOpen && volume < domesticBytes
    ? { bytes: volume, isLimited: true, capPerGigabyte }
    : { bytes: domesticBytes, isLimited: false, capPerGigabyte };
}
