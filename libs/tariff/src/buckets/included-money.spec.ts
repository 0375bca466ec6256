import fc from 'fast-check';
import type { Allowance, RateEntry, UsageMatch, UsagePrice } from '@tollkeeper/contracts';
import { type CaseTariff, guideAll, priced } from '../cases/case-tariff';
import { emptyState, foldGroup, type FoldState } from '../rating/fold-group';
import type { RatedUsage } from '../rating/rate-record';
import { sentenceOf } from '../rating/sentence';
import type { UsageRecord } from '../record/usage-record';
import { checkAllowances } from '../file/check-allowances';
import { allowanceFields } from '../file/allowance-fields';
import type { UsagePeriod } from '../guiding/usage-periods';
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
} from '../sample-tariff';
import { bucketStands } from './bucket-stands';
import { grantsIn } from './entitlement';
import { restOf } from './period-rest';

/** A second costs 0.10, a message 0.25, a megabyte 1.00. */
const entries: RateEntry[] = [
  entry({ rate: '0.10', perUnits: 1 }),
  entry({ usageType: 'sms', rate: '0.25', perUnits: 1 }),
  dataEntry({ rate: '1', perUnits: 1_000_000, roundAt: 'line' }),
];
const million = 1_000_000;
const credit = (euros: number, change: Partial<Allowance> = {}): Allowance =>
  allowance({
    allowanceId: 'credit',
    usageType: 'money',
    zones: [],
    units: Math.round(euros * million),
    ...change,
  });
const of = (...allowances: Allowance[]): CaseTariff => ({ entries, allowances });

type Kind = 'voice' | 'sms' | 'data';
type Use = [kind: Kind, quantity: number];
const records: Record<Kind, (quantity: number) => UsageRecord> = {
  voice: (quantity) => call({ quantity }),
  sms: (quantity) => call({ usageType: 'sms', quantity }),
  data: (quantity) => dataUse({ quantity }),
};
const recordsOf = (uses: readonly Use[]): UsageRecord[] =>
  uses.map(([kind, quantity], index) => ({
    ...records[kind](quantity),
    recordId: `r${String(index).padStart(3, '0')}`,
    startAt: `2026-01-10T12:${String(Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}.000Z`,
  }));

function fold(uses: readonly Use[], tariff: CaseTariff, before: FoldState = emptyState()) {
  const { state, folded } = foldGroup(before, guideAll(recordsOf(uses), tariff));
  const rated = folded.map(({ outcome }): RatedUsage => {
    if ('suspended' in outcome) throw new Error(outcome.suspended);
    return outcome.rated;
  });
  return { state, rated };
}

const paidBy = ({ explanation }: RatedUsage): number =>
  explanation.used.reduce((sum, { units, usageType }) => (usageType === 'money' ? sum + units : sum), 0);

/** Each record as `paid+charged`, then what the buckets paid in all. */
function told(uses: readonly Use[], tariff: CaseTariff): string {
  const { state, rated } = fold(uses, tariff);
  const parts = rated.map((each) => `${paidBy(each) / million}+${each.amountMicro / million}`);
  const buckets = [...state.buckets].filter(([name]) => !name.includes('!'));
  return `${parts.join(' ')}: ${buckets.map(([name, micro]) => `${name.replace('sub_1/', '')} ${micro / million}`).join(' ')}`;
}

const only = (when: UsageMatch): Partial<Allowance> => ({ when });

it.each<[string, CaseTariff, Use[], string]>([
  ['10.00 a month pays calls and messages', of(credit(10)), [['voice', 60], ['sms', 4]], '6+0 1+0: credit 7'],
  ['what it does not pay is charged', of(credit(10)), [['voice', 90], ['voice', 20], ['sms', 1]], '9+0 1+1 0+0.25: credit 10'],
  ['money for messages alone', of(credit(1, only({ usageTypes: ['sms'] }))), [['voice', 10], ['sms', 6]], '0+1 1+0.5: credit 1'],
  ['for a zone alone', of(credit(1, { zones: ['national'] })), [['data', 500_000], ['voice', 4]], '0+0.5 0.4+0: credit 0.4'],
  ['units go first, money pays what they leave', of(allowance({ units: 60, priority: 9 }), credit(2)), [['voice', 70], ['voice', 20]], '1+0 1+1: minutes 0.00006 credit 2'],
  ['by priority', of(credit(1, { allowanceId: 'later', priority: 2 }), credit(1, { allowanceId: 'sooner' })), [['voice', 15]], '1.5+0: sooner 1 later 0.5'],
  ['small amounts of one line, rounded once', of(credit(0.000001)), [['data', 1], ['data', 1]], '0.000001+0 0+0.000001: credit 0.000001'],
  ['what costs nothing takes nothing', of(credit(1)), [['voice', 0]], '0+0: '],
  ['of it at most 0.50 at home', of(credit(2, { limits: [{ zones: ['home'], units: 500_000 }] })), [['data', 400_000], ['data', 400_000]], '0.4+0 0.1+0.3: credit 0.5'],
])('%s', (_, tariff, uses, expected) => {
  expect(told(uses, tariff)).toBe(expected);
}); // prettier-ignore

it('pays the connect fee, and a call up to the most that it costs', () => {
  const price: UsagePrice = { charge: { model: 'perUnit', rate: '1', perUnits: 60 }, connectFee: '0.15', maxCharge: '2' };
  const tariff = { ...of(credit(3)), prices: priced(price) };
  expect(told([['voice', 60], ['voice', 600]], tariff)).toBe('1.15+0 1.85+0.15: credit 3');
}); // prettier-ignore

it('a price that falls gives back what was charged first, then what the bucket paid', () => {
  const volume: UsagePrice = {
    charge: { model: 'volume', tiers: [{ upTo: 10, rate: '1', perUnits: 1 }, { upTo: null, rate: '0.5', perUnits: 1 }] },
    roundAt: 'line',
  };
  const tariff = { ...of(credit(8)), prices: priced(volume) };
  expect(told([['voice', 10], ['voice', 1]], tariff)).toBe('8+2 -2.5+-2: credit 5.5');
}); // prettier-ignore

describe('what is told of it', () => {
  const sentenceFor = (uses: Use[], tariff: CaseTariff, at: number): string => {
    const { billedQuantity, amountMicro, explanation } = fold(uses, tariff).rated[at]!;
    const [usageType, quantity] = uses[at]!;
    return sentenceOf({ usageType, quantity, billedQuantity, amountMicro, currency: 'EUR', explanation });
  };

  it('the price, what was paid of it, and the rest', () => {
    expect(sentenceFor([['voice', 30]], of(credit(2)), 0)).toMatch(
      /30 s charged; 0\.1 EUR per 1 s; .*; 2 EUR of it paid from included money sub_1\/credit; in all 1 EUR\.$/,
    );
  });

  it('the order of its records matters', () => {
    expect(fold([['voice', 1]], of(credit(2))).rated[0]?.orderMatters).toBe(true);
    expect(fold([['voice', 1]], of(credit(2, only({ usageTypes: ['sms'] })))).rated[0]?.orderMatters).toBe(
      false,
    );
  });
});

describe('as any allowance', () => {
  const ends: UsagePeriod = {
    key: '2026-01-01',
    fromAt: '2026-01-01T00:00:00.000Z',
    toAt: '2026-02-01T00:00:00.000Z',
  };
  /** Two phones in one pool, each on a plan with a shared 5.00, at most 2.00 a phone. */
  const fleet = () => {
    const plan = offering({
      allowances: [credit(5, { shared: true, sizedBy: 'members', memberCap: 2 * million })],
    });
    const members = ['1', '2'].map((digit) =>
      subscription({
        subscriptionId: `sub_${digit}`,
        poolId: 'fleet',
        identifiers: [
          { kind: 'msisdn', value: `+491511${digit}`, from: '2026-01-01T00:00:00.000Z', to: null },
        ],
      }),
    );
    const accounts = [account({ subscriptions: members })];
    const say = (digit: string, quantity: number, minute: string) =>
      guided(
        call({
          recordId: minute,
          msisdn: `491511${digit}`,
          quantity,
          startAt: `2026-01-10T12:${minute}:00.000Z`,
        }),
        { entries, offerings: [plan], accounts },
      );
    const usages = [say('1', 30, '00'), say('2', 10, '01'), say('1', 10, '02')];
    return { usages, grants: grantsIn(usages[0]!.entitlement, ends) };
  };

  it('a pool pays for its members, each up to its cap', () => {
    const { usages, grants } = fleet();
    const { state, folded } = foldGroup(emptyState(), usages);
    const charged = folded.map(({ outcome }) => 'rated' in outcome && outcome.rated.amountMicro / million);
    expect(charged).toEqual([1, 0, 1]);
    const [stand] = bucketStands(grants, state, '2026-01-20T00:00:00.000Z', ['sub_1', 'sub_2']);
    expect(stand).toMatchObject({
      usageType: 'money',
      currency: 'EUR',
      granted: 10 * million,
      used: 3 * million,
      left: 7 * million,
      members: [
        { subscriptionId: 'sub_1', used: 2 * million, cap: 2 * million },
        { subscriptionId: 'sub_2', used: million, cap: 2 * million },
      ],
    });
  });

  it('what is left rolls over, and pays first', () => {
    const tariff = of(credit(5, { rollover: { periods: 1, use: 'first' } }));
    const guidedUses = guideAll(recordsOf([['voice', 20]]), tariff);
    const { state } = foldGroup(emptyState(), guidedUses);
    const rest = restOf(grantsIn(guidedUses[0]!.entitlement, guidedUses[0]!.period), state, ends);
    expect(rest.carried).toMatchObject([{ ofBucket: 'sub_1/credit', units: 3 * million, periodsLeft: 1 }]);
    const next = fold([['voice', 40]], tariff, emptyState(rest));
    expect(next.rated[0]?.explanation.used.map(({ bucket, units }) => `${bucket} ${units}`)).toEqual([
      'sub_1/credit+2026-01-01 3000000',
      'sub_1/credit 1000000',
    ]);
  });
});

it.each<[Partial<Allowance>, string]>([
  [{ units: 10 }, 'allowances.0.units: is 10 millionths of the plan’s currency: write money as text ("10.00"), or in millionths'],
  [{ step: 5 }, 'allowances.0.step: money has no steps: leave it out'],
  [{ whenUsedUp: 'block' }, 'allowances.0.whenUsedUp: what included money does not pay is charged: leave it out (a spending limit or a prepaid balance stops usage)'],
  [{ zones: ['moon'] }, 'allowances.0.zones.0: no rate of deck retail has the zone moon (there is national, home, home)'],
])('%j is refused', (change, expected) => {
  const deck = { deckId: 'retail', zones: ['national', 'home'], servingZones: ['home'] };
  expect(
    checkAllowances([credit(10, change)], deck).map(({ field, reason }) => `${field}: ${reason}`),
  ).toEqual([expected]);
}); // prettier-ignore

it('is written as prices are, and only where money is meant', () => {
  const written = { allowanceId: 'credit', name: 'Credit', usageType: 'money', zones: [], units: '10.00', priority: 1, shared: false };
  expect(allowanceFields.parse(written)).toMatchObject({ units: 10_000_000 });
  const faultsOf = (change: object) =>
    allowanceFields.safeParse({ ...written, ...change }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  expect(faultsOf({ units: '10 GB' })?.[0]).toMatch(/^units: "10 GB" is data, but this usage is counted in millionths/);
  expect(faultsOf({ usageType: 'voice', zones: ['home'] })?.[0]).toMatch(/^units: "10.00" has no unit/);
  expect(faultsOf({ units: '0.0000001' })?.[0]).toMatch(/no whole number of millionths/);
}); // prettier-ignore

const falling: UsagePrice = {
  charge: {
    model: 'volume',
    tiers: [
      { upTo: 50, rate: '0.07', perUnits: 3 },
      { upTo: null, rate: '0.02', perUnits: 3 },
    ],
  },
  roundAt: 'line',
};
const anUse = fc.tuple(fc.constantFrom<Kind>('voice', 'sms', 'data'), fc.nat(90));
const uses = fc.array(anUse, { maxLength: 15 });

it('whatever the usage: paid and charged are what it costs, the bucket pays all that it can, any split is the same', () => {
  const allPrices = fc.constantFrom([], priced(falling));
  fc.assert(
    fc.property(uses, fc.nat(4_000_000), fc.nat(15), allPrices, (list, micro, cut, prices) => {
      const tariff = { ...of(credit((micro + 1) / million)), prices };
      const gross = fold(list, { ...tariff, allowances: [] }).rated.map(({ amountMicro }) => amountMicro);
      const { state, rated } = fold(list, tariff);
      rated.forEach((each, at) => expect(paidBy(each) + each.amountMicro).toBe(gross[at]));
      const paid = state.buckets.get('sub_1/credit') ?? 0;
      expect(paid).toBe(rated.reduce((sum, each) => sum + paidBy(each), 0));
      expect(paid).toBeLessThanOrEqual(micro + 1);
      const cost = gross.reduce((sum, each) => sum + each, 0);
      if (prices.length === 0) expect(paid).toBe(Math.min(micro + 1, cost));
      const guided = guideAll(recordsOf(list), tariff);
      const first = foldGroup(emptyState(), guided.slice(0, cut));
      expect(foldGroup(first.state, guided.slice(cut)).state.buckets).toEqual(state.buckets);
    }),
    { numRuns: 300 },
  );
}); // prettier-ignore

it('one price alone that falls: in the end the bucket pays what it can of what is left of it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 12 }), fc.nat(3_000_000), (seconds, micro) => {
      const list = seconds.map((quantity): Use => ['voice', quantity]);
      const tariff = { ...of(credit((micro + 1) / million)), prices: priced(falling) };
      const { state, rated } = fold(list, tariff);
      const cost = rated.reduce((sum, each) => sum + paidBy(each) + each.amountMicro, 0);
      expect(state.buckets.get('sub_1/credit') ?? 0).toBe(Math.min(micro + 1, cost));
    }),
    { numRuns: 300 },
  );
}); // prettier-ignore
