import { describe, expect, it } from '@jest/globals';
import { type AuditedPlan, type DeviceLine, openMinorOf, planFaults } from './device-faults';

const plan = (more: Partial<AuditedPlan> = {}): AuditedPlan => ({
  ...{ _id: 'ipl_1', accountId: 'acc_1', currency: 'EUR', priceMinor: 300, downPaymentMinor: 100 },
  instalments: [
    { no: 1, amountMinor: 100, reducedMinor: 0, billedBy: { invoiceId: 'inv_1' } },
    { no: 2, amountMinor: 100, reducedMinor: 0, billedBy: null },
  ],
  credits: [],
  sale: { invoiceId: 'inv_1' },
  ...more,
});
const line = (kind: string, amountMinor: number, no: number, invoiceId = 'inv_1'): DeviceLine => ({
  ...{ invoiceId, kind, amountMinor, planId: 'ipl_1', no, through: no },
});
const lines = [line('device', 300, 0), line('financed', -200, 0), line('instalment', 100, 1)];

describe('a device on instalments', () => {
  it('agrees with its bills', () => {
    expect(planFaults(plan(), lines)).toEqual([]);
    expect(openMinorOf(plan())).toBe(100);
  });

  it.each([
    ['a schedule that is not the price', plan({ priceMinor: 301 }), lines, /schedule is 300/],
    ['an instalment on two bills', plan(), [...lines, line('instalment', 100, 1, 'inv_2')], /inv_1,inv_2/],
    ['an instalment that no bill has', plan(), lines.slice(0, 2), /bills: none/],
    ['a delivery that no bill has', plan(), lines.slice(1), /delivered on inv_1/],
    ['another amount on the bill', plan(), [...lines.slice(0, 2), line('instalment', 90, 1)], /ask for 90/],
    [
      'a credit that is not in the schedule',
      plan({ credits: [{ totalMinor: 50, offInstalmentsMinor: 40, accountCreditMinor: 10 }] }),
      lines,
      /its credits say 40/,
    ],
  ])('%s', (_, given, bills, fault) => {
    expect(planFaults(given, bills).join()).toMatch(fault);
  });
});
