import { instantAtMillis, millisOf } from '@tollkeeper/calendar';
import type { SubscriptionProfile } from '@tollkeeper/contracts';
import type { SubscriberAccount, UsageRecord } from '@tollkeeper/tariff';

const since = '2025-01-01T00:00:00.000Z';
const monthStart = millisOf('2026-01-01T00:00:00.000Z');

const msisdnOf = (subscriber: number): string => `4915${String(subscriber).padStart(8, '0')}`;

export function madeAccounts(count: number, offeringId: string): SubscriberAccount[] {
  return Array.from({ length: count }, (_, no) => {
    const subscription: SubscriptionProfile = {
      subscriptionId: `sub_${no}`,
      status: 'active',
      activeFrom: since,
      activeTo: null,
      plans: [{ offeringId, from: since, to: null }],
      identifiers: [{ kind: 'msisdn', value: msisdnOf(no), from: since, to: null }],
      poolId: null,
      paidPeriods: [],
    };
    return {
      accountId: `acc_${no}`,
      zone: 'Europe/Berlin',
      cycle: { frequency: 'monthly', anchorDay: 1, zone: 'Europe/Berlin' },
      subscriptions: [subscription],
    };
  });
}

const digits = (length: number, next: (below: number) => number): string =>
  Array.from({ length }, () => next(10)).join('');

/** Of ten records five are calls, two are messages and three are data; numbers begin with prefixes of the deck. */
export function madeRecords(
  count: number,
  subscribers: number,
  prefixes: readonly string[],
  next: (below: number) => number,
): UsageRecord[] {
  const stepMs = Math.floor((27 * 86_400_000) / count);
  return Array.from({ length: count }, (_, no) => {
    const kind = next(10);
    const number = `${prefixes[next(prefixes.length)]}${digits(12, next)}`.slice(0, 12);
    const shared = {
      recordId: `r${String(no).padStart(9, '0')}`,
      msisdn: msisdnOf(next(subscribers)),
      imsi: '',
      startAt: instantAtMillis(monthStart + 3_600_000 + no * stepMs),
      network: '26201',
      sessionId: '',
    };
    if (kind < 5) return { ...shared, usageType: 'voice', otherParty: number, quantity: 1 + next(600) };
    if (kind < 7) return { ...shared, usageType: 'sms', otherParty: number, quantity: 1 };
    return { ...shared, usageType: 'data', otherParty: '', quantity: 1 + next(20_000_000) };
  });
}
