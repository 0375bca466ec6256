import { describe, expect, it } from '@jest/globals';
import type { RecurringCharge } from '@tollkeeper/contracts';
import { type BillsStory, billsOf, type Held, monthly } from './sample-bills';

const plan = (name: string, minor: number, from: string, charge: Partial<RecurringCharge> = {}): Held => ({
  ...{ plan: name, minor, from },
  charge: { proration: { refundUnused: true }, ...charge },
});
const arrears = { timing: 'inArrears' as const, proration: {} };
const counted = { ...arrears, proration: { lastDay: true } };

describe('Lago and Stripe: amounts', () => {
  it.each<[string, BillsStory, string[]]>([
    [
      'Lago a quarter by anniversary, changed and ended: 35 and 32 of 91 days',
      {
        cycle: { frequency: 'quarterly', anchorDay: 15, anchorMonth: 1, zone: 'UTC' },
        plans: [
          plan('a', 45500, '2024-01-15T10:00:00.000Z', counted),
          plan('b', 91000, '2024-05-20T10:00:00.000Z', counted),
        ],
        ends: '2024-06-20T10:00:00.000Z',
        bills: ['2024-04-15', '2024-07-15'],
      },
      ['a 01-15..04-15 45500', 'a 04-15..05-20 35/91 17500; b 05-20..06-21 32/91 32000'],
    ],
    [
      'Lago a month becomes a year that keeps the anniversary: one day back, 275 of 366',
      {
        cycle: monthly(29),
        plans: [
          plan('a', 1000, '2023-06-29T12:12:00.000Z'),
          plan('b', 12000, '2023-09-28T05:00:00.000Z', {
            every: { unit: 'year', count: 1 },
            anchor: 'service',
          }),
        ],
        bills: ['2023-08-29', '2023-09-28T06:00:00.000Z'],
      },
      [
        'a 06-29..07-29 1000; a 07-29..08-29 1000; a 08-29..09-29 1000',
        'a 09-28..09-29 1/31 -32; b 09-28..06-29 275/366 9016',
      ],
    ],
    [
      'Lago a fixed charge in advance, replaced on the 21st: 35.48 less 5.32',
      {
        plans: [plan('a', 1500, '2023-07-19T12:12:00.000Z'), plan('b', 10000, '2023-08-21T12:00:00.000Z')],
        bills: ['2023-07-19T12:30:00.000Z', '2023-08-01', '2023-08-21T12:30:00.000Z', '2023-09-01'],
      },
      [
        'a 07-19..08-01 13/31 629',
        'a 08-01..09-01 1500',
        'a 08-21..09-01 11/31 -532; b 08-21..09-01 11/31 3548',
        'b 09-01..10-01 10000',
      ],
    ],
    [
      'Lago what is left of a part: 10 of the 22 days that were billed',
      {
        plans: [plan('a', 1500, '2025-12-10'), plan('b', 10000, '2025-12-22')],
        bills: ['2025-12-10T12:30:00.000Z', '2025-12-22T12:30:00.000Z'],
      },
      ['a 12-10..01-01 22/31 1065', 'a 12-22..01-01 10/31 -484; b 12-22..01-01 10/31 3226'],
    ],
    [
      'Lago not prorated: the whole charge of each plan',
      {
        plans: [
          plan('a', 1500, '2023-07-19', { ...arrears, prorate: false }),
          plan('b', 10000, '2023-08-21', { ...arrears, prorate: false }),
        ],
        bills: ['2023-08-01', '2023-09-01', '2023-10-01'],
      },
      ['a 07-19..08-01 1500', 'a 08-01..08-21 1500; b 08-21..09-01 10000', 'b 09-01..10-01 10000'],
    ],
    [
      'Lago a trial of 10 days within a month',
      { plans: [plan('p', 5_000_000, '2024-03-05T12:12:00.000Z', { trialDays: 10 })], bills: ['2024-04-01'] },
      ['p 03-15..04-01 17/31 2741935; p 04-01..05-01 5000000'],
    ],
    [
      'Lago a trial that is longer than the month: 12 of 30 days',
      {
        plans: [plan('p', 5_000_000, '2024-03-05T12:12:00.000Z', { trialDays: 45 })],
        bills: ['2024-04-01', '2024-05-01'],
      },
      ['p 04-19..05-01 12/30 2000000', 'p 05-01..06-01 5000000'],
    ],
    [
      'Lago a trial ends on the billing day in Paris',
      {
        cycle: monthly(1, 'Europe/Paris'),
        plans: [plan('p', 5_000_000, '2024-03-22T01:12:00.000Z', { trialDays: 10 })],
        bills: ['2024-04-01'],
      },
      ['p 04-01..05-01 5000000'],
    ],
    [
      'Lago a trial ends a day later in Tokyo: 29 of 30',
      {
        cycle: monthly(1, 'Asia/Tokyo'),
        plans: [plan('p', 5_000_000, '2024-03-22T18:12:00.000Z', { trialDays: 10 })],
        bills: ['2024-04-01'],
      },
      ['p 04-02..05-01 29/30 4833333'],
    ],
    [
      'Lago a trial of 45 days covers a month in arrears',
      {
        plans: [plan('p', 100, '2022-03-01', { ...arrears, trialDays: 45 })],
        bills: ['2022-04-01', '2022-05-01'],
      },
      ['', 'p 04-15..05-01 16/30 53'],
    ],
    [
      'Lago a week, trial of 3 days',
      {
        cycle: { frequency: 'weekly', anchorDay: 1, zone: 'UTC' },
        plans: [plan('p', 100, '2022-06-20', { ...arrears, trialDays: 3 })],
        bills: ['2022-06-27'],
      },
      ['p 06-23..06-27 4/7 57'],
    ],
    [
      'Lago ended on the 20th, which counts',
      {
        plans: [plan('p', 100, '2022-03-01', counted)],
        ends: '2022-03-20T10:00:00.000Z',
        bills: ['2022-04-01'],
      },
      ['p 03-01..03-21 20/31 65'],
    ],
    [
      "Lago changed on the 20th, which is the new plan's",
      {
        plans: [plan('p', 100, '2022-03-01', counted), plan('q', 0, '2022-03-20T10:00:00.000Z', counted)],
        bills: ['2022-04-01'],
      },
      ['p 03-01..03-20 19/31 61; q 03-20..04-01 12/31 0'],
    ],
    [
      'Lago a month given up on 15 October: 16 of 31 back',
      {
        plans: [
          plan('p', 3100, '2022-09-01T10:00:00.000Z', { proration: { refundUnused: true, lastDay: true } }),
        ],
        ends: '2022-10-15T10:00:00.000Z',
        bills: ['2022-10-01', '2022-11-01'],
      },
      ['p 09-01..10-01 3100; p 10-01..11-01 3100', 'p 10-16..11-01 16/31 -1600'],
    ],
    [
      'Lago two days of 30 in Bogota',
      {
        cycle: monthly(5, 'America/Bogota'),
        plans: [plan('p', 1000, '2023-09-05T05:00:00.000Z', counted)],
        ends: '2023-09-06T17:00:00.000Z',
        bills: ['2023-10-05'],
      },
      ['p 09-05..09-07 2/30 67'],
    ],
    [
      'Lago ended on the billing day: the whole month, no more',
      {
        cycle: monthly(5),
        plans: [plan('p', 1000, '2023-09-05', counted)],
        ends: '2023-10-05',
        bills: ['2023-10-05', '2023-11-05'],
      },
      ['p 09-05..10-05 1000', ''],
    ],
    [
      'Stripe half a month: 5.00 back, 10.00 charged',
      {
        plans: [plan('a', 1000, '2026-04-01'), plan('b', 2000, '2026-04-16')],
        bills: ['2026-04-01', '2026-04-16T09:00:00.000Z'],
      },
      ['a 04-01..05-01 1000', 'a 04-16..05-01 15/30 -500; b 04-16..05-01 15/30 1000'],
    ],
    [
      'Stripe downgraded: 10.00 back, 5.00 charged',
      {
        plans: [plan('a', 2000, '2026-04-01'), plan('b', 1000, '2026-04-16')],
        bills: ['2026-04-01', '2026-05-01'],
      },
      ['a 04-01..05-01 2000', 'a 04-16..05-01 15/30 -1000; b 04-16..05-01 15/30 500; b 05-01..06-01 1000'],
    ],
    [
      'Stripe to the second: noon of the 16th, 14.5 of 30 days',
      {
        plans: ['a', 'b'].map((name, no) =>
          plan(name, 3000 * (no + 1), no ? '2026-04-16T12:00:00.000Z' : '2026-04-01', {
            proration: { refundUnused: true, unit: 'second' },
          }),
        ),
        bills: ['2026-04-01', '2026-05-01'],
      },
      [
        'a 04-01..05-01 3000',
        'a 04-17..05-01 1252800/2592000 -1450; b 04-16..05-01 1252800/2592000 2900; b 05-01..06-01 6000',
      ],
    ],
    [
      'Stripe by the second, begun at noon of the first day',
      {
        plans: [plan('a', 6000, '2026-04-01T12:00:00.000Z', { ...arrears, proration: { unit: 'second' } })],
        bills: ['2026-05-01'],
      },
      ['a 04-01..05-01 2548800/2592000 5900'],
    ],
    [
      'three decimals: 10.000 for 17 of 31 days',
      { plans: [plan('p', 10_000, '2022-03-15', arrears)], bills: ['2022-04-01'] },
      ['p 03-15..04-01 17/31 5484'],
    ],
    [
      'no decimals: 1 for 15 and for 16 of 31 days',
      {
        plans: [plan('p', 1, '2022-03-16', arrears)],
        addOns: [plan('x', 1, '2022-03-17', arrears)],
        bills: ['2022-04-01'],
      },
      ['p 03-16..04-01 16/31 1; x 03-17..04-01 15/31 0'],
    ],
  ])('%s', (_, story, expected) => {
    expect(billsOf(story)).toEqual(expected);
  });
});
