import { describe, expect, it } from '@jest/globals';
import { type Cycle, instantAtMillis, type LocalDate, type Period } from '@tollkeeper/calendar';
import type { PlanAssignment, RecurringCharge, RestrictionSpan } from '@tollkeeper/contracts';
import { percentageOf } from '@tollkeeper/money';
import type { LastBilled } from './bill';
import { lastBilledOf, chargedAfter } from './charged-through';
import { billedFor, measureOf, shareOf } from './prorate';
import { recurringCharges } from './recurring-charges';
import { sampleAccount, sampleCharge, sampleOffering, sampleSubscription } from './sample-billing';

/** Facts of other billing systems' own tests; P.. is the case. */
const instant = (date: string): string => (date.length === 10 ? `${date}T00:00:00.000Z` : date);
const monthly = (anchorDay: number, anchorMonth?: number): Cycle => ({
  frequency: 'monthly',
  anchorDay,
  ...(anchorMonth ? { anchorMonth } : {}),
  zone: 'UTC',
});

type Plan = [offeringId: string, amountMinor: number, from: string, charge?: Partial<RecurringCharge>];

interface Story {
  cycle?: Cycle;
  plans: Plan[];
  ends?: string;
  restrictions?: RestrictionSpan[];
  cutOffs: LocalDate[];
}

/** Bill after bill; plans and ends are not known before they come. `plan from..to part amount`. */
function billsOf({ cycle = monthly(1), plans, ends, restrictions = [], cutOffs }: Story): string[] {
  const offerings = plans.map(([id, amountMinor, , charge]) =>
    sampleOffering(id, [sampleCharge('fee', amountMinor, { timing: 'inAdvance', ...charge })], {
      validFrom: '2000-01-01T00:00:00.000Z',
    }),
  );
  let lastBilled: LastBilled | null = null;
  return cutOffs.map((cutOffOn) => {
    const known = plans.filter(([, , from]) => from.slice(0, 10) <= cutOffOn);
    const activeTo = ends !== undefined && ends.slice(0, 10) <= cutOffOn ? instant(ends) : null;
    const account = sampleAccount(
      sampleSubscription('1', '', {
        activeFrom: instant(plans[0]?.[2] ?? ''),
        activeTo,
        plans: known.map(([offeringId, , from], no): PlanAssignment => {
          const next = known[no + 1]?.[2];
          return { offeringId, from: instant(from), to: next === undefined ? activeTo : instant(next) };
        }),
        restrictions: restrictions
          .filter(({ from }) => from.slice(0, 10) < cutOffOn)
          .map((span) => ({
            ...span,
            to: span.to !== null && span.to.slice(0, 10) < cutOffOn ? span.to : null,
          })),
      }),
    );
    const lines = recurringCharges({
      cycle,
      startsOn: '2000-01-01',
      cutOffOn,
      account,
      offerings,
      lastBilled,
    });
    lastBilled = lastBilledOf(
      cutOffOn,
      chargedAfter(lastBilled, lines, () => true, cutOffOn),
    );
    return lines
      .map(({ offeringId, from, to, proration, amountMinor }) => {
        const part = proration ? `${proration.numerator}/${proration.denominator} ` : '';
        return `${offeringId} ${from.slice(5)}..${to.slice(5)} ${part}${amountMinor}`;
      })
      .join('; ');
  });
}

const yearly: Partial<RecurringCharge> = { every: { unit: 'year', count: 1 } };
const refunding: Partial<RecurringCharge> = { proration: { refundUnused: true } };

describe('P001 start and trial: a month, a week, a year', () => {
  const year: Cycle = { frequency: 'yearly', anchorDay: 1, zone: 'UTC' };
  const week: Cycle = { frequency: 'weekly', anchorDay: 1, zone: 'UTC' };
  it.each<[string, Cycle, LocalDate, number, LocalDate, string]>([
    ['on the 15th', monthly(1), '2022-03-15', 0, '2022-04-01', 'p 03-15..04-01 17/31 55'],
    ['and a trial of 3 days', monthly(1), '2022-03-15', 3, '2022-04-01', 'p 03-18..04-01 14/31 45'],
    ['trial of 3 days', monthly(1), '2022-03-01', 3, '2022-04-01', 'p 03-04..04-01 28/31 90'],
    ['trial of 15 days', monthly(1), '2022-03-01', 15, '2022-04-01', 'p 03-16..04-01 16/31 52'],
    ['week from Wednesday', week, '2022-06-22', 0, '2022-06-27', 'p 06-22..06-27 5/7 71'],
    ['and a trial of 3 days', week, '2022-06-22', 3, '2022-06-27', 'p 06-25..06-27 2/7 29'],
    ['year from 15 March', year, '2022-03-15', 0, '2023-01-01', 'p 03-15..01-01 292/365 80'],
    ['trial of 35 days', year, '2022-01-01', 35, '2023-01-01', 'p 02-05..01-01 330/365 90'],
  ])('%s', (_, cycle, from, trialDays, cutOff, expected) => {
    const plans: Plan[] = [['p', 100, from, { timing: 'inArrears', trialDays }]];
    expect(billsOf({ cycle, plans, cutOffs: [cutOff] })).toEqual([expected]);
  });
});

describe('periods up to a target, by billing day', () => {
  const share = (text: string): number =>
    text
      .split('; ')
      .map((line) => / (\d+)\/(\d+) /.exec(line))
      .reduce((sum, found) => sum + (found ? Number(found[1]) / Number(found[2]) : 1), 0);

  it.each<[string, Cycle, Partial<RecurringCharge>, LocalDate, LocalDate | undefined, LocalDate, number]>([
    ['P021', monthly(27), {}, '2011-02-14', undefined, '2011-02-27', 1.419354839],
    ['P023', monthly(30), {}, '2012-01-30', undefined, '2012-02-29', 2],
    ['P025', monthly(7), {}, '2011-02-07', '2011-03-10', '2011-04-07', 1.096774194],
    ['P027', monthly(15), {}, '2010-12-15', '2011-03-17', '2011-03-15', 3.064516129],
    [
      'P029',
      monthly(15, 1),
      { ...yearly, anchor: 'cycle' },
      '2011-01-31',
      undefined,
      '2011-02-15',
      0.956164384,
    ],
    [
      'P029',
      monthly(4, 12),
      { ...yearly, anchor: 'cycle' },
      '2010-12-15',
      undefined,
      '2012-01-04',
      1.969863014,
    ],
    // Policy: periods of the calendar, so the tail is three months and not 92/31.
    ['P031', monthly(2), {}, '2012-03-02', '2012-06-02', '2012-06-02', 3],
  ])('%s', (_, cycle, charge, from, ends, cutOff, expected) => {
    const account = sampleAccount(
      sampleSubscription('1', 'p', { activeFrom: instant(from), activeTo: ends ? instant(ends) : null }),
    );
    const offerings = [
      sampleOffering('p', [sampleCharge('fee', 1000, { timing: 'inAdvance', ...charge })], {
        validFrom: '2000-01-01T00:00:00.000Z',
      }),
    ];
    const lines = recurringCharges({
      cycle,
      startsOn: '2000-01-01',
      cutOffOn: cutOff,
      account,
      offerings,
      lastBilled: null,
    });
    const text = lines.map((line) =>
      line.proration ? `x ${line.proration.numerator}/${line.proration.denominator} x` : 'x',
    );
    expect(share(text.join('; '))).toBeCloseTo(expected, 9);
  });

  it('P035 10.00 a month from 1 September, billing day 15', () => {
    expect(
      billsOf({ cycle: monthly(15), plans: [['p', 1000, '2011-09-01']], cutOffs: ['2011-09-15'] }),
    ).toEqual(['p 09-01..09-15 14/31 452; p 09-15..10-15 1000']);
  });

  it('P037 9.95 for 10 days of 31', () => {
    expect(shareOf(995, '2026-01-01', { from: '2026-01-01', to: '2026-01-11' }, january)).toBe(321);
  });
});

const january: Period = { from: '2026-01-01', to: '2026-02-01' };

describe('several changes in a day', () => {
  const march: Period = { from: '2024-03-01', to: '2024-04-01' };
  const rest: Period = { from: '2024-03-12', to: '2024-04-01' };

  it('P004 the plan that lived an hour is charged and credited in full', () => {
    const first = { from: '2024-03-05', to: '2024-04-01' };
    const fees = [
      shareOf(1000, first.from, first, march),
      shareOf(1500, rest.from, rest, march),
      shareOf(1900, rest.from, rest, march),
    ];
    expect(fees).toEqual([871, 968, 1226]);
    const credits = [
      billedFor({ ...first, listMinor: fees[0] ?? 0, discountMinor: 0 }, rest),
      billedFor({ ...rest, listMinor: fees[1] ?? 0, discountMinor: 0 }, rest),
    ].map(({ listMinor }) => listMinor);
    expect(credits.map((net) => net + percentageOf(net, '25', 'halfUp'))).toEqual([806, 1210]);
  });

  it('P004 on the bills of a month: what was charged ahead is given back once, the day belongs to the last plan', () => {
    const plans: Plan[] = [
      ['a', 1000, '2024-02-01', refunding],
      ['b', 1500, '2024-03-12T12:12:00.000Z', refunding],
      ['c', 1900, '2024-03-12T13:12:00.000Z', refunding],
    ];
    expect(billsOf({ plans, cutOffs: ['2024-03-01', '2024-04-01'] })).toEqual([
      'a 02-01..03-01 1000; a 03-01..04-01 1000',
      'a 03-12..04-01 20/31 -645; c 03-12..04-01 20/31 1226; c 04-01..05-01 1900',
    ]);
  });
});

it('P009 the downgrade at the end of the period keeps the anniversary: 243 of 366 days of the year', () => {
  const plans: Plan[] = [
    ['old', 12900, '2023-07-19'],
    ['new', 118800, '2023-11-19', { ...yearly, anchor: 'service' }],
  ];
  const bills = billsOf({ cycle: monthly(19), plans, cutOffs: ['2023-10-19', '2023-11-19', '2024-07-19'] });
  expect(bills.slice(1)).toEqual(['new 11-19..07-19 243/366 78875', 'new 07-19..07-19 118800']);
});

it('P012 upgrade during the trial: the new trial runs from the first start', () => {
  const plans: Plan[] = [
    ['small', 5_000_000, '2024-03-05T12:12:00.000Z', { trialDays: 10 }],
    ['large', 10_000_000, '2024-03-10T12:12:00.000Z', { trialDays: 13 }],
  ];
  expect(billsOf({ plans, cutOffs: ['2024-04-01'] })).toEqual([
    'large 03-18..04-01 14/31 4516129; large 04-01..05-01 10000000',
  ]);
});

it('P014 termination: 7 of the 28 days are unused, of what was billed', () => {
  const billed = { from: '2025-02-08', to: '2025-03-01', listMinor: 7500, discountMinor: 0 };
  const { listMinor } = billedFor(billed, { from: '2025-02-22', to: '2025-03-01' });
  expect(listMinor + percentageOf(listMinor, '20', 'halfUp')).toBe(3000);
});

it('P014 on the bills: the day of the end counts where the plan says so', () => {
  const rule = { proration: { refundUnused: true, lastDay: true } };
  const story = {
    plans: [['p', 10000, '2025-01-01', rule]] as Plan[],
    cutOffs: ['2025-02-01', '2025-03-01'],
  };
  expect(billsOf({ ...story, ends: '2025-02-21T10:00:00.000Z' })[1]).toBe('p 02-22..03-01 7/28 -2500');
  expect(billsOf({ ...story, ends: '2025-02-21' })[1]).toBe('p 02-21..03-01 8/28 -2857');
});

it('P039 to the second: 881,112 of 28 days', () => {
  const days = { from: '2017-02-14', to: '2017-03-03' };
  const measure = measureOf({ unit: 'second' }, { days, toAt: instantAtMillis(1488568488_000) }, 'UTC');
  const whole = { from: '2017-02-14', to: '2017-03-14' };
  const billed = { ...whole, listMinor: 1000, discountMinor: 0 };
  expect(billedFor(billed, { from: '2017-03-04', to: '2017-03-14' }, measure).listMinor).toBe(364);
});

describe('paused in the middle of a month, and resumed', () => {
  const paused = (from: string, to: string | null): RestrictionSpan[] => [
    { kind: 'paused', from: instant(from), to: to && instant(to) },
  ];
  const rule = (effect: 'charge' | 'credit' | 'stop', more: Partial<RecurringCharge> = {}): Plan[] => [
    ['p', 3000, '2026-03-01', { whileRestricted: { paused: effect }, ...more }],
  ];
  const cutOffs = ['2026-04-01', '2026-05-01', '2026-06-01'];
  const first = 'p 03-01..04-01 3000; p 04-01..05-01 3000';

  it.each<[string, Plan[], RestrictionSpan[], string[]]>([
    [
      'charge',
      rule('charge'),
      paused('2026-04-10', '2026-04-20'),
      ['p 05-01..06-01 3000', 'p 06-01..07-01 3000'],
    ],
    [
      'credit',
      rule('credit'),
      paused('2026-04-10', '2026-04-20'),
      ['p 04-10..04-20 10/30 -1000; p 05-01..06-01 3000', 'p 06-01..07-01 3000'],
    ],
    [
      'stop keeps what was billed in advance',
      rule('stop'),
      paused('2026-04-10', '2026-04-20'),
      ['p 05-01..06-01 3000', 'p 06-01..07-01 3000'],
    ],
    [
      'credit over two bills, charged again from the day it resumed',
      rule('credit'),
      paused('2026-04-10', '2026-05-17'),
      ['p 04-10..05-01 21/30 -2100', 'p 05-17..06-01 15/31 1452; p 06-01..07-01 3000'],
    ],
  ])('%s', (_, plans, restrictions, expected) => {
    expect(billsOf({ plans, restrictions, cutOffs })).toEqual([first, ...expected]);
  });

  it.each<[string, 'credit' | 'stop' | 'charge', string[]]>([
    ['stop', 'stop', ['p 03-01..04-01 3000', 'p 04-01..04-10 9/30 900; p 04-20..05-01 11/30 1100']],
    ['charge', 'charge', ['p 03-01..04-01 3000', 'p 04-01..05-01 3000']],
  ])('in arrears: %s', (_, effect, expected) => {
    const plans = rule(effect, { timing: 'inArrears' });
    const restrictions = paused('2026-04-10', '2026-04-20');
    expect(billsOf({ plans, restrictions, cutOffs: cutOffs.slice(0, 2) })).toEqual(expected);
  });
});

/** The plan stops while it is suspended for debt; paid on the day of the cut-off, what follows is on the next bill. */
it('D010: suspended forty days after an unpaid bill, paid 21 days later: these days are given back', () => {
  const charge = { trialDays: 30, whileRestricted: { suspended: 'credit' as const } };
  const suspended = { kind: 'suspended' as const, from: instant('2012-07-10'), to: instant('2012-07-31') };
  const bills = billsOf({
    cycle: monthly(31),
    plans: [['p', 24_995, '2012-05-01', charge]],
    restrictions: [suspended],
    cutOffs: ['2012-05-31', '2012-06-30', '2012-07-31', '2012-08-31'],
  });
  expect(bills).toEqual([
    'p 05-31..06-30 24995',
    'p 06-30..07-31 24995',
    'p 07-10..07-31 21/31 -16932',
    'p 07-31..08-31 24995; p 08-31..09-30 24995',
  ]);
});

/** Kill Bill's overdue stages: a month of 249.95, or a year of 2,399.95, in advance, suspended from 2012-07-10. */
it.each<[string, string, number, Partial<RecurringCharge>, string[]]>([
  [
    'DN111: paid before the cut-off, ten days',
    '2012-07-20',
    24_995,
    {},
    ['p 07-10..07-20 10/31 -8063; p 07-31..08-31 24995', 'p 08-31..09-30 24995'],
  ],
  [
    'DN112: paid the day after it',
    '2012-08-01',
    24_995,
    {},
    ['p 07-10..07-31 21/31 -16932', 'p 08-01..08-31 30/31 24189; p 08-31..09-30 24995'],
  ],
  ['DN113: a year', '2012-07-20', 239_995, yearly, ['p 07-10..07-20 10/365 -6575', '']],
])('%s', (_, to, amountMinor, every, expected) => {
  const charge = { trialDays: 30, whileRestricted: { suspended: 'credit' as const }, ...every };
  const bills = billsOf({
    cycle: monthly(31),
    plans: [['p', amountMinor, '2012-05-01', charge]],
    restrictions: [{ kind: 'suspended', from: instant('2012-07-10'), to: instant(to) }],
    cutOffs: ['2012-05-31', '2012-06-30', '2012-07-31', '2012-08-31'],
  });
  expect(bills.slice(2)).toEqual(expected);
});

describe('the first day, and 30-day months', () => {
  it.each<[string, Partial<RecurringCharge>, string]>([
    ['counts', {}, 'p 01-22..02-01 10/31 1000'],
    ['does not', { proration: { firstDay: false } }, 'p 01-23..02-01 9/31 900'],
    ['months of 30', { proration: { unit: 'thirtyDayMonth' } }, 'p 01-22..02-01 9/30 930'],
    ['seconds', { proration: { unit: 'second' } }, 'p 01-22..02-01 820800/2678400 950'],
  ])('%s', (_, charge, expected) => {
    const plans: Plan[] = [['p', 3100, '2026-01-22T12:00:00.000Z', { timing: 'inArrears', ...charge }]];
    expect(billsOf({ plans, cutOffs: ['2026-02-01'] })).toEqual([expected]);
  });
});

it('who leaves a plan and comes back is given back the time between', () => {
  const plans: Plan[] = [
    ['a', 3000, '2026-03-01', refunding],
    ['b', 6000, '2026-04-10', refunding],
    ['a', 3000, '2026-04-20', refunding],
  ];
  const once = { plans, cutOffs: ['2026-04-01', '2026-05-01'] };
  expect(billsOf(once)[1]).toBe('a 04-10..04-20 10/30 -1000; a 05-01..06-01 3000; b 04-10..04-20 10/30 2000');
});

it('a year in advance ended in month 4: the days after it', () => {
  const plans: Plan[] = [['p', 36500, '2026-01-01', { ...yearly, ...refunding }]];
  expect(billsOf({ plans, ends: '2026-04-16', cutOffs: ['2026-02-01', '2026-03-01', '2026-05-01'] })).toEqual(
    ['p 01-01..01-01 36500', '', 'p 04-16..01-01 260/365 -26000'],
  );
});
