import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { conflict } from '@tollkeeper/platform';
import { clerk, RealPayments, tenant } from './real-payments';
import { sampleCamt, sampleStatement } from '../../libs/payments/src/domain/statements/sample-statements';
import { Collections } from '../../libs/payments/src/dunning/collection.schema';
import { type PayableRow, Payables } from '../../libs/payments/src/payables/payable.schema';
import { type PaymentRow, Payments } from '../../libs/payments/src/received/payment.schema';
import { BankEntries, type BankEntryRow } from '../../libs/payments/src/statements/bank-entry.schema';
import { BankEntryRepository } from '../../libs/payments/src/statements/bank-entry.repository';
import { EntryBooking } from '../../libs/payments/src/statements/entry-booking.service';
import { EntryMatching } from '../../libs/payments/src/statements/entry-matching.service';
import { StatementImportService } from '../../libs/payments/src/statements/statement-import.service';

type Sample = Parameters<typeof sampleStatement>[0][number];

const account = 'DE89370400440532013000';
const iban = 'GB33BUKB20201555555555';
const at = '2026-03-01T00:00:00.000Z';

describe('entries of a statement that are booked together', () => {
  let real: RealPayments;
  beforeAll(async () => {
    real = await RealPayments.start();
    await real.bankAccount(account);
  });
  afterAll(() => real.stop());
  afterEach(() => void jest.restoreAllMocks());

  let no = 0;
  /** Owes 12.50 by an invoice. */
  async function debtor(invoiceNumber: string, openMinor = 1_250): Promise<{ id: string; bill: string }> {
    const [id, bill] = [`acc_${++no}`, `inv_${no}`];
    await real.account(id);
    await real.payable(bill, id, { invoiceNumber, numberKey: invoiceNumber.replace('-', ''), openMinor });
    return { id, bill };
  }

  async function taken(entries: readonly Sample[]): Promise<string> {
    const bytes = Buffer.from(
      sampleCamt(
        sampleStatement(entries.map((entry, index) => ({ reference: `${++no}.${index}`, ...entry }))),
      ),
    );
    const file = { bytes, format: 'camt.053' as const, fileName: 'file.xml', bankAccountId: null };
    return (await real.get(StatementImportService).receive(clerk, file)).row._id;
  }

  const book = (importId: string, limit = 1_000) =>
    real.get(EntryBooking).bookSome(tenant, importId, at, limit);
  const entriesOf = (importId: string): Promise<BankEntryRow[]> =>
    real.rows<BankEntryRow>(tenant, BankEntries).find({ importId }, { sort: { no: 1 } });
  const standing = async (importId: string): Promise<string[]> =>
    (await entriesOf(importId)).map(
      ({ state, matchedBy }) => `${state}${matchedBy ? ` by ${matchedBy}` : ''}`,
    );
  const heldBack = async (bill: string): Promise<number[]> => {
    const row = await real.rows<PayableRow>(tenant, Payables).findOne({ _id: bill });
    return (row?.reservations ?? []).map(({ amountMinor }) => amountMinor);
  };
  /** Rows that match; a row of several facts counts as one each. */
  const outbox = async (filter: object): Promise<number> => {
    const each = { $unwind: { path: '$message.facts', preserveNullAndEmptyArrays: true } };
    const found = real.database.db.collection('outbox').aggregate([each, { $match: filter }]);
    return (await found.toArray()).length;
  };

  it('three that pay one bill: in part, in part, and over; what is over is credit', async () => {
    const { id, bill } = await debtor('INV-100');
    const importId = await taken(['5.00', '4.50', '5.00'].map((amount) => ({ amount, text: 'INV-100' })));
    expect(await book(importId)).toEqual({ more: false });
    expect(await heldBack(bill)).toEqual([500, 450, 300]);
    const payments = await real.rows<PaymentRow>(tenant, Payments).find({ accountId: id });
    expect(payments.map(({ amountMinor }) => amountMinor).sort()).toEqual([450, 500, 500]);
    expect(new Set(payments.map(({ invoiceId }) => invoiceId))).toEqual(new Set([bill]));
  });

  it('digits that are no certain number count while the amount is what is open: the second finds it paid', async () => {
    await debtor('70012345');
    const importId = await taken([
      { amount: '12.50', text: 'for 70012345' },
      { amount: '12.50', text: 'for 70012345 again' },
    ]);
    await book(importId);
    expect(await standing(importId)).toEqual(['booked by invoiceReference', 'unmatched']);
  });

  it('what an entry teaches of its bank account counts for the next; a second account ends it', async () => {
    await debtor('INV-201');
    const { bill: second } = await debtor('INV-202', 900);
    const importId = await taken([
      { amount: '2.50', text: 'INV-201', iban },
      { amount: '10.00', text: '', iban },
      { amount: '1.00', text: 'INV-202', iban },
      { amount: '8.00', text: 'the rest', iban },
    ]);
    await book(importId);
    expect(await standing(importId)).toEqual([
      'booked by invoiceReference',
      'booked by ibanAndAmount',
      'booked by invoiceReference',
      'unmatched',
    ]);
    expect(await heldBack(second)).toEqual([100]);
    const [, , , last] = await entriesOf(importId);
    expect(last?.suggestions[0]).toMatchObject({ why: ['iban', 'amountOfInvoice'], invoiceId: second });
  });

  it('the case of an account hears of each payment once', async () => {
    const [chased, free] = [await debtor('INV-301'), await debtor('INV-302')];
    const open = { _id: 'col_1', accountId: chased.id, state: 'open' };
    await real.database.db
      .collection(Collections.name)
      .insertOne({ ...open, tenantId: tenant } as never, { bypassDocumentValidation: true });
    const before = await outbox({ 'message.kind': 'signal' });
    const importId = await taken(['INV-301', 'INV-302', 'INV-301'].map((text) => ({ amount: '1.00', text })));
    await book(importId);
    expect(await outbox({ 'message.kind': 'signal' })).toBe(before + 2);
    const payments = await real
      .rows<PaymentRow>(tenant, Payments)
      .find({ accountId: { $in: [chased.id, free.id] } });
    for (const { _id, accountId } of payments) {
      const signal = { 'message.kind': 'signal', 'message.event.eventId': _id };
      expect(await outbox(signal)).toBe(accountId === chased.id ? 1 : 0);
      expect(await outbox({ 'message.topic': 'paymentChanged', 'message.facts.paymentId': _id })).toBe(1);
    }
  });

  it('one that the domain refuses goes into suspense, the others of its batch are booked', async () => {
    const { bill } = await debtor('INV-400');
    const importId = await taken(['INV-400', 'BAD-1', 'INV-400'].map((text) => ({ amount: '2.00', text })));
    const matching = real.get(EntryMatching);
    const match = matching.matchOn.bind(matching);
    jest.spyOn(matching, 'matchOn').mockImplementation((tenantId, ground, entry) => {
      if (entry.text === 'BAD-1') throw conflict('bad', 'It cannot be booked.');
      return match(tenantId, ground, entry);
    });
    expect(await book(importId)).toEqual({ more: false });
    expect(await standing(importId)).toEqual([
      'booked by invoiceReference',
      'unmatched',
      'booked by invoiceReference',
    ]);
    expect(await heldBack(bill)).toEqual([200, 200]);
    const [, bad] = await entriesOf(importId);
    expect(await outbox({ 'message.facts.key': `${bad?._id}/held` })).toBe(1);
  });

  it('one that fails for a cause unknown stays open and is told; the others are booked, and it is once that is mended', async () => {
    const { bill } = await debtor('INV-500');
    const importId = await taken(['INV-500', 'BAD-2', 'INV-500'].map((text) => ({ amount: '2.00', text })));
    const matching = real.get(EntryMatching);
    const match = matching.matchOn.bind(matching);
    jest.spyOn(matching, 'matchOn').mockImplementation((tenantId, ground, entry) => {
      if (entry.text === 'BAD-2') throw new RangeError('a bug');
      return match(tenantId, ground, entry);
    });
    await expect(book(importId)).rejects.toThrow('a bug');
    expect(await standing(importId)).toEqual([
      'booked by invoiceReference',
      'received',
      'booked by invoiceReference',
    ]);
    jest.restoreAllMocks();
    expect(await book(importId)).toEqual({ more: false });
    expect((await standing(importId))[1]).toBe('unmatched');
    expect(await heldBack(bill)).toEqual([200, 200]);
  });

  it('a batch that ends before it is durable has booked nothing; the next try books it once', async () => {
    const { id, bill } = await debtor('INV-600');
    const importId = await taken(['3.00', '4.00'].map((amount) => ({ amount, text: 'INV-600' })));
    jest.spyOn(real.get(BankEntryRepository), 'decideAll').mockRejectedValue(new Error('killed'));
    await expect(book(importId)).rejects.toThrow('killed');
    expect(await standing(importId)).toEqual(['received', 'received']);
    expect(await real.rows(tenant, Payments).count({ accountId: id })).toBe(0);
    expect(await heldBack(bill)).toEqual([]);
    jest.restoreAllMocks();
    await book(importId);
    expect(await heldBack(bill)).toEqual([300, 400]);
  });

  it('a file of several batches is booked in its order, round by round; what takes money back goes last', async () => {
    const { id, bill } = await debtor('INV-700', 100_000);
    const lines = Array.from({ length: 250 }, (_, each) => ({
      ...{ amount: `1.${String(each % 100).padStart(2, '0')}`, text: 'INV-700', reference: `line ${each}` },
    }));
    const back = { amount: '1.07', kind: 'DBIT' as const, reversal: true, reference: 'line 7', text: 'back' };
    const importId = await taken([back, ...lines]);
    expect(await book(importId, 120)).toEqual({ more: true });
    const first = (await entriesOf(importId)).filter(({ state }) => state === 'booked');
    expect(first.map((entry) => entry.no)).toEqual(Array.from({ length: 120 }, (_, each) => each + 2));
    expect(await book(importId, 120)).toEqual({ more: true });
    expect(await book(importId, 120)).toEqual({ more: false });
    const [reversal, ...others] = await entriesOf(importId);
    expect(reversal).toMatchObject({ state: 'booked', matchedBy: 'reversal', otherEntryId: others[7]?._id });
    expect(others.map(({ state }) => state)).toEqual(
      lines.map((_, each) => (each === 7 ? 'reversed' : 'booked')),
    );
    expect((await heldBack(bill)).length).toBe(250);
    expect(await real.rows(tenant, Payments).count({ accountId: id })).toBe(250);
  });
});
