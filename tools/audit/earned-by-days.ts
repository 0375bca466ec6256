import { daysBetween, type LocalDate } from '@tollkeeper/calendar';
import { allocate } from '@tollkeeper/money';

export interface ScheduleRow {
  _id: string;
  paymentId: string | null;
  liability: string;
  currency: string;
  totalMinor: number;
  taxes: { amountMinor: number }[];
  from: LocalDate;
  to: LocalDate;
  bookedOn: LocalDate;
  changes: { on: LocalDate; endsOn: LocalDate | null; reversedMinor: number }[];
}

/** What a schedule has earned up to a day, worked out a second time: the books are not asked how they did it. */
export function earnedThrough(row: ScheduleRow, day: LocalDate): number {
  if (day < row.bookedOn) return 0;
  const taxes = row.taxes.map(({ amountMinor }) => amountMinor);
  const parts = [row.totalMinor - taxes.reduce((sum, minor) => sum + minor, 0), ...taxes];
  const served = daysBetween(row.from, day) + 1;
  const change = row.changes.filter(({ on }) => on <= day).at(-1);
  if (change && daysBetween(row.from, change.endsOn ?? row.to) <= served) {
    const left = row.totalMinor - change.reversedMinor;
    return left === 0 ? 0 : allocate(left, parts.map(Math.abs)).reduce((sum, minor) => sum + minor, 0);
  }
  const length = BigInt(Math.max(1, daysBetween(row.from, row.to)));
  const days = BigInt(Math.max(0, Math.min(Number(length), served)));
  return parts.reduce((sum, minor) => sum + Number((BigInt(minor) * days) / length), 0);
}

export const reversedOf = ({ changes }: ScheduleRow): number => changes.at(-1)?.reversedMinor ?? 0;
