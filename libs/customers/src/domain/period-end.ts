import { type Cycle, type Instant, localDateOf, nextCutOffs, startOfDay } from '@tollkeeper/calendar';

/** When the period ends that runs at an instant: the one that was paid for, or the billing cycle's. */
export function periodEndOf(
  renewal: { paidUntil: Instant } | null,
  cycle: Cycle | null,
  at: Instant,
): Instant | null {
  if (renewal && renewal.paidUntil > at) return renewal.paidUntil;
  if (!cycle) return null;
  const [next] = nextCutOffs(cycle, localDateOf(at, cycle.zone), 1);
  return next === undefined ? null : startOfDay(next, cycle.zone);
}
