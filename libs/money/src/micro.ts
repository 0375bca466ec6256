import { minorDigits } from './currency';
import { divideRounded, type RoundingMode } from './rounding';
import { exactInteger, safeInteger, safeNumber } from './safe-integer';

/** A rated amount: an exact integer at 10^-6 of the major unit, whatever the currency's own digits. */
export type Micro = number;

const microDigits = 6;

const microPerMinor = (currency: string): bigint => 10n ** BigInt(microDigits - minorDigits(currency));

export const micro = (value: number): Micro => safeInteger(value, 'Micro amount');

export const addMicro = (left: Micro, right: Micro): Micro => micro(micro(left) + micro(right));

export const sumMicro = (list: readonly Micro[]): Micro => list.reduce(addMicro, 0);

/** Called once per invoice line, on the line's sum: rounding each record would drift. */
export const microToMinor = (amount: Micro, currency: string, rounding: RoundingMode): number =>
  safeNumber(
    divideRounded(exactInteger(amount, 'Micro amount'), microPerMinor(currency), rounding),
    'Minor amount',
  );

export const minorToMicro = (minor: number, currency: string): Micro =>
  safeNumber(exactInteger(minor, 'Minor amount') * microPerMinor(currency), 'Micro amount');
