import { describe, expect, it } from '@jest/globals';
import { addMonths } from '@tollkeeper/calendar';
import fc from 'fast-check';
import { type Bill } from '../bill';
import { buildInvoice } from '../build-invoice';
import { devicePostings, invoicePosting } from '../invoice-posting';
import { sampleAccount, sampleInput, sampleOffering, sampleSubscription, sampleTax } from '../sample-billing';
import { billedOnto, staleDevices } from './billed-devices';
import { type InstalmentPlan, planState, planSums, reduced, scheduleOf, termsFault } from './instalment-plan';

const phone = (more: Partial<InstalmentPlan> = {}, count = 24): InstalmentPlan => {
  const { priceMinor = 48000, downPaymentMinor = 0, deliveredOn = '2026-01-10' } = more;
  return {
    ...{ planId: 'ipl_1', accountId: 'acc_1', subscriptionId: '1', name: 'Phone', currency: 'EUR' },
    ...{ offeringId: null, offeringVersion: null, taxCode: 'device', valueMinor: priceMinor },
    ...{ priceMinor, downPaymentMinor, deliveredOn, onTermination: 'goOn' as const },
    instalments: scheduleOf({ priceMinor, downPaymentMinor, count, firstDueOn: deliveredOn }),
    ...{ endedEarly: null, sale: null, credits: [], cancelledAt: null },
    ...more,
  };
};

const returned = {
  ...{ creditNoteId: 'crn_1', on: '2026-06-01', kind: 'return' as const },
  ...{ totalMinor: 48000, offInstalmentsMinor: 48000, accountCreditMinor: 0 },
};

const rules = [sampleTax('telecom', '19'), sampleTax('device', '19', { rateDate: 'supply' })];
const free = sampleOffering('plan', []);
const endedOn = (day: string) =>
  sampleAccount(sampleSubscription('1', 'plan', { activeTo: `${day}T00:00:00.000Z`, status: 'terminated' }));

/** Bills of one month after the other, each final before the next. */
function billed(first: InstalmentPlan, months: number, more: Parameters<typeof sampleInput>[0] = {}) {
  const keys = new Set<string>();
  const bills: Bill[] = [];
  let plan = first;
  for (let month = 1; month <= months; month += 1) {
    const cutOffOn = addMonths('2026-01-01', month);
    const given = { offerings: [free], taxRules: rules, ...more, cutOffOn };
    const bill = buildInvoice(sampleInput({ ...given, devices: [plan], billedOnce: keys }));
    if (!bill) continue;
    for (const key of bill.onceKeys ?? []) keys.add(key);
    plan = billedOnto(plan, { _id: `inv_${month}`, ...bill });
    bills.push(bill);
  }
  return { plan, bills };
}

const shown = (bill: Bill | undefined) =>
  bill && [
    ...bill.lines.map(({ description, amountMinor }) => `${description} ${amountMinor}`),
    ...bill.taxes.map(({ baseMinor, amountMinor }) => `VAT on ${baseMinor} ${amountMinor}`),
    `total ${bill.totalMinor}`,
  ];

/** Account by account over all postings of these bills. */
function books(bills: readonly Bill[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const bill of bills)
    for (const { account, amountMinor } of [
      ...invoicePosting(bill),
      ...devicePostings(bill).flatMap(({ lines }) => lines),
    ])
      sums[account] = (sums[account] ?? 0) + amountMinor;
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0));
}

describe('the schedule', () => {
  it.each([
    ['480.00 in 24', 48000, 0, 24, 2000, 2000],
    ['500.00 in 24: the last one is the whole less the others', 50000, 0, 24, 2083, 2091],
    ['200.00 in 3', 20000, 0, 3, 6667, 6666],
    ['480.00, 100.01 down', 48000, 10001, 24, 1583, 1590],
    ['one instalment', 48000, 10000, 1, 38000, 38000],
  ])('%s', (_, priceMinor, downPaymentMinor, count, slice, last) => {
    const schedule = scheduleOf({ priceMinor, downPaymentMinor, count, firstDueOn: '2026-01-31' });
    expect(schedule[0]?.amountMinor).toBe(slice);
    expect(schedule.at(-1)?.amountMinor).toBe(last);
    expect(schedule.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(
      priceMinor - downPaymentMinor,
    );
  });

  it('keeps the day of the month: 31 January, 28 February, 31 March', () => {
    const terms = { priceMinor: 300, downPaymentMinor: 0, count: 3, firstDueOn: '2026-01-31' };
    expect(scheduleOf(terms).map(({ dueOn }) => dueOn)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
  });

  it('refuses what makes no instalments', () => {
    const terms = { priceMinor: 5, downPaymentMinor: 0, count: 10, firstDueOn: '2026-01-31' };
    expect(termsFault(terms)?.field).toBe('instalments');
    expect(termsFault({ ...terms, downPaymentMinor: 5, count: 1 })?.field).toBe('downPayment');
    expect(termsFault({ ...terms, priceMinor: 48000 })).toBeNull();
  });
});

describe('on the bills', () => {
  it('the delivery has the whole price and all the VAT; instalments have none', () => {
    const { bills } = billed(phone({ downPaymentMinor: 4800 }), 3);
    expect(shown(bills[0])).toEqual([
      'Phone 48000',
      'Phone: to be paid in 24 instalments -43200',
      'Phone: instalment 1 of 24, 23 left, €414.00 remaining 1800',
      'VAT on 48000 9120',
      'total 15720', // 48.00 down + 91.20 VAT + 18.00
    ]);
    expect(shown(bills[2])).toEqual([
      'Phone: instalment 3 of 24, 21 left, €378.00 remaining 1800',
      'total 1800',
    ]);
    expect(books(bills.slice(0, 1))).toEqual({
      receivable: 15720,
      deviceReceivable: 41400,
      'revenue:device': -48000,
      'taxPayable:DE': -9120,
    });
    expect(books(bills)).toMatchObject({ receivable: 15720 + 3600, deviceReceivable: 37800 });
  });

  it('prices with tax: 80.00 of 500.00 are VAT, and the instalments add up to the 500.00', () => {
    const prices = {
      taxSettings: {
        ...{ notCharged: [], shares: {}, placeBy: 'address' as const, establishedIn: null },
        pricesIncludeTax: true,
      },
    };
    const { bills, plan } = billed(phone({ priceMinor: 50000 }, 10), 10, prices);
    expect(bills[0]).toMatchObject({ totalMinor: 5000, taxMinor: 7983 });
    expect(bills.reduce((sum, { totalMinor }) => sum + totalMinor, 0)).toBe(50000);
    expect(books(bills)).toEqual({
      receivable: 50000,
      'revenue:device': -42017,
      'taxPayable:DE': -7983,
    });
    expect(planState(plan)).toBe('completed');
  });

  it('no promotion lowers a device, no minimum counts it, and a rate of the delivery day holds', () => {
    const half = sampleOffering('plan', [], {
      discounts: [
        { discountId: 'd', name: 'Half', level: 'bill', value: { off: 'percentage', percent: '50' } },
      ],
      commitment: {
        minimums: [
          {
            ...{ minimumId: 'm', name: 'Minimum', amountMinor: 1000, of: 'all' },
            ...{ taxCode: 'telecom', revenueCategory: 'recurring' },
          },
        ],
      },
    });
    const { bills } = billed(phone(), 1, { offerings: [half] });
    expect(bills[0]?.lines.filter(({ device }) => device).flatMap(({ discounts = [] }) => discounts)).toEqual(
      [],
    );
    expect(bills[0]?.lines.find(({ kind }) => kind === 'minimum')?.amountMinor).toBe(1000);
    const later = rules.map((rule) => ({ ...rule, validTo: '2026-01-15' }));
    const dear = sampleTax('device', '25', { rateDate: 'supply', validFrom: '2026-01-15' });
    expect(billed(phone(), 1, { taxRules: [...later, dear] }).bills[0]?.taxMinor).toBe(9120);
  });

  it('paid off in the third month: all that is left is one line without tax', () => {
    const { bills, plan } = billed(phone({ endedEarly: { on: '2026-03-09', because: 'payOff' } }), 4);
    expect(shown(bills[2])).toEqual([
      'Phone: instalment 3 of 24, 21 left, €420.00 remaining 2000',
      'Phone: 21 remaining instalments, paid off early 42000',
      'total 44000',
    ]);
    expect(bills).toHaveLength(3);
    expect(planSums(plan)).toEqual({
      ...{ billedMinor: 6000, paidOffMinor: 42000, acceleratedMinor: 0, reducedMinor: 0, openMinor: 0 },
    });
    expect(books(bills)['deviceReceivable']).toBeUndefined();
  });

  it('the service ends: at once where the sale says so, else month by month', () => {
    const account = endedOn('2026-02-15');
    const atOnce = billed(phone({ onTermination: 'accelerate' }), 3, { account }).bills;
    expect(shown(atOnce[1])).toEqual([
      'Phone: instalment 2 of 24, 22 left, €440.00 remaining 2000',
      'Phone: 22 remaining instalments, due at once with the end of the service 44000',
      'total 46000',
    ]);
    expect(billed(phone(), 3, { account }).bills.map(({ totalMinor }) => totalMinor)).toEqual([
      11120, 2000, 2000,
    ]);
  });

  it('a bill that is drafted again asks for the same', () => {
    const once = billed(phone(), 1);
    const again = buildInvoice(
      sampleInput({ offerings: [free], taxRules: rules, cutOffOn: '2026-02-01', devices: [once.plan] }),
    );
    expect(again).toEqual(once.bills[0]);
  });

  it('a plan that was credited since is not what the draft says', () => {
    const { bills } = billed(phone({}, 1), 1);
    const draft = bills[0] as Bill;
    expect(staleDevices(draft, [phone({}, 1)])).toEqual([]);
    expect(staleDevices(draft, [{ ...phone({}, 1), cancelledAt: '2026-01-20T00:00:00.000Z' }])).toEqual([
      'ipl_1',
    ]);
    const less = { ...phone({}, 1), instalments: reduced(phone({}, 1).instalments, 100) };
    expect(staleDevices(draft, [less])).toEqual(['ipl_1']);
    expect(staleDevices(draft, [])).toEqual(['ipl_1']);
  });
});

describe('early termination: never above the lower of the device and the remaining charges', () => {
  const fee = (valueMinor: number, devices: InstalmentPlan[]) => {
    const offering = sampleOffering('plan', [], {
      commitment: {
        termMonths: 24,
        earlyTermination: {
          ...{ name: 'Early end', taxCode: 'telecom', revenueCategory: 'fee' },
          charge: { fee: 'fixed', amountMinor: 30000 },
          cap: { rule: 'eu2018-1972', deviceValueMinor: valueMinor },
        },
      },
      recurringCharges: [
        {
          ...{ chargeId: 'line', name: 'Line', amountMinor: 1000, timing: 'inArrears', per: 'subscription' },
          ...{ prorate: true, taxCode: 'telecom', revenueCategory: 'recurring' },
        },
      ],
    });
    const given = { offerings: [offering], taxRules: rules, devices, cutOffOn: '2027-01-01' };
    const bill = buildInvoice(
      sampleInput({ ...given, account: endedOn('2027-01-01'), billedOnce: { has: () => false } }),
    );
    return bill?.lines.find(({ termination }) => termination)?.termination;
  };

  it.each([
    ['no instalments: 365 of 730 days of 480.00', 48000, [], 24000],
    ['all of the price is paid by instalments: nothing is left of the subsidy', 48000, [phone()], 0],
    [
      'worth 600.00, sold at 240.00: 300.00 less 120.00',
      0,
      [phone({ priceMinor: 24000, valueMinor: 60000 })],
      18000,
    ],
    ['a device that was returned is not kept', 48000, [phone({ credits: [returned] })], 0],
    ['a sale that was cancelled is none', 48000, [phone({ cancelledAt: '2026-01-20T00:00:00.000Z' })], 24000],
  ])('%s', (_, valueMinor, devices, deviceMinor) => {
    const found = fee(
      valueMinor,
      devices.map((each) => ({
        ...each,
        deliveredOn: '2026-01-01',
        instalments: scheduleOf({ ...each, count: 24, firstDueOn: '2026-01-01' }),
      })),
    );
    expect(found?.deviceMinor ?? 0).toBe(deviceMinor);
    if (found) expect(found).toMatchObject({ agreedMinor: 30000, chargesMinor: 12000 });
  });
});

describe('laws', () => {
  const plans = fc.record({
    priceMinor: fc.integer({ min: 1000, max: 500_000 }),
    downPaymentMinor: fc.integer({ min: 0, max: 900 }),
    count: fc.integer({ min: 1, max: 36 }),
    credit: fc.integer({ min: 0, max: 600_000 }),
    payOffMonth: fc.integer({ min: 0, max: 40 }),
  });

  it('schedule = price; billed + paid off + accelerated + reduced + open = price; the ledger agrees', () => {
    fc.assert(
      fc.property(plans, ({ priceMinor, downPaymentMinor, count, credit, payOffMonth }) => {
        const sold = phone({ priceMinor, downPaymentMinor }, count);
        const off = Math.min(credit, priceMinor - downPaymentMinor);
        const lowered = { ...sold, instalments: reduced(sold.instalments, off) };
        const endedEarly = { on: addMonths('2026-01-05', payOffMonth), because: 'payOff' as const };
        const { plan, bills } = billed({ ...lowered, ...(payOffMonth > 0 ? { endedEarly } : {}) }, 6);
        const { billedMinor, paidOffMinor, acceleratedMinor, reducedMinor, openMinor } = planSums(plan);
        const all = billedMinor + paidOffMinor + acceleratedMinor + reducedMinor + openMinor;
        expect(all + downPaymentMinor).toBe(priceMinor);
        expect(reducedMinor).toBe(off);
        expect((books(bills)['deviceReceivable'] ?? 0) - off).toBe(openMinor);
      }),
      { numRuns: 60 },
    );
  });
});
