import { account, call, guide, guided, offering, subscription } from './sample-tariff';
import { inOpenPeriod, isUnpaid } from './guide-usage';
import { CyclePeriods } from './usage-periods';

const lent = (subscriptionId: string, from: string, to: string | null) =>
  account({
    accountId: `acc_${subscriptionId}`,
    subscriptions: [
      subscription({ subscriptionId, identifiers: [{ kind: 'msisdn', value: '+4915111', from, to }] }),
    ],
  });

describe('a number belongs to whoever held it when the event began', () => {
  const accounts = [
    lent('a', '2026-01-01T00:00:00.000Z', '2026-01-10T12:00:00.000Z'),
    lent('b', '2026-01-10T12:00:00.000Z', null),
  ];
  it.each([
    ['2026-01-10T11:59:59.999Z', 'a'],
    ['2026-01-10T12:00:00.000Z', 'b'],
    ['2026-03-01T00:00:00.000Z', 'b'],
  ])('%s: %s', (startAt, subscriptionId) => {
    expect(guided(call({ startAt }), { accounts }).subscriptionId).toBe(subscriptionId);
  });
});

it('the SIM goes before the number', () => {
  const sim = account({
    accountId: 'acc_sim',
    subscriptions: [
      subscription({
        subscriptionId: 'sim',
        identifiers: [{ kind: 'imsi', value: '26201555', from: '2026-01-01T00:00:00.000Z', to: null }],
      }),
    ],
  });
  expect(guided(call({ imsi: '26201555' }), { accounts: [account(), sim] }).subscriptionId).toBe('sim');
  expect(guided(call({ imsi: '26201556' }), { accounts: [account(), sim] }).subscriptionId).toBe('sub_1');
});

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
