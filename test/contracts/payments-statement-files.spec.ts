import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Problem } from '@tollkeeper/platform';
import { clerk, RealPayments, tenant } from './real-payments';
import { sampleCamt, sampleStatement } from '../../libs/payments/src/domain/statements/sample-statements';
import { BankEntryRepository } from '../../libs/payments/src/statements/bank-entry.repository';
import { BankEntries, StatementImports } from '../../libs/payments/src/statements/bank-entry.schema';
import { EntryBooking } from '../../libs/payments/src/statements/entry-booking.service';
import { StatementImportService } from '../../libs/payments/src/statements/statement-import.service';
import { StatementPages } from '../../libs/payments/src/statements/statement-page.schema';

const account = 'DE89370400440532013000';
const at = '2026-03-01T00:00:00.000Z';
describe('files of bank statements', () => {
  let real: RealPayments;
  beforeAll(async () => {
    real = await RealPayments.start();
    await real.bankAccount(account);
  });
  afterAll(() => real.stop());
  afterEach(() => void jest.restoreAllMocks());

  const camt = (what: string, count: number, last?: { amount: string }): Buffer =>
    Buffer.from(
      sampleCamt(
        sampleStatement([
          ...Array.from({ length: count }, (_, no) => ({ amount: '1.00', reference: `${what} ${no}` })),
          ...(last ? [last] : []),
        ]),
      ),
    );
  /** In pieces that end within letters and tags. */
  async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
    for (let from = 0; from < bytes.length; from += 7_919)
      yield await Promise.resolve(bytes.subarray(from, from + 7_919));
  }
  const receive = (bytes: Buffer | AsyncIterable<Buffer>) =>
    real
      .get(StatementImportService)
      .receive(clerk, { bytes, format: 'camt.053', fileName: 'file', bankAccountId: null });
  const book = (importId: string) => real.get(EntryBooking).bookSome(tenant, importId, at, 100);
  const entriesOf = (importId: string) => real.rows(tenant, BankEntries).count({ importId });
  const pages = () => real.rows(tenant, StatementPages).count({});
  const problemOf = (asked: Promise<unknown>) =>
    asked.then(
      () => null,
      (error: unknown) => (error instanceof Problem ? error.problem : null),
    );

  it('one that arrives in pieces is unpacked page by page, each entry once, also when that ended in the middle', async () => {
    const { row } = await receive(inPieces(camt('long', 2_300)));
    expect(row).toMatchObject({ entries: 2_300, known: 0, state: 'received' });
    expect([await pages(), await entriesOf(row._id)]).toEqual([3, 0]);
    const entries = real.get(BankEntryRepository);
    const insert = entries.insert.bind(entries);
    jest
      .spyOn(entries, 'insert')
      .mockImplementationOnce(insert)
      .mockImplementationOnce(async (tenantId, rows) => {
        await insert(tenantId, rows.slice(0, 300));
        throw new Error('killed');
      });
    await expect(book(row._id)).rejects.toThrow('killed');
    expect(await entriesOf(row._id)).toBe(1_300);
    expect(await book(row._id)).toEqual({ more: true });
    expect([await pages(), await entriesOf(row._id)]).toEqual([0, 2_300]);
    const unpacked = await real.rows(tenant, StatementImports).findOne({ _id: row._id });
    expect(unpacked).toMatchObject({ entries: 2_300, known: 0 });
  });

  it('what another file brings before it is unpacked is known', async () => {
    const [first, second] = [await receive(camt('twice', 10)), await receive(camt('twice', 12))];
    await book(second.row._id);
    await book(first.row._id);
    expect([await entriesOf(second.row._id), await entriesOf(first.row._id)]).toEqual([12, 0]);
    const row = await real.rows(tenant, StatementImports).findOne({ _id: first.row._id });
    expect(row).toMatchObject({ entries: 0, known: 10 });
    expect(await pages()).toBe(0);
  });

  it('refused at its last entry: nothing of it was taken, and it can come again corrected', async () => {
    const before = await real.rows(tenant, BankEntries).count({});
    const refused = await problemOf(receive(inPieces(camt('bad', 1_500, { amount: '1,00' }))));
    expect(refused).toMatchObject({ status: 422, code: 'badInput', field: 'statement 1, entry 1501' });
    expect([await pages(), await real.rows(tenant, BankEntries).count({})]).toEqual([0, before]);
    expect((await receive(camt('bad', 1_500, { amount: '1.00' }))).row.entries).toBe(1_501);
  });

  it('the same file again, and twice at once, is one import', async () => {
    const bytes = camt('same', 1_200);
    const both = await Promise.all([receive(inPieces(bytes)), receive(bytes)]);
    expect(new Set(both.map(({ row }) => row._id)).size).toBe(1);
    const again = await receive(bytes);
    expect([again.isNew, again.row._id]).toEqual([false, both[0]?.row._id]);
    await book(again.row._id);
    expect(await entriesOf(again.row._id)).toBe(1_200);
  });
});
