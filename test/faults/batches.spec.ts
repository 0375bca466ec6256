import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Bank, camt } from '../scenarios/bank-language';
import { Operator, type Subscriber } from '../scenarios/operator';
import { expectAuditToHold } from './audit';
import { eventually } from './eventually';
import { FaultStack } from './fault-stack';
import { patiently } from './patiently';

jest.setTimeout(420_000);

/** Handed in 32 at a time, each in so long. */
const debtors = 48;
const gatewayLatencyMs = 1_000;
/** 300 entries, of which a hundred are booked in a transaction. */
const payers = 5;
const entriesOfEach = 60;
const entryMinor = 10;

/** Bills of January 4 are due on Sunday the 18th: debits are handed in on Friday and collected on Monday. */
const handInEve = '2026-01-15T20:00:00.000Z';
const handInDay = '2026-01-16T20:00:00.000Z';
const collected = '2026-01-20T20:00:00.000Z';

describe('kill -9 in the middle of a bank statement and of a batch of debits', () => {
  let faults: FaultStack;
  let operator: Operator;
  const left = { booked: 0, charges: 0 };

  const rows = (service: string, collection: string, filter: object = {}) =>
    faults
      .rows(service, collection)
      .find({ tenantId: operator.tenantId, ...filter })
      .toArray();
  const until = (at: string) => patiently(`it is ${at}`, () => operator.until(at));
  const of: { debtors: Subscriber[]; payers: Subscriber[] } = { debtors: [], payers: [] };
  const named = async (what: string, count: number): Promise<Subscriber[]> =>
    Object.values(
      await operator.subscribersNamed(
        'smart-5',
        Array.from({ length: count }, (_, no) => `${what}-${no}`),
      ),
    );

  async function statement(): Promise<string> {
    const numbers = await Promise.all(
      of.payers.map(async (payer) => (await operator.bills(payer))[0]?.number ?? ''),
    );
    return camt(
      numbers.flatMap((number, payer) =>
        Array.from({ length: entriesOfEach }, (_, no) => ({
          ...{ amount: '0.10', on: '2026-01-15', reference: `R${payer}-${no}`, text: `Invoice ${number}` },
        })),
      ),
    );
  }

  /** The entries that pay it wait, those before them are booked: until it is let go. */
  async function holdBill({ accountId }: Subscriber): Promise<() => Promise<void>> {
    const session = faults.mongo.startSession();
    session.startTransaction();
    const bill = { tenantId: operator.tenantId, accountId };
    await faults
      .rows('payments', 'payables')
      .updateOne(bill, { $set: { autoSkippedOn: 'held' } }, { session });
    return async () => {
      await session.abortTransaction();
      await session.endSession();
    };
  }

  beforeAll(async () => {
    faults = await FaultStack.start();
    operator = await Operator.open({ anchorDay: 4 });
    of.debtors = await named('debtor', debtors);
    of.payers = await named('payer', payers);
    for (const [no, { accountId }] of of.debtors.entries())
      await operator.api.post('/v1/payments/methods', {
        ...{ accountId, token: `tok_pending.debtor-${no}`, kind: 'sepaDebit' },
        mandate: { mandateId: `MND-${no}`, signedOn: '2026-01-02' },
      });
    const bank = await Bank.of(operator);
    await operator.until(handInEve);
    const file = await statement();
    await faults.gatewayFault(operator.tenantId, { latencyMs: gatewayLatencyMs });

    const { tenantId } = operator;
    const kill = async () => {
      const created = { tenantId, state: 'created', debit: { $type: 'object' } };
      await faults.onceSeen('debits are about to be handed in', ['payments', 'attempts'], created);
      const [last] = of.payers.slice(-1);
      const letGo = await holdBill(last as Subscriber);
      await bank.import(file);
      await faults.onceSeen('the statement is being booked', ['payments', 'bankEntries'], {
        ...{ tenantId, state: 'booked' },
      });
      await eventually('some debits are handed in', () =>
        faults.rows('sandbox-gateway', 'charges').findOne({ tenantId }),
      );
      await faults.killApp(async () => {
        left.booked = (await rows('payments', 'bankEntries', { state: 'booked' })).length;
        left.charges = (await rows('sandbox-gateway', 'charges')).length;
        await letGo();
      });
      await faults.gatewayFault(tenantId, {});
    };
    await Promise.all([kill(), until(handInDay)]);
    await until(collected);
  });
  afterAll(() => faults.stop());

  it('both were in the middle when it came', () => {
    process.stdout.write(`killed after ${left.booked} entries and ${left.charges} debits\n`);
    expect(left.booked).toBeGreaterThan(0);
    expect(left.booked).toBeLessThan(payers * entriesOfEach);
    expect(left.charges).toBeGreaterThan(0);
    expect(left.charges).toBeLessThan(debtors);
  });

  it('each entry of the statement is booked once, and pays its bill once', async () => {
    const entries = await rows('payments', 'bankEntries');
    expect(entries).toHaveLength(payers * entriesOfEach);
    expect(
      entries.filter(({ state, parts }) => state !== 'booked' || (parts as object[]).length !== 1),
    ).toEqual([]);
    const payments = await rows('payments', 'payments', { method: 'bank' });
    const paidBy = entries.map(({ parts }) => (parts as { paymentId: string }[])[0]?.paymentId);
    expect(payments.map(({ _id }) => String(_id)).sort()).toEqual(paidBy.sort());
    for (const payer of of.payers) {
      const [bill] = await operator.bills(payer);
      expect((bill?.total.minor ?? 0) - (bill?.open.minor ?? 0)).toBe(entriesOfEach * entryMinor);
    }
  });

  it('each debit was handed in once, collected on its day, and is the payment of its bill', async () => {
    const charges = await rows('sandbox-gateway', 'charges');
    const attempts = await rows('payments', 'attempts');
    expect(charges.map(({ reference }) => String(reference)).sort()).toEqual(
      attempts.map(({ key }) => String(key)).sort(),
    );
    expect(new Set(attempts.map(({ invoiceId }) => String(invoiceId))).size).toBe(debtors);
    expect(charges.map(({ status }) => String(status))).toEqual(charges.map(() => 'succeeded'));
    const payments = await rows('payments', 'payments', { gateway: 'sandbox' });
    expect(payments.map(({ gatewayId }) => String(gatewayId)).sort()).toEqual(
      charges.map(({ _id }) => String(_id)).sort(),
    );
    const bills = await rows('invoicing', 'invoices', {
      accountId: { $in: of.debtors.map(({ accountId }) => accountId) },
    });
    expect(bills.filter(({ paymentState }) => paymentState !== 'paid')).toEqual([]);
  });

  it('and the audit holds', () => expectAuditToHold(faults.stack));
});
