import { describe, expect, it } from '@jest/globals';
import { type Cycle, type LocalDate, periodContaining } from '@tollkeeper/calendar';
import type { RecurringCharge } from '@tollkeeper/contracts';
import { recurringCharges } from './recurring-charges';
import { sampleAccount, sampleCharge, sampleOffering, sampleSubscription } from './sample-billing';
import { type BillsStory, billsOf, type Held, monthly } from './sample-bills';

/** More facts of the systems that the cases P0.. come from, with other numbers; the family is named in each title. */
const plan = (name: string, minor: number, from: string, charge: Partial<RecurringCharge> = {}): Held => ({
  ...{ plan: name, minor, from },
  charge: { proration: { refundUnused: true }, ...charge },
});
const arrears = { timing: 'inArrears' as const, proration: {} };
const ownYear = { every: { unit: 'year' as const, count: 1 }, anchor: 'cycle' as const };

/** Periods in advance up to a target day. */
describe('Kill Bill: lead, whole periods and tail', () => {
  const frequencies = { month: 'monthly', quarter: 'quarterly', year: 'yearly' } as const;
  type Unit = keyof typeof frequencies;
  const periodsOf = (
    cycle: Cycle,
    [from, to]: string[],
    target: LocalDate,
    charge: Partial<RecurringCharge>,
  ): string => {
    const at = (on: string | undefined) => (on ? `${on}T00:00:00.000Z` : null);
    const account = sampleAccount(
      sampleSubscription('1', 'p', { activeFrom: at(from) ?? '', activeTo: at(to) }),
    );
    const fee = sampleCharge('fee', 100, { timing: 'inAdvance', ...charge });
    const offerings = [sampleOffering('p', [fee], { validFrom: '2000-01-01T00:00:00.000Z' })];
    const cutOffOn = periodContaining(cycle, target).from;
    return recurringCharges({ cycle, startsOn: '2000-01-01', cutOffOn, account, offerings, lastBilled: null })
      .map(({ proration }) => (proration ? `${proration.numerator}/${proration.denominator}` : '1'))
      .join(' + ');
  };
  it.each<[Unit, number, string, LocalDate, string]>([
    // unit, billing day, service, target
    ['month', 10, '2011-02-10 2011-02-24', '2011-03-06', '14/28'],
    ['month', 10, '2011-02-24', '2011-03-06', '14/28'],
    ['month', 3, '2011-02-17', '2011-03-03', '14/28 + 1'],
    ['month', 15, '2011-02-15', '2011-03-01', '1'],
    ['month', 20, '2011-02-20 2011-03-06', '2011-03-09', '14/28'],
    ['month', 1, '2011-02-01 2011-02-14', '2011-03-01', '13/28'],
    ['month', 1, '2012-02-01 2012-02-15', '2012-02-19', '14/29'],
    ['month', 7, '2011-02-07 2011-02-15', '2011-04-21', '8/28'],
    ['month', 15, '2011-03-07', '2011-04-21', '8/28 + 1 + 1'],
    ['month', 15, '2011-03-10', '2011-04-21', '5/28 + 1 + 1'],
    ['month', 7, '2011-01-31 2011-03-10', '2011-04-21', '7/31 + 1 + 3/31'],
    ['month', 13, '2011-02-01', '2011-04-13', '12/31 + 1 + 1 + 1'],
    ['month', 17, '2010-06-17 2010-07-25', '2010-07-17', '1 + 8/31'],
    ['month', 15, '2011-01-01 2011-02-27', '2011-01-07', '14/31'],
    ['month', 15, '2011-01-01 2011-02-27', '2011-03-07', '14/31 + 1 + 12/28'],
    ['month', 15, '2011-01-01 2011-04-27', '2011-02-26', '14/31 + 1 + 1'],
    ['month', 31, '2011-01-31', '2011-04-30', '1 + 1 + 1 + 1'],
    ['month', 1, '2011-01-01 2011-01-15', '2011-04-05', '14/31'],
    ['quarter', 10, '2011-02-10 2011-02-24', '2011-03-06', '14/89'],
    ['quarter', 3, '2011-02-17', '2011-05-03', '75/89 + 1'],
    ['quarter', 27, '2011-02-14', '2011-05-01', '13/92 + 1'],
    ['quarter', 1, '2012-02-01 2012-02-15', '2012-02-19', '14/90'],
    ['quarter', 15, '2011-05-07', '2011-07-21', '8/89 + 1'],
    ['quarter', 7, '2011-02-07 2011-05-10', '2011-09-21', '1 + 3/92'],
    ['quarter', 7, '2011-01-31 2011-05-10', '2011-05-21', '66/90 + 33/91'],
    ['quarter', 15, '2010-12-15 2011-06-17', '2011-06-15', '1 + 1 + 2/92'],
    ['quarter', 13, '2011-02-01 2011-08-13', '2011-08-10', '12/92 + 1 + 1'],
    ['quarter', 17, '2010-06-17 2010-09-25', '2010-09-17', '1 + 8/91'],
    ['quarter', 15, '2011-01-01 2011-04-27', '2011-04-15', '14/92 + 1 + 12/91'],
    ['year', 17, '2011-01-10 2012-03-04', '2012-04-05', '7/365 + 1 + 47/366'],
    ['year', 13, '2011-02-01 2012-02-13', '2011-02-13', '12/365 + 1'],
    ['year', 17, '2010-06-17 2011-06-25', '2011-06-17', '1 + 8/366'],
    ['year', 15, '2011-01-01 2012-01-27', '2012-01-15', '14/365 + 1 + 12/366'],
    ['year', 1, '2011-01-01 2011-01-15', '2011-04-05', '14/365'],
  ])('a %s from day %i, %s, on %s: %s', (unit, anchorDay, service, target, expected) => {
    const [from = ''] = service.split(' ');
    const anchorMonth = Number(from.slice(5, 7));
    const days = service.split(' ');
    const own: Cycle = { frequency: frequencies[unit], anchorDay, anchorMonth, zone: 'UTC' };
    // By the account's own cycle, and as a charge of its own on monthly bills that reach as far.
    const texts = [periodsOf({ ...own, ...(unit === 'month' ? {} : { anchorMonth }) }, days, target, {})];
    if (unit !== 'month')
      texts.push(
        periodsOf({ ...own, frequency: 'monthly' }, days, target, {
          ...{ every: { unit, count: 1 }, anchor: 'cycle' },
        }),
      );
    expect(new Set(texts)).toEqual(new Set([expected]));
  });

  it('policy: a lead is a part of the anchored period, 31 January to 28 February, not of the 31 days before the 28th', () => {
    expect(periodsOf(monthly(31), ['2011-02-14'], '2011-03-01', {})).toBe('14/28 + 1');
  });
});

describe('Kill Bill and BillRun: amounts', () => {
  it.each<[string, BillsStory, string[]]>([
    [
      'Kill Bill 10.00 by thirty-day periods',
      {
        cycle: { frequency: 'daily', anchorDay: 1, count: 30, originOn: '2011-09-01', zone: 'UTC' },
        plans: [plan('p', 1000, '2011-09-01')],
        bills: ['2011-09-01', '2011-10-01'],
      },
      ['p 09-01..10-01 1000', 'p 10-01..10-31 1000'],
    ],
    [
      'Kill Bill months of 30, lead 8 of 30 and tail 8 of 30',
      {
        cycle: monthly(23),
        plans: [plan('p', 1995, '2023-05-15', { proration: { unit: 'thirtyDayMonth', refundUnused: true } })],
        ends: '2023-06-15',
        bills: ['2023-05-15T09:00:00.000Z', '2023-05-23', '2023-06-23'],
      },
      ['p 05-15..05-23 8/30 532', 'p 05-23..06-23 1995', 'p 06-15..06-23 8/30 -532'],
    ],
    [
      'Kill Bill months of 30, 22 of 30 in any month',
      {
        cycle: monthly(15),
        plans: [plan('p', 1995, '2023-06-23', { proration: { unit: 'thirtyDayMonth', refundUnused: true } })],
        ends: '2023-07-23',
        bills: ['2023-06-23T09:00:00.000Z', '2023-07-15', '2023-08-15'],
      },
      ['p 06-23..07-15 22/30 1463', 'p 07-15..08-15 1995', 'p 07-23..08-15 22/30 -1463'],
    ],
    [
      'Kill Bill a given-back stretch of 5 days of 30',
      {
        cycle: monthly(15),
        plans: [plan('p', 295, '2013-06-15', { whileRestricted: { paused: 'credit' } })],
        restrictions: [{ kind: 'paused', from: '2013-06-21', to: '2013-06-26' }],
        bills: ['2013-06-15', '2013-07-15'],
      },
      ['p 06-15..07-15 295', 'p 06-21..06-26 5/30 -49; p 07-15..08-15 295'],
    ],
    [
      'Kill Bill a year paused for 23 days',
      {
        cycle: { frequency: 'yearly', anchorDay: 1, anchorMonth: 5, zone: 'UTC' },
        plans: [plan('p', 239995, '2012-05-01', { whileRestricted: { paused: 'credit' } })],
        restrictions: [{ kind: 'paused', from: '2012-05-12', to: '2012-06-04' }],
        bills: ['2012-05-01', '2013-05-01'],
      },
      ['p 05-01..05-01 239995', 'p 05-12..06-04 23/365 -15123; p 05-01..05-01 239995'],
    ],
    [
      'Kill Bill the billing day moves from the 1st to the 15th: 14 of 31',
      {
        plans: [plan('p', 24995, '2016-05-01')],
        bills: ['2016-05-01', '2016-05-15', '2016-06-15'],
        cycles: { '2016-05-15': monthly(15), '2016-06-15': monthly(15) },
      },
      ['p 05-01..06-01 24995', 'p 06-01..06-15 14/31 11288', 'p 06-15..07-15 24995'],
    ],
    [
      'Kill Bill from the 15th to the 10th: 26 of 31',
      {
        cycle: monthly(15),
        plans: [plan('p', 24995, '2016-06-15')],
        bills: ['2016-06-15', '2016-07-10', '2016-08-10'],
        cycles: { '2016-07-10': monthly(10), '2016-08-10': monthly(10) },
      },
      ['p 06-15..07-15 24995', 'p 07-15..08-10 26/31 20964', 'p 08-10..09-10 24995'],
    ],
    [
      'Kill Bill from the 21st to the 1st: 11 of 31',
      {
        cycle: monthly(21),
        plans: [plan('p', 1995, '2018-06-21')],
        bills: ['2018-06-21', '2018-07-01'],
        cycles: { '2018-07-01': monthly(1) },
      },
      ['p 06-21..07-21 1995', 'p 07-21..08-01 11/31 708'],
    ],
    [
      'Kill Bill a year, the day moves from 1 to 10 May: 9 of 365',
      {
        plans: [plan('p', 239995, '2016-05-01', ownYear)],
        cycle: { ...monthly(1), anchorMonth: 5 },
        bills: ['2016-05-01', '2017-05-10'],
        cycles: { '2017-05-10': { ...monthly(10), anchorMonth: 5 } },
      },
      ['p 05-01..05-01 239995', 'p 05-01..05-10 9/365 5918; p 05-10..05-10 239995'],
    ],
    [
      'Kill Bill the day moves, then the plan changes: 217.70 back, 99.99 to the new day',
      {
        plans: [plan('a', 24995, '2016-05-01'), plan('b', 59995, '2016-05-05')],
        bills: ['2016-05-01', '2016-05-10'],
        cycles: { '2016-05-10': monthly(10) },
      },
      [
        'a 05-01..06-01 24995',
        'a 05-05..05-10 5/30 -4032; a 05-10..06-01 22/31 -17738; b 05-05..05-10 5/30 9999; b 05-10..06-10 59995',
      ],
    ],
    [
      'Kill Bill a month becomes a year on the 12th',
      {
        cycle: { ...monthly(1), anchorMonth: 5 },
        plans: [plan('a', 24995, '2012-05-01'), plan('b', 239995, '2012-05-12', ownYear)],
        bills: ['2012-05-01', '2012-05-12T09:00:00.000Z'],
      },
      ['a 05-01..06-01 24995', 'a 05-12..06-01 20/31 -16126; b 05-12..05-01 354/365 232762'],
    ],
    [
      'Kill Bill a month becomes a quarter on the 12th',
      {
        cycle: { ...monthly(1), anchorMonth: 5 },
        plans: [
          plan('a', 2995, '2012-05-01'),
          plan('b', 6995, '2012-05-12', { every: { unit: 'quarter', count: 1 }, anchor: 'cycle' }),
        ],
        bills: ['2012-05-01', '2012-05-12T09:00:00.000Z', '2012-08-01'],
      },
      ['a 05-01..06-01 2995', 'a 05-12..06-01 20/31 -1932; b 05-12..08-01 81/92 6159', 'b 08-01..11-01 6995'],
    ],
    [
      'Kill Bill a year changed after 73 days',
      {
        cycle: monthly(1),
        plans: [plan('a', 239995, '2015-01-01', ownYear), plan('b', 100, '2015-03-15')],
        bills: ['2015-01-01', '2015-03-15T09:00:00.000Z'],
      },
      ['a 01-01..01-01 239995', 'a 03-15..01-01 292/365 -191996; b 03-15..04-01 17/31 55'],
    ],
    [
      'Kill Bill a year given up after 30 days',
      {
        cycle: { ...monthly(18), anchorMonth: 8 },
        plans: [plan('a', 239995, '2013-08-18', ownYear)],
        ends: '2013-09-17',
        bills: ['2013-08-18', '2013-09-18'],
      },
      ['a 08-18..08-18 239995', 'a 09-17..08-18 335/365 -220269'],
    ],
    [
      'Kill Bill a lead that is given back: 6 of its 8 days',
      {
        cycle: monthly(9),
        plans: [plan('a', 24995, '2012-05-01')],
        ends: '2012-05-03',
        bills: ['2012-05-01T09:00:00.000Z', '2012-05-09'],
      },
      ['a 05-01..05-09 8/30 6665', 'a 05-03..05-09 6/30 -4999'],
    ],
    [
      'Kill Bill cancelled six days before the end',
      {
        cycle: monthly(5),
        plans: [plan('a', 1200, '2011-01-05')],
        ends: '2011-04-29',
        bills: ['2011-04-05', '2011-05-05'],
      },
      [
        'a 01-05..02-05 1200; a 02-05..03-05 1200; a 03-05..04-05 1200; a 04-05..05-05 1200',
        'a 04-29..05-05 6/30 -240',
      ],
    ],
    [
      'Kill Bill add-ons three days into the month: 27 of 30',
      {
        cycle: monthly(25),
        plans: [plan('a', 1000, '2012-04-25')],
        addOns: [plan('x', 500, '2012-04-28'), plan('y', 2000, '2012-04-28')],
        bills: ['2012-04-25', '2012-04-28T09:00:00.000Z'],
      },
      ['a 04-25..05-25 1000', 'x 04-28..05-25 27/30 450; y 04-28..05-25 27/30 1800'],
    ],
    [
      'Kill Bill an add-on on the last day of a 31st',
      {
        cycle: monthly(31),
        plans: [plan('a', 100000, '2025-03-31', arrears)],
        addOns: [plan('x', 30000, '2025-05-30', arrears)],
        bills: ['2025-04-30', '2025-05-31'],
      },
      ['a 03-31..04-30 100000', 'a 04-30..05-31 100000; x 05-30..05-31 1/31 968'],
    ],
    [
      'Kill Bill in arrears, 9 and 4 of 31 days',
      {
        plans: [plan('a', 0, '2023-08-01', arrears)],
        addOns: [
          { ...plan('x', 90000, '2023-08-11', arrears), to: '2023-08-20' },
          { ...plan('y', 90000, '2023-08-11', arrears), to: '2023-08-15' },
        ],
        bills: ['2023-09-01'],
      },
      ['a 08-01..09-01 0; x 08-11..08-20 9/31 26129; y 08-11..08-15 4/31 11613'],
    ],
    [
      'BillRun an upfront plan from the 23rd: 9 of 31 and the month ahead',
      { plans: [plan('p', 3361, '2025-10-23T13:04:25.000Z')], bills: ['2025-11-01'] },
      ['p 10-23..11-01 9/31 976; p 11-01..12-01 3361'],
    ],
    [
      'BillRun an upfront plan ends on the 15th: 16 of 30 back',
      { plans: [plan('p', 3361, '2025-10-01')], ends: '2025-11-15', bills: ['2025-11-01', '2025-12-01'] },
      ['p 10-01..11-01 3361; p 11-01..12-01 3361', 'p 11-15..12-01 16/30 -1793'],
    ],
  ])('%s', (_, story, expected) => {
    expect(billsOf(story)).toEqual(expected);
  });
});
