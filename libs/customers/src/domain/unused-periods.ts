import type { Instant } from '@tollkeeper/calendar';
import { type PaidPeriod, renewalKey } from '@tollkeeper/contracts';

interface KeyedPeriod extends PaidPeriod {
  key: string;
}

/** Read from a period's `renewalKey`. A first period has another key: the sale took its money. */
const dueFromOf = (subscriptionId: string, key: string): Instant | null => {
  const prefix = renewalKey(subscriptionId, '');
  const rest = key.startsWith(prefix) ? key.slice(prefix.length) : '';
  return /^\d{4}-/.test(rest) ? rest : null;
};

/** Periods that an end leaves unused in part or whole, as far as a renewal paid for them. */
export const unusedPeriods = (subscriptionId: string, periods: readonly KeyedPeriod[], endsAt: Instant) =>
  periods.flatMap(({ from, to, key }) => {
    const dueFrom = dueFromOf(subscriptionId, key);
    if (dueFrom === null || to <= endsAt) return [];
    return [{ dueFrom, from, to, unusedFrom: endsAt > from ? endsAt : from }];
  });
