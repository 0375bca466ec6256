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

/**
 * A subscriber's month in the order of events. Of ten records five are calls, two are messages and three are data; numbers
 * begin with prefixes of the deck.
 */
export function madePeriod(
  subscriber: number,
  count: number,
  prefixes: readonly string[],
  next: (below: number) => number,
): UsageRecord[] {
  const stepMs = Math.floor((27 * 86_400_000) / count);
  return Array.from({ length: count }, (_, no) => {
    const kind = next(10);
    const usageType = kind < 5 ? 'voice' : kind < 7 ? 'sms' : 'data';
    const number = `${prefixes[next(prefixes.length)]}${digits(15, next)}`.slice(0, 15);
    // one literal for all: objects of one shape, as the reader of files makes them
    return {
      recordId: `r${subscriber}-${String(no).padStart(6, '0')}`,
      usageType,
      msisdn: msisdnOf(subscriber),
      imsi: '',
      otherParty: usageType === 'data' ? '' : number,
      startAt: instantAtMillis(monthStart + 3_600_000 + no * stepMs + next(stepMs)),
      quantity: usageType === 'sms' ? 1 : 1 + next(usageType === 'voice' ? 600 : 20_000_000),
      network: '26201',
      sessionId: '',
    };
  });
}
