import type { UsageType } from '@tollkeeper/contracts';
import type { UsageColumn } from './usage-columns';
import type { RejectReason } from './usage-record';

const [kilo, kibi] = [1_000n, 1_024n];

/** What a written unit holds of the unit that is counted. KB, K, M and G name two sizes each: they are refused. */
const unitSizes: Record<UsageType, Readonly<Record<string, bigint>>> = {
  voice: { s: 1n, min: 60n, h: 3_600n },
  video: { s: 1n, min: 60n, h: 3_600n },
  sms: { message: 1n },
  mms: { message: 1n },
  data: {
    B: 1n,
    kB: kilo,
    MB: kilo ** 2n,
    GB: kilo ** 3n,
    TB: kilo ** 4n,
    KiB: kibi,
    MiB: kibi ** 2n,
    GiB: kibi ** 3n,
    TiB: kibi ** 4n,
  },
  event: { unit: 1_000_000n },
};

export const unitsOf = (usageType: UsageType): string[] => Object.keys(unitSizes[usageType]);

const isUnit = (usageType: UsageType, unit: string): boolean => Object.hasOwn(unitSizes[usageType], unit);

const decimal = /^(?<whole>\d{1,15})(?:\.(?<part>\d{1,6}))?$/;
const parts = 1_000_000n;
const partDigits = 6;

/**
 * "1.5" GB as bytes, "0.25" of an event's unit as millionths: exactly, or not at all. Messages and events need no unit,
 * since they have only one; seconds and bytes do. Only units of an event may be taken back: what a network measured never is.
 */
export function quantityIn(
  usageType: UsageType,
  text: string,
  unit: string,
): number | { reason: RejectReason } {
  const isNegative = text.startsWith('-');
  if (isNegative && usageType !== 'event') return { reason: 'negativeQuantity' };
  const { whole, part = '' } = decimal.exec(isNegative ? text.slice(1) : text)?.groups ?? {};
  const [onlyUnit = '', ...others] = unitsOf(usageType);
  const named = unit === '' && others.length === 0 ? onlyUnit : unit;
  if (whole === undefined || !isUnit(usageType, named)) return { reason: 'badQuantity' };
  const scaled = BigInt(whole + part.padEnd(partDigits, '0')) * (unitSizes[usageType][named] ?? 0n);
  const quantity = Number(isNegative ? -scaled / parts : scaled / parts);
  return scaled % parts === 0n && Number.isSafeInteger(quantity) ? quantity : { reason: 'badQuantity' };
}

const integer = /^-?\d{1,15}$/;

/** Sum of whole numbers in the columns that every file has; the first that is empty or no number names the reason. */
export function quantityOfTexts(
  columns: readonly (readonly [UsageColumn, RejectReason])[],
  field: (column: UsageColumn) => string,
): number | { reason: RejectReason } {
  let total = 0;
  for (const [column, reason] of columns) {
    const text = field(column);
    if (!integer.test(text)) return { reason };
    const amount = Number(text);
    if (amount < 0) return { reason: 'negativeQuantity' };
    total += amount;
  }
  return total;
}
