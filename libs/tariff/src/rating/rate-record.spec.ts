import type { RateEntry } from '@tollkeeper/contracts';
import { emptyState, foldGroup } from './fold-group';
import type { RatedUsage, RatingOutcome } from './rate-record';
import {
  account,
  allowance,
  call,
  dataEntry,
  dataUse,
  entry,
  guided,
  offering,
  subscription,
  type Tariff,
} from '../sample-tariff';
import type { UsageRecord } from '../record/usage-record';

const outcomes = (records: UsageRecord[], tariff?: Tariff): RatingOutcome[] =>
  foldGroup(
    emptyState(),
    records.map((record) => guided(record, tariff)),
  ).folded.map(({ outcome }) => outcome);

const rated = (records: UsageRecord[], tariff?: Tariff): RatedUsage[] =>
  outcomes(records, tariff).map((outcome) => {
    if ('suspended' in outcome) throw new Error(outcome.suspended);
    return outcome.rated;
  });

const amounts = (records: UsageRecord[], tariff?: Tariff): number[] =>
  rated(records, tariff).map(({ amountMicro }) => amountMicro);

const at = (minute: number) => `2026-01-10T12:${String(minute).padStart(2, '0')}:00.000Z`;
const calls = (...seconds: number[]) =>
  seconds.map((quantity, index) => call({ recordId: `r${index}`, startAt: at(index), quantity }));
const bytes = (...sizes: number[]) =>
  sizes.map((quantity, index) => dataUse({ recordId: `d${index}`, startAt: at(index), quantity }));

describe('one record', () => {
  it.each<[string, Partial<RateEntry>, number, number]>([
    ['per second', {}, 61, 61_000],
    ['60/1', { initialIncrement: 60 }, 10, 60_000],
    ['60/60', { initialIncrement: 60, nextIncrement: 60 }, 61, 120_000],
    ['with a connect fee', { connectFee: '0.15' }, 60, 210_000],
    // One second is 30.5 micro; the fee's micro are odd, then even: 150,031.5 and 150,030.5 in all.
    [
      'half even, with an odd connect fee',
      { rate: '0.00183', connectFee: '0.150001', rounding: 'halfEven' },
      1,
      150_032,
    ],
    [
      'half even, with an even connect fee',
      { rate: '0.00183', connectFee: '0.15', rounding: 'halfEven' },
      1,
      150_030,
    ],
    ['unanswered: no connect fee', { connectFee: '0.15', initialIncrement: 60 }, 0, 0],
  ])('%s', (_, change, quantity, amountMicro) => {
    expect(amounts([call({ quantity })], { entries: [entry(change)] })).toEqual([amountMicro]);
  });

  it('explains itself', () => {
    const [usage] = rated([call({ quantity: 61 })], {
      entries: [entry({ initialIncrement: 60, nextIncrement: 60, connectFee: '0.01' })],
    });
    expect(usage).toEqual({
      zone: 'national',
      description: 'Germany',
      billedQuantity: 120,
      includedQuantity: 0,
      amountMicro: 130_000,
      orderMatters: false,
      explanation: {
        deck: 'retail@1',
        prefix: '49',
        servingZone: 'home',
        rate: '0.06',
        perUnits: 60,
        increments: '60/60',
        used: [],
        chargedQuantity: 120,
        connectMicro: 10_000,
        roundAt: 'record',
        rounding: 'halfUp',
        summedBefore: 0,
        offering: 'plan@1',
      },
    });
  });

  it.each([
    ['a number without a rate', call({ otherParty: '33123' })],
    ['a network without a zone', call({ network: '310260' })],
  ])('waits for a rate: %s', (_, record) => {
    expect(outcomes([record])).toEqual([{ suspended: 'noRate' }]);
  });

  it('waits when its amount is beyond what is exact', () => {
    expect(outcomes([call({ quantity: 1e12 })], { entries: [entry({ rate: '9999', perUnits: 1 })] })).toEqual(
      [{ suspended: 'amountTooLarge' }],
    );
  });
});

/** 0.06 a minute, at most 0.10: 100 seconds reach it. */
describe('the most that a call costs', () => {
  const limited = (change = {}) => ({ entries: [entry({ maxCharge: '0.10', ...change })] });
  const parts = (sessionId: string) => calls(60, 60, 60).map((record) => ({ ...record, sessionId }));

  it.each([
    ['of a session, each record rounded by itself', 'call-1', {}, [60_000, 40_000, 0]],
    ['of a session, rounded as a whole', 'call-1', { roundAt: 'session' }, [60_000, 40_000, 0]],
    ['of calls of their own', '', {}, [60_000, 60_000, 60_000]],
    ['with a connect fee', 'call-1', { connectFee: '0.03' }, [90_000, 10_000, 0]],
  ] as const)('%s', (_, sessionId, change, expected) => {
    expect(amounts(parts(sessionId), limited(change))).toEqual(expected);
  });

  it('holds over batches', () => {
    const [first, ...later] = parts('call-1').map((record) => guided(record, limited()));
    const begun = foldGroup(emptyState(), first ? [first] : []);
    const ended = foldGroup(begun.state, later).folded.map(({ outcome }) => outcome);
    expect(ended).toMatchObject([
      { rated: { amountMicro: 40_000, orderMatters: true } },
      { rated: { amountMicro: 0 } },
    ]);
  });
});

describe('free numbers', () => {
  const offerings = [offering({ allowances: [allowance({ zones: ['national', 'home', 'free'] })] })];

  it.each(['26201', '310260'])('cost nothing and use no allowance, in network %s', (network) => {
    const [usage] = rated([call({ otherParty: '112', quantity: 90, network })], { offerings });
    expect(usage).toMatchObject({
      zone: 'free',
      amountMicro: 0,
      billedQuantity: 90,
      includedQuantity: 0,
      explanation: { used: [] },
    });
  });
});

describe('allowances', () => {
  it('a record that crosses what is left is split; the rest is priced', () => {
    const usages = rated(calls(60, 60, 60), {
      offerings: [offering({ allowances: [allowance({ units: 100 })] })],
    });
    expect(usages.map(({ includedQuantity, amountMicro }) => [includedQuantity, amountMicro])).toEqual([
      [60, 0],
      [40, 20_000],
      [0, 60_000],
    ]);
    expect(usages[1]?.explanation.used).toEqual([{ bucket: 'sub_1/minutes', units: 40 }]);
  });

  it('are used in billed units, after increments', () => {
    const entries = [entry({ initialIncrement: 60, nextIncrement: 60 })];
    const usages = rated(calls(61, 1), {
      entries,
      offerings: [offering({ allowances: [allowance({ units: 150 })] })],
    });
    expect(usages.map(({ includedQuantity, amountMicro }) => [includedQuantity, amountMicro])).toEqual([
      [120, 0],
      [30, 30_000],
    ]);
  });

  it('no connect fee for a call that they cover', () => {
    const tariff = {
      entries: [entry({ connectFee: '0.15' })],
      offerings: [offering({ allowances: [allowance({ units: 60 })] })],
    };
    expect(amounts(calls(60, 60), tariff)).toEqual([0, 210_000]);
  });

  it('go by priority, lower first', () => {
    const allowances = [
      allowance({ allowanceId: 'late', priority: 2 }),
      allowance({ allowanceId: 'early', units: 20 }),
    ];
    const [usage] = rated(calls(50), { offerings: [offering({ allowances })] });
    expect(usage?.explanation.used).toEqual([
      { bucket: 'sub_1/early', units: 20 },
      { bucket: 'sub_1/late', units: 30 },
    ]);
  });

  it.each([
    ['another type', { usageType: 'sms' as const }, 0],
    ['another zone', { zones: ['international'] }, 0],
    ['the destination', { zones: ['national'] }, 60],
    ['the serving zone', { zones: ['home'] }, 60],
  ])('cover %s', (_, change, included) => {
    const [usage] = rated(calls(60), { offerings: [offering({ allowances: [allowance(change)] })] });
    expect(usage?.includedQuantity).toBe(included);
  });
});

describe('a pool', () => {
  const member = (subscriptionId: string, msisdn: string) =>
    subscription({
      subscriptionId,
      poolId: 'pool_1',
      identifiers: [{ kind: 'msisdn', value: msisdn, from: '2026-01-01T00:00:00.000Z', to: null }],
    });
  const accounts = [account({ subscriptions: [member('a', '4915111'), member('b', '4915222')] })];
  const records = [
    call({ recordId: 'r1', quantity: 60 }),
    call({ recordId: 'r2', msisdn: '4915222', startAt: at(1), quantity: 60 }),
  ];

  it('shares one bucket', () => {
    const offerings = [offering({ allowances: [allowance({ units: 100, shared: true })] })];
    expect(amounts(records, { accounts, offerings })).toEqual([0, 20_000]);
  });

  it('leaves to each member what is not shared', () => {
    const offerings = [offering({ allowances: [allowance({ units: 60 })] })];
    expect(amounts(records, { accounts, offerings })).toEqual([0, 0]);
  });
});

describe('roundAt: 44 bytes at 0.10 a MB are 4.4 millionths', () => {
  it('record: each is rounded', () => {
    expect(amounts(bytes(44, 44, 44), { entries: [dataEntry({ roundAt: 'record' })] })).toEqual([4, 4, 4]);
  });

  it('line: 132 bytes are 13.2, and the records sum to 13', () => {
    expect(amounts(bytes(44, 44, 44), { entries: [dataEntry()] })).toEqual([4, 5, 4]);
  });

  it('line: prefixes of one price are one sum', () => {
    const entries = [
      entry({ prefix: '491', rate: '0.0000001', perUnits: 1, roundAt: 'line' }),
      entry({ rate: '0.0000001', perUnits: 1, roundAt: 'line' }),
    ];
    expect(
      amounts([call({ quantity: 3, otherParty: '491' }), call({ recordId: 'r2', quantity: 3 })], { entries }),
    ).toEqual([0, 1]); // 0.3, then 0.6
  });

  it('day: the sum begins again at local midnight', () => {
    const accounts = [account({ zone: 'Europe/Berlin' })];
    const records = ['22:58', '22:59', '23:00'].map((time, index) =>
      dataUse({ recordId: `d${index}`, startAt: `2026-01-10T${time}:00.000Z` }),
    );
    expect(amounts(records, { accounts, entries: [dataEntry({ roundAt: 'day' })] })).toEqual([4, 5, 4]);
  });

  it('session: partial records are one call, with one connect fee and one increment', () => {
    const entries = [
      entry({ roundAt: 'session', connectFee: '0.01', initialIncrement: 60, nextIncrement: 60 }),
    ];
    const records = calls(50, 20, 10).map((record) => ({ ...record, sessionId: 's1' }));
    expect(
      rated(records, { entries }).map(({ billedQuantity, amountMicro }) => [billedQuantity, amountMicro]),
    ).toEqual([
      [60, 70_000],
      [60, 60_000],
      [0, 0],
    ]);
    expect(amounts(calls(50, 20), { entries })).toEqual([70_000, 70_000]); // no session: each on its own
  });
});

describe('a plan paid in advance', () => {
  const paidPeriods = [{ from: '2026-01-05T00:00:00.000Z', to: '2026-02-04T00:00:00.000Z' }];
  const tariff = {
    offerings: [
      offering({ allowances: [allowance({ units: 100 })], paidInAdvance: { days: 30, amountMinor: 1_000 } }),
    ],
    accounts: [account({ cycle: null, subscriptions: [subscription({ paidPeriods })] })],
  };

  it('covers what its allowance covers; the rest waits and leaves the allowance alone', () => {
    const results = outcomes(calls(60, 60, 40), tariff);
    expect(results[0]).toMatchObject({ rated: { includedQuantity: 60, amountMicro: 0 } });
    expect(results[1]).toEqual({ suspended: 'notPaidFor' });
    expect(results[2]).toMatchObject({ rated: { includedQuantity: 40 } });
  });

  it('has money included: what it pays whole is rated, the rest waits and leaves it alone', () => {
    const money = allowance({ usageType: 'money', zones: [], units: 100_000 });
    const [plan] = tariff.offerings;
    const offerings = [{ ...plan!, allowances: [money] }];
    const results = outcomes(calls(60, 60, 40), { ...tariff, offerings }); // 0.06, 0.06, 0.04
    expect(results).toMatchObject([
      { rated: { amountMicro: 0 } },
      { suspended: 'notPaidFor' },
      { rated: { amountMicro: 0 } },
    ]);
  });

  it('has no allowance outside of what was paid, emergency calls go on', () => {
    const startAt = '2026-02-05T00:00:00.000Z';
    expect(outcomes([call({ startAt })], tariff)).toEqual([{ suspended: 'notPaidFor' }]);
    expect(outcomes([call({ startAt, otherParty: '112' })], tariff)).toMatchObject([
      { rated: { amountMicro: 0 } },
    ]);
  });
});
