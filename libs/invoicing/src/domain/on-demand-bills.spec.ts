import { addDays, daysBetween, type LocalDate } from '@tollkeeper/calendar';
import fc from 'fast-check';
import type { Bill, LastBilled } from './bill';
import { servedUntil } from './bill-purpose';
import { buildInvoice } from './build-invoice';
import { lastBilledOf } from './charged-through';
import {
  sampleAccount,
  sampleCharge,
  sampleFee,
  sampleInput,
  sampleOffering,
  sampleSubscription,
} from './sample-billing';

const cycle = { frequency: 'monthly' as const, anchorDay: 1, zone: 'UTC' };
const cutOffs = ['2026-02-01', '2026-03-01', '2026-04-01'];

interface Step {
  on: LocalDate;
  onDemand: boolean;
}

/** Bills made one after the other, each from where the one before ended. */
function billed(more: Parameters<typeof sampleInput>[0], steps: readonly Step[]): Bill[] {
  const bills: Bill[] = [];
  let last: LastBilled | null = null;
  const once = new Set<string>();
  for (const { on, onDemand } of steps) {
    const tomorrow = addDays(on, 1);
    const asked = onDemand
      ? { purpose: 'onDemand' as const, period: servedUntil(cycle, tomorrow), oneOffUntil: tomorrow }
      : {};
    const bill = buildInvoice(
      sampleInput({ ...more, cycle, cutOffOn: on, lastBilled: last, billedOnce: once, ...asked }),
    );
    if (!bill) continue;
    bills.push(bill);
    bill.onceKeys?.forEach((key) => once.add(key));
    last = lastBilledOf(on, bill.charged ?? []);
  }
  return bills;
}

const regular = cutOffs.map((on): Step => ({ on, onDemand: false }));
const withOnDemand = (days: readonly number[]): Step[] =>
  [...regular, ...days.map((day): Step => ({ on: addDays('2026-01-01', day), onDemand: true }))].sort(
    (left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : left.onDemand ? 1 : -1),
  );

it('on demand on the day of the activation: fee and rest of the month now, and never again', () => {
  const account = sampleAccount(sampleSubscription('1', 'plan', { activeFrom: '2026-01-22T09:00:00.000Z' }));
  const offerings = [
    sampleOffering('plan', [sampleCharge('fee', 3100, { timing: 'inAdvance' })], {
      oneOffCharges: [sampleFee('activation', 500, 'activation')],
    }),
  ];
  const steps = withOnDemand([21]);
  expect(
    billed({ account, offerings }, steps).map(({ periodTo, lines }) => [
      periodTo,
      lines.map(({ amountMinor }) => amountMinor),
    ]),
  ).toEqual([
    ['2026-01-23', [500, 1000]],
    ['2026-02-01', [3100]],
    ['2026-03-01', [3100]],
    ['2026-04-01', [3100]],
  ]);
});

it('a charge in arrears is not due before its period is over', () => {
  const bills = billed({}, withOnDemand([14]));
  expect(bills.map(({ periodTo, netMinor }) => [periodTo, netMinor])).toEqual([
    ['2026-02-01', 1000],
    ['2026-03-01', 1000],
    ['2026-04-01', 1000],
  ]);
});

it('bills on demand on any days: the same charges for the same days, once', () => {
  const charge = fc.record({
    timing: fc.constantFrom('inAdvance' as const, 'inArrears' as const),
    every: fc.option(
      fc.record({
        unit: fc.constantFrom('week' as const, 'month' as const),
        count: fc.integer({ min: 1, max: 2 }),
      }),
      { nil: undefined },
    ),
  });
  const days = fc.uniqueArray(fc.integer({ min: 0, max: 88 }), { maxLength: 4 });
  fc.assert(
    fc.property(charge, days, fc.nat(60), fc.nat(60), ({ timing, every }, asked, start, length) => {
      const activeFrom = `${addDays('2026-01-01', start)}T00:00:00.000Z`;
      const end = addDays('2026-01-01', start + length + 1);
      const ends = end < '2026-04-01' ? `${end}T00:00:00.000Z` : null;
      const subscription = sampleSubscription('1', 'plan', {
        activeFrom,
        activeTo: ends,
        plans: [{ offeringId: 'plan', from: activeFrom, to: ends }],
      });
      const offerings = [
        sampleOffering('plan', [sampleCharge('fee', 2800, { timing, ...(every ? { every } : {}) })]),
      ];
      const given = { account: sampleAccount(subscription), offerings };
      const plain = billed(given, regular).flatMap(({ lines }) => lines);
      const mixed = billed(given, withOnDemand(asked)).flatMap(({ lines }) => lines);
      const daysOf = (lines: typeof plain) =>
        lines.reduce((sum, { from, to, quantity }) => sum + daysBetween(from, to) * Math.min(1, quantity), 0);
      const sumOf = (lines: typeof plain) => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      expect([daysOf(mixed), sumOf(mixed)]).toEqual([daysOf(plain), sumOf(plain)]);
    }),
    { numRuns: 100 },
  );
});
