import fc from 'fast-check';
import { ask, left, money, perUnit, told, units, withFee } from '../cases/case-balances';
import { type Balance, debit, refund } from './balance';
import { priceEnquiry, quota, type QuotaAsk } from './grant-quota';
import { quotaTariff } from './quota-tariff';

const bundle = units(40, {
  tariff: quotaTariff({
    charge: { model: 'perUnit', rate: '0', perUnits: 1 },
    connectFee: '0.01',
    initialIncrement: 20,
    nextIncrement: 20,
  }),
});
const tenCents = perUnit('0.10');

describe('the largest usage that can be paid', () => {
  it.each<[string, Balance[], QuotaAsk, string]>([
    [
      'R026 bundle with a fee, then money',
      [money('1'), bundle],
      ask(60, { tariff: tenCents }),
      '49 for 0.91, money 0.09 units 0',
    ],
    [
      'the bundle alone',
      [money('1'), bundle],
      ask(40, { tariff: tenCents }),
      '40 for 0.01, money 0.99 units 0',
    ],
    ['a bundle whose fee cannot be paid gives nothing', [bundle], ask(30), 'insufficientCredit, units 40'],
    [
      'R028 all or nothing',
      [money('1'), bundle],
      ask(100, { tariff: tenCents, force: true }),
      'insufficientCredit, money 1 units 40',
    ],
    [
      'all, when it can be paid',
      [money('1'), bundle],
      ask(49, { tariff: tenCents, force: true }),
      '49 for 0.91, money 0.09 units 0',
    ],
    [
      'R030 a blocker pays as far as it goes',
      [money('1', { blocker: true, priority: 1 }), money('20', { balanceId: 'rest', priority: 2 })],
      ask(1800, {
        tariff: perUnit('0.05', 60, { connectFee: '0.15', initialIncrement: 60, nextIncrement: 60 }),
      }),
      '1020 for 1, money 0 rest 20',
    ],
    [
      'R031 a blocker that does not cover blocks nothing',
      [
        money('1', { blocker: true, priority: 1, when: { zones: ['local'] } }),
        money('20', { balanceId: 'rest', priority: 2 }),
      ],
      ask(1800, { tariff: withFee('1.12', '0') }),
      '1800 for 1.12, money 1 rest 18.88',
    ],
    [
      'R033 the fee is more than there is',
      [money('0.2')],
      ask(1500, { tariff: withFee('1.12', '0') }),
      'insufficientCredit, money 0.2',
    ],
    ['R041 nobody knows the price', [money('100')], ask(10), 'unauthorizedDestination, money 100'],
    [
      'R046 the blocker cannot pay fee and first second',
      [money('0.1152', { blocker: true, priority: 1 }), money('1.5', { balanceId: 'rest', priority: 2 })],
      ask(10, { tariff: withFee('0.15', '0.1') }),
      'insufficientCredit, money 0.1152 rest 1.5',
    ],
    [
      'R056 a bundle pays all, money is untouched',
      [units(10), money('21')],
      ask(10, { tariff: perUnit('100') }),
      '10 for 0, units 0 money 21',
    ],
    [
      'R058 by priority; whole steps',
      [units(70, { balanceId: 'second', step: 60, priority: 2 }), units(10, { priority: 1 })],
      ask(20),
      '20 for 0, second 10 units 0',
    ],
    ['R060 two steps', [units(150, { step: 60 })], ask(80), '80 for 0, units 30'],
    ['R063 a message', [units(100), money('21')], ask(1), '1 for 0, units 99 money 21'],
    [
      'R092 a blocking bundle',
      [units(2, { blocker: true }), money('1')],
      ask(3, { tariff: tenCents, force: true }),
      'insufficientCredit, units 2 money 1',
    ],
    [
      'as far as the blocker goes',
      [units(2, { blocker: true }), money('1')],
      ask(3, { tariff: tenCents }),
      '2 for 0, units 0 money 1',
    ],
    [
      'a call pays one connect fee',
      [bundle, money('5')],
      ask(50, { tariff: withFee('1', '0.1') }),
      '50 for 1.01, units 0 money 3.99',
    ],
    [
      'and none when it goes on',
      [money('5')],
      ask(10, { tariff: withFee('1', '0.1'), usedBefore: 40 }),
      '10 for 1, money 4',
    ],
    [
      'several purses pay together',
      [money('0.25', { priority: 1 }), money('0.25', { balanceId: 'rest', priority: 2 })],
      ask(9, { tariff: tenCents }),
      '5 for 0.5, money 0 rest 0',
    ],
    [
      'the purse that expires first goes first',
      [money('1'), money('1', { balanceId: 'old', expiresAt: '2026-02-01T00:00:00.000Z' })],
      ask(5, { tariff: tenCents }),
      '5 for 0.5, money 1 old 0.5',
    ],
    [
      'what is expired pays nothing',
      [money('1', { expiresAt: '2026-01-10T12:00:00.000Z' })],
      ask(5, { tariff: tenCents }),
      'insufficientCredit, money 1',
    ],
    [
      'steps of the price count from the start of the call',
      [money('10')],
      ask(120, {
        usedBefore: 60,
        tariff: quotaTariff({
          charge: {
            model: 'steps',
            steps: [
              { from: 0, rate: '6', perUnits: 60, increment: 60 },
              { from: 60, rate: '3', perUnits: 60, increment: 1 },
            ],
          },
        }),
      }),
      '120 for 6, money 4',
    ],
    [
      'free beyond the most that a call costs',
      [money('1')],
      ask(3600, { tariff: perUnit('0.10', 1, { maxCharge: '1' }) }),
      '3600 for 1, money 0',
    ],
    ['nothing asked, nothing refused', [money('1')], ask(0, { tariff: tenCents }), '0 for 0, money 1'],
  ])('%s', (_, balances, asked, expected) => {
    expect(told(balances, asked)).toBe(expected);
  });

  it('ends where the most that a call costs is reached, when that disconnects', () => {
    const tariff = quotaTariff(
      { charge: { model: 'perUnit', rate: '0.10', perUnits: 1 }, maxCharge: '1' },
      'disconnect',
    );
    expect(told([money('50')], ask(3600, { tariff }))).toBe('10 for 1, money 49');
  });
});

describe('below nothing', () => {
  const postpaid = { tariff: perUnit('0.5'), negativeAllowed: true };
  it.each<[string, Balance[], string]>([
    ['R037 a fresh account owes on a balance of its own', [], '5 for 2.5, default -2.5'],
    [
      'R039 what is shared stays',
      [money('0', { balanceId: 'shared', poolId: 'family' })],
      '5 for 2.5, shared 0 default -2.5',
    ],
    [
      'what is shared goes first, the rest is owed',
      [money('1', { balanceId: 'shared', poolId: 'family' })],
      '5 for 2.5, shared 0 default -1.5',
    ],
    ['the own balance goes below', [money('1')], '5 for 2.5, money -1.5'],
    ['a blocker ends it', [money('1', { blocker: true })], '2 for 1, money 0'],
  ])('%s', (_, balances, expected) => {
    expect(told(balances, ask(5, postpaid))).toBe(expected);
  });

  it('R037 twice', () => {
    const once = debit([], quota([], ask(5, postpaid)).debits);
    expect(left(debit(once, quota(once, ask(5, postpaid)).debits))).toEqual({ default: -5 });
  });
});

describe('sessions', () => {
  it('R022 the end is the rounded cost, whatever the steps', () => {
    const tariff = perUnit('0.05', 60, { connectFee: '0.15', rounding: 'up', decimals: 2 });
    expect(told([money('1')], ask(180, { tariff }))).toBe('180 for 0.3, money 0.7');
  });

  it('R094 thirty updates of a second on ten blocking seconds', () => {
    let balances = [units(10, { blocker: true })];
    const granted = Array.from({ length: 30 }, (_, usedBefore) => {
      const answer = quota(balances, ask(1, { usedBefore }));
      balances = debit(balances, answer.debits);
      return answer.granted;
    });
    expect(granted).toEqual([...Array<number>(10).fill(1), ...Array<number>(20).fill(0)]);
  });

  it('R065 a refund goes to the very balances that it came from', () => {
    const before = [money('100'), units(10, { balanceId: 'a' }), units(10, { balanceId: 'b' })];
    const increments = [
      [{ balanceId: 'money', amount: 2_000_000 }],
      [
        { balanceId: 'money', amount: 2_000_000 },
        { balanceId: 'a', amount: 3 },
      ],
      [{ balanceId: 'b', amount: 4 }],
    ];
    expect(left(refund(before, increments.flat()))).toEqual({ money: 104, a: 13, b: 14 });
    expect(() => refund(before, [{ balanceId: 'gone', amount: 1 }])).toThrow('gone is no balance');
  });

  it('R099 a price enquiry asks no balance', () => {
    expect(priceEnquiry(perUnit('0.6', 60), 240)).toBe(2_400_000);
  });
});

it('a price that is known only afterwards grants nothing', () => {
  expect(() => quotaTariff({ charge: { model: 'passThrough' } })).toThrow('by passThrough');
});

describe('whatever the balances', () => {
  const aBalance = fc
    .record({
      isMoney: fc.boolean(),
      size: fc.integer({ min: 0, max: 500 }),
      priority: fc.integer({ min: 0, max: 3 }),
      blocker: fc.boolean(),
      step: fc.constantFrom(1, 1, 7),
      hasFee: fc.boolean(),
    })
    .map(({ isMoney, size, priority, blocker, step, hasFee }): Balance =>
      isMoney
        ? { balanceId: '', kind: 'money', micro: size * 10_000, priority, blocker }
        : {
            balanceId: '',
            kind: 'units',
            units: size,
            step,
            priority,
            blocker,
            ...(hasFee ? { tariff: withFee('0.5', '0.01') } : {}),
          },
    );
  const aCase = fc.record({
    balances: fc
      .array(aBalance, { maxLength: 6 })
      .map((list) => list.map((each, at) => ({ ...each, balanceId: `b${at}` }))),
    wanted: fc.integer({ min: 1, max: 400 }),
    rate: fc.constantFrom('0', '0.01', '0.033'),
    connectFee: fc.constantFrom('0', '0.2'),
  });

  it('money taken is the cost, nothing goes below 0, a refund undoes it, force is all or nothing, more is never granted for more asked', () => {
    fc.assert(
      fc.property(aCase, ({ balances, wanted, rate, connectFee }) => {
        const asked = ask(wanted, { tariff: withFee(connectFee, rate) });
        const answer = quota(balances, asked);
        const after = debit(balances, answer.debits);
        const moneyIn = (list: readonly Balance[]) =>
          list.reduce((sum, each) => (each.kind === 'money' ? sum + each.micro : sum), 0);
        expect(moneyIn(balances) - moneyIn(after)).toBe(answer.cost);
        for (const each of after)
          expect(each.kind === 'money' ? each.micro : each.units).toBeGreaterThanOrEqual(0);
        expect(refund(after, answer.debits)).toEqual(balances);
        const forced = quota(balances, { ...asked, force: true });
        expect(forced).toEqual(answer.granted === wanted ? answer : { ...forced, granted: 0, debits: [] });
        if (answer.refused === null && answer.granted === wanted)
          expect(quota(balances, { ...asked, units: wanted - 1 }).granted).toBe(wanted - 1);
      }),
      { numRuns: 500 },
    );
  });
});
