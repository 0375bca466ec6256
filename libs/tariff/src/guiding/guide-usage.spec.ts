import { grantsIn } from '../buckets/entitlement';
import { usableAt } from '../buckets/grant';
import { account, call, guide, guided, offering, subscription } from '../sample-tariff';
import { inOpenPeriod, isUnpaid } from './guide-usage';
import { CyclePeriods } from './usage-periods';

it.each([
  ['unknownSubscriber', call({ msisdn: '4915112' }), {}],
  ['unknownSubscriber', call({ startAt: '2025-12-31T23:59:59.000Z' }), {}],
  [
    'unknownSubscriber',
    call(),
    { accounts: [account({ subscriptions: [subscription({ activeTo: '2026-01-10T12:00:00.000Z' })] })] },
  ],
  ['offeringUnknown', call(), { offerings: [] }],
  ['offeringUnknown', call(), { offerings: [offering({ validFrom: '2026-01-10T12:00:00.001Z' })] }],
  ['offeringUnknown', call(), { accounts: [account({ subscriptions: [subscription({ plans: [] })] })] }],
  ['noDeck', call(), { offerings: [offering({ deckId: 'other' })] }],
  ['noCycle', call(), { accounts: [account({ cycle: null })] }],
])('%s', (reason, record, tariff) => {
  expect(guide(record, tariff)).toBe(reason);
});

it('takes the plan version that is in force at the start', () => {
  const offerings = [offering(), offering({ version: 2, validFrom: '2026-01-10T12:00:00.000Z' })];
  expect(guided(call({ startAt: '2026-01-10T11:59:59.000Z' }), { offerings }).offering.version).toBe(1);
  expect(guided(call(), { offerings }).offering.version).toBe(2);
});

it('what an add-on includes can be used while it runs', () => {
  const extra = { allowanceId: 'extra', name: 'Extra', usageType: 'voice' as const, zones: ['home'] };
  const offerings = [
    offering(),
    offering({ offeringId: 'more', allowances: [{ ...extra, units: 60, priority: 1, shared: false }] }),
  ];
  const addOns = [{ offeringId: 'more', from: '2026-01-10T12:00:00.000Z', to: '2026-01-20T00:00:00.000Z' }];
  const accounts = [account({ subscriptions: [subscription({ addOns })] })];
  const included = (startAt: string) => {
    const { entitlement, period } = guided(call({ startAt }), { offerings, accounts });
    return grantsIn(entitlement, period)
      .filter((grant) => usableAt(grant, startAt))
      .map(({ allowance }) => allowance.allowanceId);
  };
  expect(included('2026-01-10T11:59:59.999Z')).toEqual([]);
  expect(included('2026-01-10T12:00:00.000Z')).toEqual(['extra']);
  expect(included('2026-01-20T00:00:00.000Z')).toEqual([]);
});

it('cuts periods in the zone of the cycle', () => {
  const accounts = [account({ cycle: { frequency: 'monthly', anchorDay: 15, zone: 'America/New_York' } })];
  expect(guided(call({ startAt: '2026-01-15T04:59:59.999Z' }), { accounts }).period).toEqual({
    key: '2025-12-15',
    fromAt: '2025-12-15T05:00:00.000Z',
    toAt: '2026-01-15T05:00:00.000Z',
  });
  expect(guided(call({ startAt: '2026-01-15T05:00:00.000Z' }), { accounts }).period.key).toBe('2026-01-15');
});

it('puts late usage into the next period that is open', () => {
  const late = guided(call());
  const closed = new Set(['2026-01-01', '2026-02-01']);
  const placed = inOpenPeriod(late, new CyclePeriods(), (_, { key }) => closed.has(key));
  expect(placed.period.key).toBe('2026-03-01');
  expect(placed.record.startAt).toBe(late.record.startAt);
});

it('a plan paid in advance has the period that was paid, or none', () => {
  const offerings = [offering({ paidInAdvance: { days: 30, amountMinor: 1_000 } })];
  const paidPeriods = [{ from: '2026-01-05T00:00:00.000Z', to: '2026-02-04T00:00:00.000Z' }];
  const accounts = [account({ cycle: null, subscriptions: [subscription({ paidPeriods })] })];
  expect(guided(call(), { offerings, accounts }).period.key).toBe('2026-01-05T00:00:00.000Z');
  expect(isUnpaid(guided(call({ startAt: '2026-02-04T00:00:00.000Z' }), { offerings, accounts }))).toBe(true);
});
