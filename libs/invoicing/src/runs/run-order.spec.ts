import fc from 'fast-check';
import { BillingService, type BillOutcome } from './billing.service';
import type { CycleRow } from '../cycles/cycle.schema';
import { stampedNumbers } from '../domain/invoice-numbers';
import {
  sampleAccount,
  sampleCharge,
  sampleFee,
  sampleOffering,
  sampleSubscription,
  sampleTax,
  sampleUsage,
} from '../domain/sample-billing';
import { usualTaxSettings } from '../domain/tax-settings';
import type { BillableAccount } from './snapshot.service';

const cutOffOn = '2026-02-01';
const ids = Array.from({ length: 24 }, (_, at) => `acc_${String(at).padStart(2, '0')}`);
const taxRules = [
  sampleTax('telecom', '19'),
  sampleTax('voice', '10'),
  {
    ...sampleTax('telecom', '0', { taxId: 'e911', name: '911 fee' }),
    levy: 'governmentFee' as const,
    trigger: 'lineMonth' as const,
    amount: { kind: 'perLine' as const, amount: '0.50', currency: 'EUR' },
  },
];
const cycle = {
  ...{ _id: 'cyc_1', name: 'Monthly', frequency: 'monthly', anchorDay: 1, anchorMonth: null, zone: 'UTC' },
  ...{ startsOn: '2026-01-01', approval: 'automatic', collectHours: 1, lateUsageDays: 0, paused: false },
} as unknown as CycleRow;

/** Accounts that differ in everything a bill is made of; one of them has a plan that nobody knows. */
const accounts = ids.map((accountId, at): BillableAccount => {
  const activeFrom = `2026-01-${String((at % 20) + 1).padStart(2, '0')}T00:00:00.000Z`;
  const subscription = sampleSubscription(`s${at}`, at === 7 ? 'gone' : `plan${at % 3}`, { activeFrom });
  return {
    profile: { ...sampleAccount(subscription), accountId },
    ...{ overrides: [], discounts: [], place: null },
    offerings: [0, 1, 2].map((plan) =>
      sampleOffering(`plan${plan}`, [sampleCharge('fee', 1000 + 333 * plan, { timing: 'inAdvance' })], {
        oneOffCharges: [sampleFee('setup', 250 * plan, 'setup')],
      }),
    ),
  };
});
const totals = new Map(
  ids.map((accountId, at) => [
    accountId,
    [
      sampleUsage(`s${at}`, `plan${at % 3}`, 1_234_567 * (at + 1), { accountId }),
      sampleUsage(`s${at}`, `plan${at % 3}`, 765_432, {
        ...{ accountId, periodId: `late_${at}`, late: { from: '2025-12-01', to: '2026-01-01' } },
      }),
    ],
  ]),
);

/** The service as it is; what it reads comes when others have had their turns: batches get into each other's way. */
function service(others: () => Promise<void>): BillingService {
  const answer =
    <Value>(value: Value) =>
    async (): Promise<Value> => {
      await others();
      return value;
    };
  const nothing = answer([]);
  return new BillingService(
    { billedOnce: nothing, feesBilled: nothing } as never,
    { spentOnDemand: answer(new Map()) } as never,
    {
      lastBilled: answer(new Map()),
      undone: nothing,
      fees: answer(new Map()),
      cappedTaxes: answer(() => ({})),
    } as never,
    { all: answer(taxRules) } as never,
    { find: answer(usualTaxSettings) } as never,
    { dueBefore: nothing } as never,
    { dueBefore: nothing } as never,
    {} as never,
    { find: answer({}) } as never,
    { find: answer({ policy: 'correctionBill', finalBillWaitDays: 0 }) } as never,
  );
}

const billsOf = (outcomes: readonly BillOutcome[]) =>
  new Map(
    outcomes.map(({ profile, bill, lateBills, cause }) => [profile.accountId, { bill, lateBills, cause }]),
  );

it('any order, batching and concurrency of a run gives the same bills; numbers follow the frozen list', async () => {
  const expected = billsOf(
    await service(() => Promise.resolve()).billEach('ten_1', cycle, cutOffOn, accounts, totals),
  );
  expect([...expected.values()].filter(({ bill }) => bill !== null)).toHaveLength(ids.length - 1);
  expect(expected.get('acc_07')?.cause).toContain('gone');
  const orders = fc.shuffledSubarray([...accounts.keys()], { minLength: accounts.length });
  await fc.assert(
    fc.asyncProperty(
      orders,
      fc.integer({ min: 1, max: 24 }),
      fc.infiniteStream(fc.nat(3)),
      async (order, size, waits) => {
        const billing = service(async () => {
          const turns = waits.next().value ?? 0;
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        });
        const batches = Array.from({ length: Math.ceil(order.length / size) }, (_, no) =>
          order.slice(no * size, (no + 1) * size).map((at) => accounts[at] as BillableAccount),
        );
        const outcomes = await Promise.all(
          batches.map((batch) => billing.billEach('ten_1', cycle, cutOffOn, batch, totals)),
        );
        const found = billsOf(outcomes.flat());
        for (const id of ids) expect(found.get(id)).toEqual(expected.get(id));
        const frozen = batches.flat().map(({ profile }) => profile.accountId);
        const numbers = stampedNumbers(
          { series: 'invoice', first: 1, invoiceIds: frozen },
          { prefix: '', digits: 4 },
        );
        expect([...numbers.values()]).toEqual(ids.map((_, at) => String(at + 1).padStart(4, '0')));
      },
    ),
    { numRuns: 12 },
  );
});
