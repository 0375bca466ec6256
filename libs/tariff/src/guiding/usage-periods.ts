import {
  addDays,
  addDuration,
  localDateOf,
  periodContaining,
  startOfDay,
  type Cycle,
  type Instant,
  type Period,
} from '@tollkeeper/calendar';
import type { PaidPeriod } from '@tollkeeper/contracts';

/** The stretch of time whose allowances a record uses. Half-open. */
export interface UsagePeriod {
  /** First day of a billing period; first instant of a paid one; `unpaid` outside of both. */
  key: string;
  fromAt: Instant;
  toAt: Instant;
}

/** Beyond every real instant, and still comparable as text. */
const endOfTime: Instant = '9999-12-31T23:59:59.999Z';
const beginningOfTime: Instant = '0001-01-01T00:00:00.000Z';

/** Usage that no paid period covers: it has no allowance. */
export const unpaidPeriod: UsagePeriod = { key: 'unpaid', fromAt: beginningOfTime, toAt: endOfTime };

const contains = ({ fromAt, toAt }: UsagePeriod, at: Instant): boolean => fromAt <= at && at < toAt;

const asInstants = ({ zone }: Cycle, { from, to }: Period): UsagePeriod => ({
  key: from,
  fromAt: startOfDay(from, zone),
  toAt: startOfDay(to, zone),
});

const frequencyKeys: Record<Cycle['frequency'], number> = {
  weekly: 0,
  monthly: 1,
  quarterly: 2,
  yearly: 3,
  daily: 4,
};
const [mostDays, mostMonths, mostCounts] = [32, 13, 400];

/** Anchor and frequency as one number: the zone's periods are found without a text being made. */
const anchorKey = ({
  frequency,
  anchorDay,
  anchorMonth = 1,
  count = 1,
  originOn,
}: Cycle): number | string => {
  const key =
    ((frequencyKeys[frequency] * mostMonths + anchorMonth) * mostCounts + count) * mostDays + anchorDay;
  return originOn === undefined ? key : `${key}/${originOn}`;
};

/** Boundaries of cycles as instants: calendar and zone are asked once per period, not once per record. */
export class CyclePeriods {
  private readonly byZone = new Map<string, Map<number | string, UsagePeriod[]>>();

  at(cycle: Cycle, at: Instant): UsagePeriod {
    const known = this.knownOf(cycle);
    for (const period of known) if (contains(period, at)) return period;
    const period = asInstants(cycle, periodContaining(cycle, localDateOf(at, cycle.zone)));
    known.unshift(period);
    return period;
  }

  private knownOf(cycle: Cycle): UsagePeriod[] {
    const ofZone = this.byZone.get(cycle.zone) ?? new Map<number | string, UsagePeriod[]>();
    const key = anchorKey(cycle);
    const known = ofZone.get(key);
    if (known) return known;
    const none: UsagePeriod[] = [];
    this.byZone.set(cycle.zone, ofZone.set(key, none));
    return none;
  }

  /** The one that ends where this one begins. */
  before(cycle: Cycle, { fromAt }: UsagePeriod): UsagePeriod {
    return this.at(cycle, addDuration(fromAt, { minutes: -1 }));
  }

  /** The last period that has ended by then. */
  endingBy(cycle: Cycle, at: Instant): UsagePeriod {
    return asInstants(cycle, periodContaining(cycle, addDays(this.at(cycle, at).key, -1)));
  }
}

export function paidPeriodAt(paidPeriods: readonly PaidPeriod[], at: Instant): UsagePeriod {
  const paid = paidPeriods.find(({ from, to }) => from <= at && at < to);
  return paid ? asUsagePeriod(paid) : unpaidPeriod;
}

const asUsagePeriod = ({ from, to }: PaidPeriod): UsagePeriod => ({ key: from, fromAt: from, toAt: to });

/** The last paid period that had ended when this one began. */
export function paidPeriodBefore(
  paidPeriods: readonly PaidPeriod[],
  period: UsagePeriod,
): UsagePeriod | null {
  let last: PaidPeriod | null = null;
  for (const paid of paidPeriods)
    if (paid.to <= period.fromAt && (last === null || paid.from > last.from)) last = paid;
  return last && asUsagePeriod(last);
}

export function paidPeriodAfter(paidPeriods: readonly PaidPeriod[], period: UsagePeriod): UsagePeriod | null {
  let next: PaidPeriod | null = null;
  for (const paid of paidPeriods)
    if (paid.from >= period.toAt && (next === null || paid.from < next.from)) next = paid;
  return next && asUsagePeriod(next);
}
