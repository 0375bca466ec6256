import type { Instant } from '@tollkeeper/calendar';
import type { PaidPeriod } from '@tollkeeper/contracts';

interface KeyedPeriod extends PaidPeriod {
  key: string;
}

/** `<subscriptionId>/<dueFrom>`: what a renewal is paid under. A first period has another key: the sale took its money. */
export const renewalKey = (subscriptionId: string, dueFrom: Instant): string =>
  `${subscriptionId}/${dueFrom}`;

export const dueFromOf = (subscriptionId: string, key: string): Instant | null => {
  const rest = key.startsWith(`${subscriptionId}/`) ? key.slice(subscriptionId.length + 1) : '';
  return /^\d{4}-/.test(rest) ? rest : null;
};

/** Periods that an end leaves unused in part or whole, as far as a renewal paid for them. */
export const unusedPeriods = (subscriptionId: string, periods: readonly KeyedPeriod[], endsAt: Instant) =>
  periods.flatMap(({ from, to, key }) => {
    const dueFrom = dueFromOf(subscriptionId, key);
    if (dueFrom === null || to <= endsAt) return [];
    return [{ dueFrom, from, to, unusedFrom: endsAt > from ? endsAt : from }];
  });
