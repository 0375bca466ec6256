import fc from 'fast-check';
import type { Allowance, OfferingVersion, SubscriptionProfile } from '@tollkeeper/contracts';
import { emptyState, foldGroup, type FoldState } from '../rating/fold-group';
import {
  account,
  allowance,
  call,
  entry,
  guided,
  offering,
  subscription,
  type Tariff,
} from '../sample-tariff';
import type { UsageRecord } from '../record/usage-record';
import { grantsOfGroup } from './entitlement';
import type { Grant } from './grant';

const at = (minute: number) =>
  `2026-01-10T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00.000Z`;
const calls = (...seconds: number[]) =>
  seconds.map((quantity, index) => call({ recordId: `r${index}`, startAt: at(index), quantity }));

/** 1 a second, so that an amount is what is charged. */
const perSecond = [entry({ rate: '1', perUnits: 1 })];
const plan = (...allowances: Partial<Allowance>[]): OfferingVersion[] => [
  offering({ allowances: allowances.map((change) => allowance(change)) }),
];

function foldAll(records: readonly UsageRecord[], tariff: Tariff, before: FoldState = emptyState()) {
  const { state, folded } = foldGroup(
    before,
    records.map((record) => guided(record, { entries: perSecond, ...tariff })),
  );
  const rated = folded.map(({ outcome }) => {
    if ('suspended' in outcome) throw new Error(outcome.suspended);
    return outcome.rated;
  });
  return { state, rated };
}

/** `40+20`: free and charged seconds. */
const told = (records: readonly UsageRecord[], offerings: OfferingVersion[], tariff: Tariff = {}) =>
  foldAll(records, { offerings, ...tariff }).rated.map(
    ({ includedQuantity, explanation }) => `${includedQuantity}+${explanation.chargedQuantity}`,
  );

const used = (records: readonly UsageRecord[], offerings: OfferingVersion[], tariff: Tariff = {}) =>
  Object.fromEntries(foldAll(records, { offerings, ...tariff }).state.buckets);

describe('order and steps', () => {
  it.each<[string, Partial<Allowance>[], number[], Record<string, number>]>([
    ['R056 a bundle pays all of it', [{ units: 10 }], [10], { 'sub_1/minutes': 10 }],
    [
      'R058 the first goes first; the other gives a whole step',
      [
        { allowanceId: 'a', units: 10, priority: 1 },
        { allowanceId: 'b', units: 70, priority: 2, step: 60 },
      ],
      [20],
      { 'sub_1/a': 10, 'sub_1/b': 60 },
    ],
    ['R060 two steps', [{ units: 150, step: 60 }], [80], { 'sub_1/minutes': 120 }],
    ['less than a step is never drawn', [{ units: 150, step: 60 }], [80, 10], { 'sub_1/minutes': 120 }],
    ['a step pays for what is left of it', [{ units: 60, step: 60 }], [10, 10], { 'sub_1/minutes': 60 }],
  ])('%s', (_, allowances, seconds, expected) => {
    expect(used(calls(...seconds), plan(...allowances))).toEqual(expected);
  });

  it.each<[string, Partial<Allowance>[], number[], string[]]>([
    [
      'R106 three bundles, 215 units',
      [
        { allowanceId: 'plan', units: 100, priority: 1 },
        { allowanceId: 'service1', units: 40, priority: 2 },
        { allowanceId: 'service2', units: 75, priority: 3 },
      ],
      [60, 50, 50, 280],
      ['60+0', '50+0', '50+0', '55+225'],
    ],
    ['R108 in tenths', [{ units: 400 }], [355, 45, 120], ['355+0', '45+0', '0+120']],
    ['R114 in seconds', [{ units: 300 }], [240, 475], ['240+0', '60+415']],
    ['a step too small pays nothing', [{ units: 50, step: 60 }], [10], ['0+10']],
  ])('%s', (_, allowances, seconds, expected) => {
    expect(told(calls(...seconds), plan(...allowances))).toEqual(expected);
  });

  it('R117 the same pass bought twice', () => {
    const pass = offering({
      offeringId: 'pass',
      allowances: [allowance({ allowanceId: 'pass', units: 250, grant: { once: true, days: 30 } })],
    });
    const addOns = [1, 2].map((minute) => ({
      offeringId: 'pass',
      from: `2026-01-09T00:0${minute}:00.000Z`,
      to: null,
    }));
    const accounts = [account({ subscriptions: [subscription({ addOns })] })];
    expect(told(calls(235, 245, 70), [offering(), pass], { accounts })).toEqual(['235+0', '245+0', '20+50']);
  });
});

describe('when all that covers is used up', () => {
  it.each<[string, Partial<Allowance>[], number[], string[], string[]]>([
    ['charge', [{ units: 50 }], [40, 20], ['40+0', '10+10'], ['', '']],
    [
      'throttle: free and marked',
      [{ units: 50, whenUsedUp: 'throttle' }],
      [40, 20, 9],
      ['40+0', '20+0', '9+0'],
      ['', 'throttled 10', 'throttled 9'],
    ],
    [
      'block: refused and marked',
      [{ units: 50, whenUsedUp: 'block' }],
      [40, 20, 9],
      ['40+0', '20+0', '9+0'],
      ['', 'blocked 10', 'blocked 9'],
    ],
    [
      'a booster goes before the throttle, whatever its place',
      [
        { allowanceId: 'plan', units: 50, priority: 1, whenUsedUp: 'throttle' },
        { allowanceId: 'z', units: 30, priority: 2 },
      ],
      [60, 30],
      ['60+0', '30+0'],
      ['', 'throttled 10'],
    ],
    [
      'the first that says so decides',
      [
        { allowanceId: 'a', units: 10, priority: 1, whenUsedUp: 'charge' },
        { allowanceId: 'b', units: 10, priority: 2, whenUsedUp: 'block' },
      ],
      [30],
      ['20+10'],
      [''],
    ],
    [
      'what it does not cover is charged',
      [{ units: 50, zones: ['moon'], whenUsedUp: 'block' }],
      [10],
      ['0+10'],
      [''],
    ],
  ])('%s', (_, allowances, seconds, quantities, limits) => {
    const { rated } = foldAll(calls(...seconds), { offerings: plan(...allowances) });
    expect(
      rated.map(({ includedQuantity, explanation }) => `${includedQuantity}+${explanation.chargedQuantity}`),
    ).toEqual(quantities);
    expect(
      rated.map(({ explanation: { limited } }) =>
        !limited ? '' : limited.blocked > 0 ? `blocked ${limited.blocked}` : `throttled ${limited.throttled}`,
      ),
    ).toEqual(limits);
  });

  it('counts what is throttled beside the bucket', () => {
    expect(used(calls(40, 20, 9), plan({ units: 50, whenUsedUp: 'throttle' }))).toEqual({
      'sub_1/minutes': 50,
      'sub_1/minutes!throttled': 19,
    });
  });
});

describe('pools', () => {
  const members = ['sub_1', 'sub_2'].map((subscriptionId, index) =>
    subscription({
      subscriptionId,
      poolId: 'family',
      identifiers: [{ kind: 'msisdn', value: `+491511${index}`, from: '2026-01-01T00:00:00.000Z', to: null }],
    }),
  );
  const accounts = [account({ subscriptions: members })];
  const by = (who: number, index: number, quantity: number) =>
    call({ recordId: `r${index}`, startAt: at(index), quantity, msisdn: `491511${who - 1}` });
  const family = (change: Partial<Allowance> = {}) =>
    plan(
      { allowanceId: 'pool', shared: true, priority: 1, ...change },
      { allowanceId: 'own', units: 5, priority: 2 },
    );

  it('R112 a pool of 10 and 5 each of their own', () => {
    const records = [by(1, 0, 20), by(2, 1, 20)];
    expect(told(records, family({ units: 10 }), { accounts })).toEqual(['15+5', '5+15']);
    expect(used(records, family({ units: 10 }), { accounts })).toEqual({
      pool: 10,
      'pool@sub_1': 10,
      'sub_1/own': 5,
      'sub_2/own': 5,
    });
  });

  it('a member at its cap leaves the rest to the others', () => {
    const records = [by(1, 0, 50), by(1, 1, 20), by(2, 2, 70)];
    expect(told(records, family({ units: 100, memberCap: 60 }), { accounts })).toEqual([
      '50+0',
      '15+5',
      '45+25',
    ]);
  });
});

describe('what was carried over', () => {
  const carried = (units: number, sourcePeriod = '2025-12-01') => ({
    bucket: `sub_1/minutes+${sourcePeriod}`,
    ofBucket: 'sub_1/minutes',
    sourcePeriod,
    units,
    periodsLeft: 1,
  });
  const rollover = { periods: 1 };
  it.each<['first' | 'last', Record<string, number>]>([
    ['first', { 'sub_1/minutes+2025-11-01': 20, 'sub_1/minutes+2025-12-01': 30, 'sub_1/minutes': 10 }],
    ['last', { 'sub_1/minutes': 60 }],
  ])('is used %s, oldest first', (use, expected) => {
    const before = emptyState({ carried: [carried(30), carried(20, '2025-11-01')], opening: [] });
    const { state } = foldAll(calls(60), { offerings: plan({ rollover: { ...rollover, use } }) }, before);
    expect(Object.fromEntries(state.buckets)).toEqual(expected);
  });

  it('waits unused when the plan has no such allowance any more', () => {
    const before = emptyState({ carried: [carried(30)], opening: [] });
    const { state } = foldAll(calls(60), { offerings: plan({ allowanceId: 'other' }) }, before);
    expect(Object.fromEntries(state.buckets)).toEqual({ 'sub_1/other': 60 });
  });
});

describe('whatever the records', () => {
  const poolOf = (size: number): SubscriptionProfile[] =>
    Array.from({ length: size }, (_, index) =>
      subscription({
        subscriptionId: `sub_${index}`,
        poolId: 'fleet',
        identifiers: [
          { kind: 'msisdn', value: `+49151${index}`, from: '2026-01-01T00:00:00.000Z', to: null },
        ],
      }),
    );
  const anAllowance = fc.record({
    allowanceId: fc.constantFrom('a', 'b', 'c', 'd'),
    units: fc.integer({ min: 1, max: 400 }),
    priority: fc.integer({ min: 0, max: 2 }),
    shared: fc.boolean(),
    step: fc.constantFrom(1, 1, 7, 60),
    memberCap: fc.constantFrom(undefined, 30, 90),
    sizedBy: fc.constantFrom(undefined, 'members' as const),
    whenUsedUp: fc.constantFrom(undefined, 'throttle' as const, 'block' as const),
  });
  const aCase = fc.record({
    allowances: fc.uniqueArray(anAllowance, { selector: ({ allowanceId }) => allowanceId, maxLength: 4 }),
    uses: fc.array(
      fc.record({ who: fc.integer({ min: 0, max: 2 }), seconds: fc.integer({ min: 0, max: 200 }) }),
      {
        maxLength: 25,
      },
    ),
    cuts: fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 4 }),
  });
  const without = <T extends object>(given: T) =>
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

  it('no bucket gives more than it has, no member more than its cap, no unit is lost, any split is the same', () => {
    fc.assert(
      fc.property(aCase, ({ allowances, uses, cuts }) => {
        const accounts = [account({ subscriptions: poolOf(3) })];
        const tariff = { accounts, offerings: plan(...allowances.map(without)), entries: perSecond };
        const records = uses.map(({ who, seconds }, index) =>
          call({ recordId: `r${index}`, startAt: at(index), quantity: seconds, msisdn: `49151${who}` }),
        );
        const all = foldAll(records, tariff);
        const grants: Grant[] = records[0]
          ? grantsOfGroup(
              accounts[0]!,
              'fleet',
              guided(records[0], tariff).entitlement,
              guided(records[0], tariff).period,
            )
          : [];
        for (const {
          bucket,
          units,
          allowance: { memberCap, shared },
        } of grants) {
          expect(all.state.buckets.get(bucket) ?? 0).toBeLessThanOrEqual(units);
          const shares = [...all.state.buckets].filter(([counter]) => counter.startsWith(`${bucket}@`));
          for (const [, share] of shares) expect(share).toBeLessThanOrEqual(memberCap ?? units);
          if (shared)
            expect(shares.reduce((sum, [, share]) => sum + share, 0)).toBe(
              all.state.buckets.get(bucket) ?? 0,
            );
        }
        const taken = new Map<string, number>();
        all.rated.forEach(({ includedQuantity, explanation, billedQuantity }, index) => {
          expect(includedQuantity + explanation.chargedQuantity).toBe(billedQuantity);
          expect(billedQuantity).toBe(records[index]?.quantity);
          for (const { bucket, units } of explanation.used)
            taken.set(bucket, (taken.get(bucket) ?? 0) + units);
        });
        const buckets = [...all.state.buckets].filter(([counter]) => !/[@!]/.test(counter));
        expect(new Map(buckets)).toEqual(taken);

        let state = emptyState();
        const edges = [
          0,
          ...cuts.map((cut) => Math.min(cut, records.length)).sort((a, b) => a - b),
          records.length,
        ];
        edges.slice(1).forEach((end, index) => {
          ({ state } = foldAll(records.slice(edges[index], end), tariff, state));
        });
        expect(new Map([...state.buckets].sort())).toEqual(new Map([...all.state.buckets].sort()));
      }),
      { numRuns: 80 },
    );
  });
});
