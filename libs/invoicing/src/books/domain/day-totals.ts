import { addDays, type LocalDate } from '@tollkeeper/calendar';
import { buildPosting, type PostingLine } from '@tollkeeper/contracts';
import { decimalOf } from '@tollkeeper/money';
import { dayNumber, type Parts, recognitionCurve, type Schedule, sumOf } from './recognition';
import type { DeferredIn } from './revenue-schedule';

export interface PricedSchedule extends Schedule {
  liability: DeferredIn;
  revenueCategory: string;
  currency: string;
  lastOn: LocalDate;
}

/** What one day earned in one currency, over all schedules. */
export interface DayTotal {
  on: LocalDate;
  currency: string;
  deferredMinor: number;
  prepaidMinor: number;
  revenue: Record<string, number>;
  tax: Record<string, number>;
  /** Of days that were over when their bill, or what changed it, came into the books. */
  lateMinor: number;
  lateFrom: LocalDate | null;
}

/** Adds up schedule by schedule, so that the schedules themselves need not fit into memory. */
export class DayTotals {
  private readonly byDay = new Map<string, DayTotal>();
  private readonly names: LocalDate[];
  private readonly fromNo: number;

  constructor(private readonly days: { from: LocalDate; through: LocalDate }) {
    this.fromNo = dayNumber(days.from);
    const length = dayNumber(days.through) - this.fromNo + 1;
    this.names = Array.from({ length }, (_, index) => addDays(days.from, index));
  }

  add(schedule: PricedSchedule): void {
    const curve = recognitionCurve(schedule);
    const late = lateOf(schedule);
    const first = [this.days.from, schedule.bookedOn].sort().at(-1) as LocalDate;
    const last = [this.days.through, schedule.lastOn].sort()[0] as LocalDate;
    const [firstNo, lastNo] = [dayNumber(first), dayNumber(last)];
    let before = curve(firstNo - 1);
    for (let day = firstNo; day <= lastNo; day++) {
      const after = curve(day);
      const parts = after.map((minor, index) => minor - (before[index] ?? 0));
      const on = this.names[day - this.fromNo];
      if (on && parts.some((minor) => minor !== 0)) this.addParts(on, schedule, parts, late);
      before = after;
    }
  }

  /** In the order of days and currencies. */
  list(): DayTotal[] {
    const keys = [...this.byDay.keys()].sort();
    return keys.flatMap((key) => this.byDay.get(key) ?? []);
  }

  private addParts(on: LocalDate, schedule: PricedSchedule, parts: Parts, late: LateDays): void {
    const { currency, liability, revenueCategory, taxes } = schedule;
    const total = this.totalOf(on, currency);
    const [revenueMinor = 0, ...taxMinor] = parts;
    const minor = sumOf(parts);
    total[liability === 'deferredRevenue' ? 'deferredMinor' : 'prepaidMinor'] += minor;
    total.revenue[revenueCategory] = (total.revenue[revenueCategory] ?? 0) + revenueMinor;
    for (const [index, { jurisdiction }] of taxes.entries())
      total.tax[jurisdiction] = (total.tax[jurisdiction] ?? 0) + (taxMinor[index] ?? 0);
    const from = late.get(on);
    if (from === undefined) return;
    total.lateMinor += minor;
    if (total.lateFrom === null || from < total.lateFrom) total.lateFrom = from;
  }

  private totalOf(on: LocalDate, currency: string): DayTotal {
    const key = `${on}/${currency}`;
    const fresh = { on, currency, deferredMinor: 0, prepaidMinor: 0, revenue: {}, tax: {} };
    const total = this.byDay.get(key) ?? { ...fresh, lateMinor: 0, lateFrom: null };
    this.byDay.set(key, total);
    return total;
  }
}

/** Day in the books -> first of the service days that it makes good. */
type LateDays = ReadonlyMap<LocalDate, LocalDate>;

function lateOf({ from, bookedOn, changes }: PricedSchedule): LateDays {
  const late = new Map<LocalDate, LocalDate>();
  if (from < bookedOn) late.set(bookedOn, from);
  for (const { on, endsOn } of changes)
    if (endsOn && endsOn < on) late.set(on, endsOn < from ? from : endsOn);
  return late;
}

export const recognitionLines = ({
  currency,
  deferredMinor,
  prepaidMinor,
  revenue,
  tax,
}: DayTotal): PostingLine[] =>
  buildPosting('recognition', { deferred: deferredMinor, prepaid: prepaidMinor, revenue, tax }, { currency });

/** Why a day has more, or less, than its own service. */
export const lateNote = ({ currency, lateMinor, lateFrom }: DayTotal): string | undefined =>
  lateFrom === null
    ? undefined
    : `${decimalOf({ minor: lateMinor, currency })} ${currency} of it is for days from ${lateFrom} on that were over when it came into the books`;
