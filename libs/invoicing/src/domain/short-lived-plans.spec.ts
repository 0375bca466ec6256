import { describe, expect, it } from '@jest/globals';
import type { PlanAssignment } from '@tollkeeper/contracts';
import { buildInvoice } from './build-invoice';
import { sampleAccount, sampleFee, sampleInput, sampleOffering, sampleSubscription } from './sample-billing';
import { billsOf, type BillsStory, type Held, monthly } from './sample-bills';

const plan = (name: string, minor: number, from: string, more: Partial<Held> = {}): Held => ({
  ...{ plan: name, minor, from },
  ...more,
});
const kept = { charge: { proration: {} } };
const lastDay = { charge: { proration: { refundUnused: true, lastDay: true } } };

/** Source families: Lago's scenarios of upgrades and terminations; bills on demand are its immediate invoices. */
describe('a plan or a service that lives less than a day', () => {
  it.each<[string, BillsStory, string[]]>([
    [
      'P004 each upgrade is billed at once: 871, 968 and 1226 charged, 645 and 968 given back (806, 1210 with tax)',
      {
        plans: [
          plan('a', 1000, '2024-03-05'),
          plan('b', 1500, '2024-03-12T12:12:00.000Z'),
          plan('c', 1900, '2024-03-12T13:12:00.000Z'),
        ],
        bills: [
          '2024-03-05T01:00:00.000Z',
          '2024-03-12T12:30:00.000Z',
          '2024-03-12T13:30:00.000Z',
          '2024-04-01',
        ],
      },
      [
        'a 03-05..04-01 27/31 871',
        'a 03-12..04-01 20/31 -645; b 03-12..04-01 20/31 968',
        'b 03-12..04-01 20/31 -968; c 03-12..04-01 20/31 1226',
        'c 04-01..05-01 1900',
      ],
    ],
    [
      'upgraded in the hour of the start: the first plan is given back in full',
      {
        plans: [plan('a', 1000, '2025-12-22T12:12:00.000Z'), plan('b', 10000, '2025-12-22T13:12:00.000Z')],
        bills: ['2025-12-22T12:30:00.000Z', '2025-12-22T13:30:00.000Z'],
      },
      ['a 12-22..01-01 10/31 323', 'a 12-22..01-01 10/31 -323; b 12-22..01-01 10/31 3226'],
    ],
    [
      'there and back within a day: nothing but what was billed in between, given back',
      {
        plans: [
          plan('a', 3000, '2026-03-01'),
          plan('b', 6000, '2026-04-10T10:00:00.000Z'),
          plan('a', 3000, '2026-04-10T11:00:00.000Z'),
        ],
        bills: ['2026-04-01', '2026-04-10T10:30:00.000Z', '2026-05-01'],
      },
      [
        'a 03-01..04-01 3000; a 04-01..05-01 3000',
        'a 04-10..05-01 21/30 -2100; b 04-10..05-01 21/30 4200',
        'a 04-10..05-01 21/30 2100; a 05-01..06-01 3000; b 04-10..05-01 21/30 -4200',
      ],
    ],
    [
      'ended on the day of the start, which counts: 21 of 28 days charged, 20 given back (75.00 and 71.43)',
      {
        plans: [plan('a', 10000, '2025-02-08', lastDay)],
        ends: '2025-02-08T12:00:00.000Z',
        bills: ['2025-02-08T01:00:00.000Z', '2025-02-08T13:00:00.000Z', '2025-03-01'],
      },
      ['a 02-08..03-01 21/28 7500', 'a 02-09..03-01 20/28 -7143', ''],
    ],
    [
      'the same by anniversary: 50.00 charged, 27 of 28 days given back',
      {
        cycle: monthly(8),
        plans: [plan('a', 5000, '2023-02-08', lastDay)],
        ends: '2023-02-08T05:00:00.000Z',
        bills: ['2023-02-08T01:00:00.000Z', '2023-03-08'],
      },
      ['a 02-08..03-08 5000', 'a 02-09..03-08 27/28 -4821'],
    ],
    [
      'the same in Los Angeles, where it is still the 7th: 22 days, 21 given back',
      {
        cycle: monthly(1, 'America/Los_Angeles'),
        plans: [plan('a', 5000, '2023-02-08T00:00:00.000Z', lastDay)],
        ends: '2023-02-08T01:00:00.000Z',
        bills: ['2023-02-08T00:30:00.000Z', '2023-03-01'],
      },
      ['a 02-07..03-01 22/28 3929', 'a 02-08..03-01 21/28 -3750'],
    ],
    [
      'in arrears: one day of 30',
      {
        cycle: monthly(5),
        plans: [
          plan('a', 1000, '2023-09-05', { charge: { timing: 'inArrears', proration: { lastDay: true } } }),
        ],
        ends: '2023-09-05T05:00:00.000Z',
        bills: ['2023-10-05'],
      },
      ['a 09-05..09-06 1/30 33'],
    ],
    [
      'ended 15 minutes into a new month: one day of 31',
      {
        plans: [
          plan('a', 1000, '2023-08-01', { charge: { timing: 'inArrears', proration: { lastDay: true } } }),
        ],
        ends: '2023-10-01T00:15:00.000Z',
        bills: ['2023-09-01', '2023-10-01', '2023-11-01'],
      },
      ['a 08-01..09-01 1000', 'a 09-01..10-01 1000', 'a 10-01..10-02 1/31 32'],
    ],
    [
      'by the second: half a day of 30 days',
      {
        cycle: monthly(5),
        plans: [
          plan('a', 6000, '2023-09-05', { charge: { timing: 'inArrears', proration: { unit: 'second' } } }),
        ],
        ends: '2023-09-05T12:00:00.000Z',
        bills: ['2023-10-05'],
      },
      ['a 09-05..09-06 43200/2592000 100'],
    ],
    [
      'by the second, three plans in a day: 12 hours, 6 and the rest',
      {
        plans: ['00:00', '12:00', '18:00'].map((time, no) =>
          plan('abc'.charAt(no), 6000, `2026-04-01T${time}:00.000Z`, {
            charge: { timing: 'inArrears', proration: { unit: 'second' } },
          }),
        ),
        bills: ['2026-05-01'],
      },
      [
        'a 04-01..04-02 43200/2592000 100; b 04-01..04-02 21600/2592000 50; c 04-01..05-01 2527200/2592000 5850',
      ],
    ],
    [
      'where nothing is given back, what was billed of an hour stays',
      {
        plans: [
          plan('a', 3000, '2026-04-10T10:00:00.000Z', kept),
          plan('b', 6000, '2026-04-10T11:00:00.000Z', kept),
        ],
        bills: ['2026-04-10T10:30:00.000Z', '2026-05-01'],
      },
      ['a 04-10..05-01 21/30 2100', 'b 04-10..05-01 21/30 4200; b 05-01..06-01 6000'],
    ],
  ])('%s', (_, story, expected) => {
    expect(billsOf(story)).toEqual(expected);
  });
});

describe('what is charged once', () => {
  const { from, ends } = { from: '2026-01-10T09:00:00.000Z', ends: '2026-01-10T15:00:00.000Z' };
  const offerings = ['a', 'b'].map((offeringId) =>
    sampleOffering(offeringId, [], { oneOffCharges: [sampleFee('activation', 500, 'activation')] }),
  );
  const feesOf = (plans: PlanAssignment[], activeTo: string | null): (string | null)[] | undefined =>
    buildInvoice(
      sampleInput({
        ...{ cutOffOn: '2026-02-01', offerings },
        account: sampleAccount(sampleSubscription('1', '', { activeFrom: from, activeTo, plans })),
      }),
    )?.lines.map(({ offeringId }) => offeringId);

  it('a service that ended within a day was activated; a plan that was replaced within a day was none', () => {
    expect(feesOf([{ offeringId: 'a', from, to: ends }], ends)).toEqual(['a']);
    const replaced = [
      { offeringId: 'a', from, to: ends },
      { offeringId: 'b', from: ends, to: null },
    ];
    expect(feesOf(replaced, null)).toEqual(['b']);
  });
});

/** Ordered on 20 April for 15 May, billed ahead on 1 May, called off on 10 May. */
describe('what was called off before it began is given back, whatever its price gives back else', () => {
  const calledOff = { ordered: '2026-04-20', undone: '2026-05-10' };
  const a = plan('a', 3100, '2026-04-01', kept);
  const bills = ['2026-04-01', '2026-05-01', '2026-06-01', '2026-07-01'];
  it.each<[string, Omit<BillsStory, 'bills'>, string[]]>([
    [
      'a change of plan: the old one goes on',
      { plans: [a, plan('b', 6200, '2026-05-15', { ...calledOff, ...kept })] },
      [
        'a 05-01..05-15 14/31 1400; b 05-15..06-01 17/31 3400',
        'a 05-15..06-01 17/31 1700; a 06-01..07-01 3100; b 05-15..06-01 17/31 -3400',
        'a 07-01..08-01 3100',
      ],
    ],
    [
      'and made for good on the 20th',
      {
        plans: [
          a,
          plan('b', 6200, '2026-05-15', { ...calledOff, ...kept }),
          plan('b', 6200, '2026-05-20', kept),
        ],
      },
      [
        'a 05-01..05-15 14/31 1400; b 05-15..06-01 17/31 3400',
        'a 05-15..05-20 5/31 500; b 05-15..06-01 17/31 -3400; b 05-20..06-01 12/31 2400; b 06-01..07-01 6200',
        'b 07-01..08-01 6200',
      ],
    ],
    [
      'a return to the plan before: it began another time',
      {
        plans: [
          plan('b', 6200, '2026-04-01', kept),
          plan('a', 3100, '2026-04-20', kept),
          plan('b', 6200, '2026-05-15', { ...calledOff, ...kept }),
        ],
      },
      [
        'b 05-15..06-01 17/31 3400; a 04-20..05-01 11/30 1137; a 05-01..05-15 14/31 1400',
        'b 05-15..06-01 17/31 -3400; a 05-15..06-01 17/31 1700; a 06-01..07-01 3100',
        'a 07-01..08-01 3100',
      ],
    ],
    [
      'an add-on that is not prorated',
      { plans: [a], addOns: [plan('x', 310, '2026-05-15', { ...calledOff, charge: { prorate: false } })] },
      [
        'a 05-01..06-01 3100; x 05-15..06-01 310',
        'a 06-01..07-01 3100; x 05-15..06-01 -310',
        'a 07-01..08-01 3100',
      ],
    ],
    [
      'an add-on of a quarter',
      {
        plans: [a],
        addOns: [
          plan('x', 9200, '2026-05-15', {
            ...calledOff,
            charge: { every: { unit: 'quarter', count: 1 }, proration: {} },
          }),
        ],
      },
      [
        'a 05-01..06-01 3100; x 05-15..08-15 9200',
        'a 06-01..07-01 3100; x 05-15..08-15 92/92 -9200',
        'a 07-01..08-01 3100',
      ],
    ],
    [
      'ended before the new plan began',
      { plans: [a, plan('b', 6200, '2026-05-15', { ...calledOff, ...kept })], ends: '2026-05-10' },
      ['a 05-01..05-15 14/31 1400; b 05-15..06-01 17/31 3400', 'b 05-15..06-01 17/31 -3400', ''],
    ],
    [
      'a month of its own that had not begun when the service ended',
      {
        plans: [
          plan('a', 3100, '2026-04-15', { charge: { every: { unit: 'month', count: 1 }, proration: {} } }),
        ],
        ends: '2026-06-10',
      },
      ['a 04-15..05-15 3100; a 05-15..06-15 3100', 'a 06-15..07-15 3100', 'a 06-15..07-15 30/30 -3100'],
    ],
  ])('%s', (_, story, expected) => {
    expect(billsOf({ ...story, bills }).slice(1)).toEqual(expected);
  });
});

/** Source family: Kill Bill's repairs after item adjustments. 249.95 for May, 2399.95 for a year. */
describe('what a credit note gave back of a line is not given back again', () => {
  const year = { frequency: 'yearly' as const, anchorDay: 18, anchorMonth: 8, zone: 'UTC' };
  const may = '1/a/fee/2012-05-01';
  it.each<[string, Omit<BillsStory, 'plans'>, Held[], string]>([
    [
      '10.00 credited, changed on the second day: 239.95 and not 241.89',
      { bills: ['2012-05-01', '2012-06-01'], left: { [may]: 23995 } },
      [plan('a', 24995, '2012-05-01'), plan('b', 995, '2012-05-02')],
      'a 05-02..06-01 30/31 -23995; b 05-02..06-01 30/31 963; b 06-01..07-01 995',
    ],
    [
      'less than was used: the unused days',
      { bills: ['2012-05-01', '2012-06-01'], left: { [may]: 23995 }, ends: '2012-05-07' },
      [plan('a', 24995, '2012-05-01')],
      'a 05-07..06-01 25/31 -20157',
    ],
    [
      'all of it: nothing more',
      { bills: ['2012-05-01', '2012-06-01'], left: { [may]: 0 }, ends: '2012-05-20' },
      [plan('a', 24995, '2012-05-01')],
      'a 05-20..06-01 12/31 0',
    ],
    [
      'a year less the 197.26 that was used',
      {
        cycle: year,
        bills: ['2013-08-18', '2014-08-18'],
        left: { '1/a/fee/2013-08-18': 220269 },
        ends: '2013-09-17',
      },
      [plan('a', 239995, '2013-08-18')],
      'a 09-17..08-18 335/365 -220269',
    ],
  ])('%s', (_, story, plans, expected) => {
    expect(billsOf({ ...story, plans })[1]).toBe(expected);
  });

  it('two stretches of one line share what is left', () => {
    const whileRestricted = { paused: 'credit' as const };
    const story: BillsStory = {
      plans: [
        plan('a', 3100, '2026-05-01', { charge: { whileRestricted, proration: { refundUnused: true } } }),
      ],
      restrictions: [{ kind: 'paused', from: '2026-05-03', to: '2026-05-13' }],
      ends: '2026-05-20',
      bills: ['2026-05-01', '2026-06-01'],
      left: { '1/a/fee/2026-05-01': 1500 },
    };
    expect(billsOf(story)[1]).toBe('a 05-03..05-13 10/31 -1000; a 05-20..06-01 12/31 -500');
  });
});
