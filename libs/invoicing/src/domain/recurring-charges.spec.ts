import { describe, expect, it } from '@jest/globals';
import { addDays, type Cycle, daysBetween, type LocalDate, nextCutOffs } from '@tollkeeper/calendar';
import type {
  AccountProfile,
  OfferingVersion,
  PriceOverride,
  RecurringCharge,
  SubscriptionProfile,
} from '@tollkeeper/contracts';
import fc from 'fast-check';
import type { LastBilled } from './bill';
import { chargedAfter, lastBilledOf } from './charged-through';
import { recurringCharges } from './recurring-charges';

const at = (date: LocalDate): string => `${date}T00:00:00.000Z`;
const fee = (more: Partial<RecurringCharge>): RecurringCharge => ({
  chargeId: 'fee',
  name: 'Fee',
  amountMinor: 9000,
  timing: 'inAdvance',
  per: 'subscription',
  prorate: true,
  taxCode: 'telecom',
  revenueCategory: 'recurring',
  ...more,
});
const plan = (charges: RecurringCharge[], more: Partial<OfferingVersion> = {}): OfferingVersion => ({
  offeringId: 'plan',
  version: 1,
  name: 'Plan',
  currency: 'EUR',
  validFrom: at('2023-01-01'),
  deckId: 'deck',
  recurringCharges: charges,
  allowances: [],
  usageTaxCode: 'telecom',
  paidInAdvance: null,
  ...more,
});
const held = (from: LocalDate, to: LocalDate | null = null): SubscriptionProfile => ({
  subscriptionId: 'sub',
  status: 'active',
  activeFrom: at(from),
  activeTo: to && at(to),
  plans: [{ offeringId: 'plan', from: at(from), to: null }],
  identifiers: [],
  poolId: null,
  paidPeriods: [],
});

interface Case {
  cycle?: Cycle;
  startsOn?: LocalDate;
  offerings: OfferingVersion[];
  subscription: SubscriptionProfile;
  overrides?: PriceOverride[];
  cutOffs: LocalDate[];
}

const monthly: Cycle = { frequency: 'monthly', anchorDay: 1, zone: 'UTC' };

/** Bill after bill; of each `from..to amount`, with `(days/period)` where it is a part. */
function bills({
  cycle = monthly,
  startsOn = '2024-01-01',
  offerings,
  subscription,
  overrides = [],
  cutOffs,
}: Case) {
  let lastBilled: LastBilled | null = null;
  return cutOffs.map((cutOffOn) => {
    const account = { subscriptions: [subscription] } as unknown as AccountProfile;
    const lines = recurringCharges({ cycle, startsOn, cutOffOn, account, offerings, lastBilled, overrides });
    lastBilled = lastBilledOf(
      cutOffOn,
      chargedAfter(lastBilled, lines, () => true, cutOffOn),
    );
    return lines;
  });
}

const shown = (given: Case): string[] =>
  bills(given).map((lines) =>
    lines
      .map(({ from, to, amountMinor, proration, quantity }) => {
        const part = proration
          ? ` (${proration.numerator}/${proration.denominator}${proration.before ? ` after ${proration.before}` : ''})`
          : '';
        return `${from.slice(2)}..${to.slice(2)}${quantity > 1 ? ` x${quantity}` : ''} ${amountMinor}${part}`;
      })
      .join('; '),
  );

const every = (unit: 'day' | 'week' | 'month' | 'quarter' | 'year', count = 1) => ({ unit, count });

describe('a charge of each frequency on a monthly cycle', () => {
  it.each<[string, Partial<RecurringCharge>, SubscriptionProfile, LocalDate[], string[]]>([
    [
      'quarter in advance from the day it was bought: due with the first bill, then when the next one begins',
      { every: every('quarter') },
      held('2024-01-22'),
      ['2024-02-01', '2024-03-01', '2024-04-01', '2024-05-01'],
      ['24-01-22..24-04-22 9000', '', '24-04-22..24-07-22 9000', ''],
    ],
    [
      'quarter in advance by the cycle: 70 of the 91 days of a leap quarter, then whole ones',
      { every: every('quarter'), anchor: 'cycle' },
      held('2024-01-22'),
      ['2024-02-01', '2024-03-01', '2024-04-01'],
      ['24-01-22..24-04-01 6923 (70/91)', '', '24-04-01..24-07-01 9000'],
    ],
    [
      'quarter in arrears by the cycle: with the first bill after its end',
      { every: every('quarter'), anchor: 'cycle', timing: 'inArrears' },
      held('2024-01-22'),
      ['2024-02-01', '2024-03-01', '2024-04-01', '2024-05-01'],
      ['', '', '24-01-22..24-04-01 6923 (70/91)', ''],
    ],
    [
      'quarter in arrears of a service that ends in its middle: its days, with the next bill',
      { every: every('quarter'), anchor: 'cycle', timing: 'inArrears' },
      held('2024-01-01', '2024-02-11'),
      ['2024-02-01', '2024-03-01', '2024-04-01'],
      ['', '24-01-01..24-02-11 4055 (41/91)', ''],
    ],
    [
      'year in advance over 29 February: 366 days',
      { every: every('year'), anchor: 'cycle', amountMinor: 36600 },
      held('2024-12-22'),
      ['2025-01-01', '2025-02-01'],
      ['24-12-22..25-01-01 1000 (10/366); 25-01-01..26-01-01 36600', ''],
    ],
    [
      'month from the 31st: clamped in short months and back again, leap February',
      { every: every('month') },
      held('2024-01-31'),
      ['2024-02-01', '2024-03-01', '2024-04-01', '2024-05-01'],
      [
        '24-01-31..24-02-29 9000; 24-02-29..24-03-31 9000',
        '24-03-31..24-04-30 9000',
        '24-04-30..24-05-31 9000',
        '24-05-31..24-06-30 9000',
      ],
    ],
    [
      'week in arrears: those that ended, on one line',
      { every: every('week'), timing: 'inArrears', amountMinor: 700 },
      held('2024-01-01'),
      ['2024-02-01', '2024-03-01'],
      ['24-01-01..24-01-29 x4 2800', '24-01-29..24-02-26 x4 2800'],
    ],
    [
      'two weeks in advance, by the cycle (Mondays): the first is a part',
      { every: every('week', 2), anchor: 'cycle', amountMinor: 1400 },
      held('2024-01-10'),
      ['2024-02-01'],
      ['24-01-10..24-01-15 500 (5/14); 24-01-15..24-01-29 1400; 24-01-29..24-03-11 x3 4200'],
    ],
    [
      'day in arrears: the days that were served',
      { every: every('day'), timing: 'inArrears', amountMinor: 50 },
      held('2024-01-22', '2024-02-03'),
      ['2024-02-01', '2024-03-01'],
      ['24-01-22..24-02-01 x10 500', '24-02-01..24-02-03 x2 100'],
    ],
    [
      'whole quarter whatever the days',
      { every: every('quarter'), anchor: 'cycle', prorate: false },
      held('2024-01-22'),
      ['2024-02-01', '2024-03-01', '2024-04-01'],
      ['24-01-22..24-04-01 9000', '', '24-04-01..24-07-01 9000'],
    ],
  ])('%s', (_, charge, subscription, cutOffs, expected) => {
    expect(shown({ offerings: [plan([fee(charge)])], subscription, cutOffs })).toEqual(expected);
  });
});

it.each<[string, Cycle, LocalDate, LocalDate[], string[]]>([
  [
    'weekly cycle: in advance, when a bill comes before the next month begins',
    { frequency: 'weekly', anchorDay: 1, zone: 'UTC' },
    '2024-01-01',
    ['2024-01-08', '2024-01-15', '2024-01-22', '2024-01-29', '2024-02-05'],
    ['24-01-01..24-02-01 9000', '', '', '24-02-01..24-03-01 9000', ''],
  ],
  [
    'yearly cycle: the months behind and the months ahead',
    { frequency: 'yearly', anchorDay: 1, zone: 'UTC' },
    '2024-01-01',
    ['2025-01-01'],
    [
      Array.from({ length: 24 }, (_, month) => {
        const on = (index: number) =>
          `${24 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
        return `${on(month)}..${on(month + 1)} 9000`;
      }).join('; '),
    ],
  ],
])('a monthly charge on a %s', (_, cycle, startsOn, cutOffs, expected) => {
  const offerings = [plan([fee({ every: every('month') })])];
  expect(shown({ cycle, startsOn, offerings, subscription: held('2024-01-01'), cutOffs })).toEqual(expected);
});

it('days are local: a short day in March and a long one in November count as one', () => {
  const cycle: Cycle = { frequency: 'monthly', anchorDay: 1, zone: 'America/New_York' };
  const subscription = held('2026-03-08');
  subscription.activeFrom = '2026-03-08T06:30:00.000Z'; // 01:30, half an hour before the clock goes forward
  const offerings = [plan([fee({ amountMinor: 3100, timing: 'inArrears' })])];
  expect(
    shown({ cycle, startsOn: '2026-03-01', offerings, subscription, cutOffs: ['2026-04-01', '2026-05-01'] }),
  ).toEqual(['26-03-08..26-04-01 2400 (24/31)', '26-04-01..26-05-01 3100']);
});

describe('the price of the first day holds for the period', () => {
  const own = (
    amountMinor: number,
    from: LocalDate,
    to: LocalDate | null,
    subscriptionId: string | null = null,
  ) => ({
    overrideId: `own-${amountMinor}`,
    revision: 1,
    accountId: 'acc',
    subscriptionId,
    price: { kind: 'charge' as const, offeringId: 'plan', chargeId: 'fee', amountMinor },
    from: at(from),
    to: to && at(to),
  });
  const three = ['2024-02-01', '2024-03-01', '2024-04-01'];
  const base = { subscription: held('2024-01-01'), cutOffs: three };

  it.each<[string, Partial<OfferingVersion>, PriceOverride[], string[]]>([
    [
      'announced for 15 February: from March on',
      { scheduledPrices: [{ chargeId: 'fee', from: at('2024-02-15'), amountMinor: 9900 }] },
      [],
      ['9000 9000', '9900', '9900'],
    ],
    ['agreed for February alone', {}, [own(5000, '2024-02-01', '2024-03-01')], ['9000 5000', '9000', '9000']],
    [
      "the subscription's own price goes before the account's",
      {},
      [
        own(5000, '2024-01-01', null),
        own(4000, '2024-02-10', null, 'sub'),
        own(1, '2024-01-01', null, 'other'),
      ],
      ['5000 5000', '4000', '4000'],
    ],
    [
      'called off before it began',
      {},
      [own(5000, '2024-02-01', '2024-02-01')],
      ['9000 9000', '9000', '9000'],
    ],
  ])('%s', (_, more, overrides, expected) => {
    const amounts = bills({ ...base, offerings: [plan([fee({})], more)], overrides }).map((lines) =>
      lines.map(({ amountMinor }) => amountMinor).join(' '),
    );
    expect(amounts).toEqual(expected);
  });

  it('a charge that a new version brings begins with its first whole period', () => {
    const offerings = [plan([]), plan([fee({})], { version: 2, validFrom: at('2024-01-15') })];
    expect(shown({ ...base, offerings })).toEqual([
      '24-02-01..24-03-01 9000',
      '24-03-01..24-04-01 9000',
      '24-04-01..24-05-01 9000',
    ]);
  });
});

it('three quarters in arrears on a weekly cycle: the whole 39 weeks, however many bills lie in between', () => {
  const weekly: Cycle = { frequency: 'weekly', anchorDay: 3, zone: 'UTC' };
  const charge = fee({ timing: 'inArrears', every: { unit: 'quarter', count: 3 } });
  const lines = bills({
    cycle: weekly,
    startsOn: '2023-12-06',
    offerings: [plan([charge])],
    subscription: held('2023-12-06', '2025-06-01'),
    cutOffs: nextCutOffs(weekly, '2023-12-06', 110),
  }).flat();
  expect(lines.map(({ from, to, amountMinor }) => `${from}..${to} ${amountMinor}`)).toEqual([
    '2023-12-06..2024-09-06 9000',
    '2024-09-06..2025-06-01 8835',
  ]);
});

describe('laws', () => {
  const frequency = fc.record({
    unit: fc.constantFrom(
      'day' as const,
      'week' as const,
      'month' as const,
      'quarter' as const,
      'year' as const,
    ),
    count: fc.integer({ min: 1, max: 3 }),
  });
  const charge = fc.record({
    amountMinor: fc.integer({ min: 1, max: 99_999 }),
    every: fc.option(frequency, { nil: undefined }),
    anchor: fc.constantFrom('subscription' as const, 'cycle' as const),
    timing: fc.constantFrom('inAdvance' as const, 'inArrears' as const),
  });
  const cycles = fc.constantFrom<Cycle>(
    monthly,
    { frequency: 'monthly', anchorDay: 31, zone: 'Europe/Berlin' },
    { frequency: 'weekly', anchorDay: 3, zone: 'UTC' },
    { frequency: 'quarterly', anchorDay: 15, anchorMonth: 2, zone: 'UTC' },
  );

  it('bills follow each other: each day is charged once, whatever frequency, anchor, timing and cycle', () => {
    fc.assert(
      fc.property(
        charge,
        cycles,
        fc.integer({ min: 0, max: 200 }),
        fc.nat(400),
        (given, cycle, after, length) => {
          const startsOn = nextCutOffs(cycle, '2023-12-01', 1)[0] as LocalDate;
          const from = addDays(startsOn, after);
          const end = addDays(from, length + 1);
          const cutOffs = nextCutOffs(cycle, startsOn, 110);
          const { every: own, ...rest } = given;
          const offerings = [plan([fee(own ? { ...rest, every: own } : rest)])];
          const lines = bills({ cycle, startsOn, offerings, subscription: held(from, end), cutOffs }).flat();
          const stretches = lines.map((line) => [line.from, line.to] as const).sort();
          const gaps = stretches.filter(
            ([begins], index) => index > 0 && stretches[index - 1]?.[1] !== begins,
          );
          expect(gaps).toEqual([]);
          expect(stretches[0]?.[0]).toBe(from);
          const last = stretches.at(-1)?.[1] ?? from;
          expect(last).toBe(end);
          expect(stretches.reduce((sum, [begins, ends]) => sum + daysBetween(begins, ends), 0)).toBe(
            length + 1,
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
