import { describe, expect, it } from '@jest/globals';
import type { Cycle, LocalDate } from '@tollkeeper/calendar';
import type { OfferingVersion, RecurringCharge, RestrictionSpan } from '@tollkeeper/contracts';
import { sampleCharge, sampleOffering } from './sample-billing';
import { storyOf } from './sample-story';

/** Worked by hand from the words of the rules, with fractions of whole numbers: nothing of the code is asked. */
const of = (minor: number, part: number, whole: number): number =>
  Number((2n * BigInt(minor) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));

const monthly = (anchorDay = 1, zone = 'UTC'): Cycle => ({ frequency: 'monthly', anchorDay, zone });
const berlin = monthly(1, 'Europe/Berlin');
const newYork = monthly(1, 'America/New_York');

const plan = (id: string, minor: number, charge: Partial<RecurringCharge> = {}): OfferingVersion =>
  sampleOffering(id, [sampleCharge('fee', minor, { timing: 'inAdvance', ...charge })], {
    validFrom: '2000-01-01T00:00:00.000Z',
  });
const back: Partial<RecurringCharge> = { proration: { refundUnused: true } };
const arrears: Partial<RecurringCharge> = { timing: 'inArrears' };
const unit = (
  name: 'thirtyDayMonth' | 'second',
  more: Partial<RecurringCharge> = {},
): Partial<RecurringCharge> => ({
  ...more,
  proration: { unit: name, refundUnused: true },
});

interface Row {
  cycle?: Cycle;
  offerings: OfferingVersion[];
  plans: [string, string][];
  ends?: string;
  paused?: [from: string, to: string | null];
  cutOffs: LocalDate[];
  /** Amounts of each bill's lines, in order. */
  bills: number[][];
}

const story = ({ paused, ...row }: Row): number[][] => {
  const restrictions: RestrictionSpan[] = paused ? [{ kind: 'paused', from: paused[0], to: paused[1] }] : [];
  return storyOf({ ...row, restrictions }).map((bill) =>
    (bill?.lines ?? []).map(({ amountMinor }) => amountMinor),
  );
};

describe('real days', () => {
  it.each<[string, Row]>([
    [
      'begun on the 20th: 12 of 31 days, then the month ahead',
      {
        offerings: [plan('p', 4999)],
        plans: [['p', '2026-01-20']],
        cutOffs: ['2026-02-01', '2026-03-01'],
        bills: [[of(4999, 12, 31), 4999], [4999]],
      },
    ],
    [
      'February of a leap year: 15 of 29 days',
      {
        offerings: [plan('p', 1000, arrears)],
        plans: [['p', '2024-02-15']],
        cutOffs: ['2024-03-01'],
        bills: [[of(1000, 15, 29)]],
      },
    ],
    [
      'February of a common year: 14 of 28 days',
      {
        offerings: [plan('p', 1000, arrears)],
        plans: [['p', '2026-02-15']],
        cutOffs: ['2026-03-01'],
        bills: [[of(1000, 14, 28)]],
      },
    ],
    [
      'begun on 28 February with the cycle of the 31st: 1 of 29 days, then 29 February to 31 March',
      {
        cycle: monthly(31),
        offerings: [plan('p', 3100, arrears)],
        plans: [['p', '2024-02-28']],
        cutOffs: ['2024-02-29', '2024-03-31'],
        bills: [[of(3100, 1, 29)], [3100]],
      },
    ],
    [
      'begun and ended in one month: 10 of 31 days, in arrears',
      {
        offerings: [plan('p', 3100, arrears)],
        plans: [['p', '2026-01-05']],
        ends: '2026-01-15',
        cutOffs: ['2026-02-01', '2026-03-01'],
        bills: [[of(3100, 10, 31)], []],
      },
    ],
    [
      'ended the day after the bill: 27 of 28 days go back',
      {
        offerings: [plan('p', 2800, back)],
        plans: [['p', '2026-01-01']],
        ends: '2026-02-02',
        cutOffs: ['2026-02-01', '2026-03-01'],
        bills: [[2800, 2800], [-of(2800, 27, 28)]],
      },
    ],
    [
      'in advance without give-back: the end leaves it charged',
      {
        offerings: [plan('p', 2800)],
        plans: [['p', '2026-01-01']],
        ends: '2026-02-02',
        cutOffs: ['2026-02-01', '2026-03-01'],
        bills: [[2800, 2800], []],
      },
    ],
    [
      'not prorated: whole in the month of the start and of the end',
      {
        offerings: [plan('p', 1900, { ...arrears, prorate: false })],
        plans: [['p', '2026-01-31']],
        ends: '2026-03-02',
        cutOffs: ['2026-02-01', '2026-03-01', '2026-04-01'],
        bills: [[1900], [1900], [1900]],
      },
    ],
  ])('%s', (_, { bills, ...row }) => {
    expect(story({ ...row, bills })).toEqual(bills);
  });
});

describe('first and last day', () => {
  const days = (firstDay: boolean, lastDay: boolean): Partial<RecurringCharge> => ({
    ...arrears,
    proration: { firstDay, lastDay },
  });
  // 10 to 20 June at noon: ten nights; both days are eleven, neither is nine.
  it.each([
    [true, false, 10],
    [true, true, 11],
    [false, true, 10],
    [false, false, 9],
  ])('first %s, last %s: %i of 30 days', (first, last, charged) => {
    const told = { offerings: [plan('p', 3000, days(first, last))], cutOffs: ['2026-07-01'] };
    const from = '2026-06-10T12:00:00.000Z';
    const bills = story({ ...told, plans: [['p', from]], ends: '2026-06-20T12:00:00.000Z', bills: [] });
    expect(bills).toEqual([[of(3000, charged, 30)]]);
  });

  it('a change of plan is neither: its day is charged once, whatever the rules', () => {
    const rule = days(false, true);
    const bills = story({
      offerings: [plan('a', 3000, rule), plan('b', 6000, rule)],
      plans: [
        ['a', '2026-05-20'],
        ['b', '2026-06-11T09:00:00.000Z'],
      ],
      cutOffs: ['2026-06-01', '2026-07-01'],
      bills: [],
    });
    // 21 to 31 May are 11 days; 1 to 10 June are 10, 11 to 30 June 20.
    expect(bills).toEqual([[of(3000, 11, 31)], [of(3000, 10, 30), of(6000, 20, 30)]]);
  });
});

describe('months of 30 days and seconds', () => {
  it.each<[string, Row]>([
    [
      '15 January to its end: 16 of 30, for the 31st counts nothing',
      {
        offerings: [plan('p', 3000, unit('thirtyDayMonth', arrears))],
        plans: [['p', '2026-01-15']],
        cutOffs: ['2026-02-01'],
        bills: [[of(3000, 16, 30)]],
      },
    ],
    [
      '15 February to its end: 16 of 30',
      {
        offerings: [plan('p', 3000, unit('thirtyDayMonth', arrears))],
        plans: [['p', '2026-02-15']],
        cutOffs: ['2026-03-01'],
        bills: [[of(3000, 16, 30)]],
      },
    ],
    [
      'New York, 8 March 2026 has 23 hours: from noon on the 8th 564 of 743 hours',
      {
        cycle: newYork,
        offerings: [plan('p', 10000, unit('second', arrears))],
        plans: [['p', '2026-03-08T16:00:00.000Z']],
        cutOffs: ['2026-04-01'],
        // March has 31 x 24 - 1 hours; noon of the 8th is 7 x 24 + 11 hours after its beginning.
        bills: [[of(10000, 564, 743)]],
      },
    ],
    [
      'Berlin, 25 October 2026 has 25 hours: ended at noon, 24 x 24 + 13 of 745 hours',
      {
        cycle: berlin,
        offerings: [plan('p', 10000, unit('second', arrears))],
        plans: [['p', '2026-10-01']],
        ends: '2026-10-25T11:00:00.000Z',
        cutOffs: ['2026-11-01'],
        bills: [[of(10000, 589, 745)]],
      },
    ],
    [
      'Berlin by days: the long day counts one like any other, 24 of 31',
      {
        cycle: berlin,
        offerings: [plan('p', 10000, arrears)],
        plans: [['p', '2026-10-01']],
        ends: '2026-10-25T11:00:00.000Z',
        cutOffs: ['2026-11-01'],
        bills: [[of(10000, 24, 31)]],
      },
    ],
  ])('%s', (_, { bills, ...row }) => {
    expect(story({ ...row, bills })).toEqual(bills);
  });
});

describe('changes of plan', () => {
  const small = plan('small', 2800, back);
  const large = plan('large', 5600, back);
  const huge = plan('huge', 8400, back);
  it.each<[string, Row]>([
    [
      'upgrade on 15 February: 14 of 28 days go back, 14 of 28 are charged, March ahead',
      {
        offerings: [small, large],
        plans: [
          ['small', '2026-01-01'],
          ['large', '2026-02-15T10:00:00.000Z'],
        ],
        cutOffs: ['2026-02-01', '2026-03-01'],
        bills: [
          [2800, 2800],
          [-of(2800, 14, 28), of(5600, 14, 28), 5600],
        ],
      },
    ],
    [
      'up and down on one day: the last plan has the day, the others nothing',
      {
        offerings: [small, large, huge],
        plans: [
          ['small', '2026-01-01'],
          ['large', '2026-02-15T10:00:00.000Z'],
          ['huge', '2026-02-15T11:00:00.000Z'],
        ],
        cutOffs: ['2026-02-01', '2026-03-01'],
        bills: [
          [2800, 2800],
          [-of(2800, 14, 28), of(8400, 14, 28), 8400],
        ],
      },
    ],
    [
      'away and back on one day: nothing changes',
      {
        offerings: [small, large],
        plans: [
          ['small', '2026-01-01'],
          ['large', '2026-02-15T10:00:00.000Z'],
          ['small', '2026-02-15T11:00:00.000Z'],
        ],
        cutOffs: ['2026-02-01', '2026-03-01'],
        bills: [[2800, 2800], [2800]],
      },
    ],
    [
      'in arrears both halves are on one bill and add up by days',
      {
        offerings: [plan('a', 3100, arrears), plan('b', 6200, arrears)],
        plans: [
          ['a', '2026-01-01'],
          ['b', '2026-01-11'],
        ],
        cutOffs: ['2026-02-01'],
        bills: [[of(3100, 10, 31), of(6200, 21, 31)]],
      },
    ],
  ])('%s', (_, { bills, ...row }) => {
    expect(story({ ...row, bills })).toEqual(bills);
  });
});

describe('paused and resumed', () => {
  const rule = (effect: 'charge' | 'credit' | 'stop', more: Partial<RecurringCharge> = {}) => [
    plan('p', 3000, { whileRestricted: { paused: effect }, ...more }),
  ];
  const from: [string, string][] = [['p', '2026-03-01']];
  const cutOffs = ['2026-04-01', '2026-05-01', '2026-06-01', '2026-07-01'];
  it.each<[string, OfferingVersion[], [string, string | null], number[][]]>([
    ['charged on', rule('charge'), ['2026-04-11', '2026-04-21'], [[3000, 3000], [3000], [3000], [3000]]],
    [
      'credited: 10 of 30 days',
      rule('credit'),
      ['2026-04-11', '2026-04-21'],
      [[3000, 3000], [-of(3000, 10, 30), 3000], [3000], [3000]],
    ],
    [
      'credited over two bills, charged again from 11 May: 21 of 31 days',
      rule('credit'),
      ['2026-04-11', '2026-05-11'],
      [[3000, 3000], [-of(3000, 20, 30)], [of(3000, 21, 31), 3000], [3000]],
    ],
    [
      'stopped in arrears: 10 and 10 of 30 days',
      rule('stop', arrears),
      ['2026-04-11', '2026-04-21'],
      [[3000], [of(3000, 10, 30), of(3000, 10, 30)], [3000], [3000]],
    ],
  ])('%s', (_, offerings, paused, bills) => {
    expect(story({ offerings, plans: from, paused, cutOffs, bills })).toEqual(bills);
  });
});

describe('periods of its own that lie across the bills', () => {
  const own: Partial<RecurringCharge> = { every: { unit: 'month', count: 1 } };
  it.each<[string, Row]>([
    [
      'two months ahead are under way when the service ends: what is left of both goes back',
      {
        // Bought on 20 January: the bill of 1 February has 20 January to 20 February, and the month after.
        offerings: [plan('p', 3100, { ...own, ...back })],
        plans: [['p', '2026-01-20']],
        ends: '2026-02-10',
        cutOffs: ['2026-02-01', '2026-03-01', '2026-04-01'],
        bills: [[3100, 3100], [-of(3100, 10, 31), -3100], []],
      },
    ],
    [
      'what an older bill charged for days to come goes back too',
      {
        // The bill of 1 March has 20 March on; 20 February to 20 March is of the bill before.
        offerings: [plan('p', 2800, { ...own, ...back })],
        plans: [['p', '2026-01-20']],
        ends: '2026-03-13',
        cutOffs: ['2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'],
        bills: [[2800, 2800], [2800], [-of(2800, 7, 28), -2800], []],
      },
    ],
    [
      'in arrears, ended on the morning of a bill: the days before are on the next bill',
      {
        offerings: [plan('p', 3100, { ...own, ...arrears })],
        plans: [['p', '2026-01-20']],
        ends: '2026-02-01T10:00:00.000Z',
        cutOffs: ['2026-02-01', '2026-03-01', '2026-04-01'],
        bills: [[], [of(3100, 12, 31)], []],
      },
    ],
    [
      'a quarter in arrears, changed in its second month: each plan has its days once, and only once',
      {
        offerings: [
          plan('a', 9000, { every: { unit: 'quarter', count: 1 }, ...arrears }),
          plan('b', 6000, arrears),
        ],
        plans: [
          ['a', '2026-01-01'],
          ['b', '2026-02-01T10:00:00.000Z'],
        ],
        cutOffs: ['2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'],
        bills: [[], [of(9000, 31, 90), 6000], [6000], [6000]],
      },
    ],
  ])('%s', (_, { bills, ...row }) => {
    expect(story({ ...row, bills })).toEqual(bills);
  });
});
