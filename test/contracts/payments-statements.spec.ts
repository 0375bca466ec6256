import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RealPayments, tenant, clerk } from './real-payments';
import { sampleCamt, sampleStatement } from '../../libs/payments/src/domain/statements/sample-statements';
import { BankEntries, type BankEntryRow } from '../../libs/payments/src/statements/bank-entry.schema';
import { EntryBooking } from '../../libs/payments/src/statements/entry-booking.service';
import { EntryDecision } from '../../libs/payments/src/statements/entry-decision.service';
import { StatementImportService } from '../../libs/payments/src/statements/statement-import.service';
import { type PaymentRow, Payments } from '../../libs/payments/src/received/payment.schema';

const account = 'DE89370400440532013000';

describe('bank statements, several workers on a real MongoDB', () => {
  let real: RealPayments;
  beforeAll(async () => {
    real = await RealPayments.start();
    await real.bankAccount(account);
  });
  afterAll(() => real.stop());

  const file = (from: number, to: number) => {
    const entries = Array.from({ length: to - from }, (_, each) => {
      const no = from + each;
      return {
        amount: '12.50',
        reference: `ref ${no}`,
        text: `INV-${no}`,
        structured: `INV-${no}`,
        name: `Payer ${no}`,
      };
    });
    const bytes = Buffer.from(sampleCamt(sampleStatement(entries)));
    return { bytes, format: 'camt.053' as const, fileName: `${from}.xml`, bankAccountId: null };
  };

  it('files that overlap, taken at once and booked by two workers each, are each entry once', async () => {
    for (let no = 0; no < 30; no += 1) {
      await real.account(`acc_${no}`);
      await real.payable(`inv_${no}`, `acc_${no}`, {
        invoiceNumber: `INV-${no}`,
        numberKey: `INV${no}`,
        openMinor: 1_250,
      });
    }
    const imports = real.get(StatementImportService);
    const taken = await Promise.all(
      [file(0, 20), file(10, 30), file(0, 20)].map((each) => imports.receive(clerk, each)),
    );
    expect(taken.map(({ isNew }) => isNew).sort()).toEqual([false, true, true]);
    const at = new Date().toISOString();
    const ids = [...new Set(taken.map(({ row }) => row._id))];
    const work = () =>
      Promise.allSettled([...ids, ...ids].map((id) => real.get(EntryBooking).bookSome(tenant, id, at, 50)));
    await work();
    await work();
    const entries = await real.rows<BankEntryRow>(tenant, BankEntries).find({});
    expect(entries).toHaveLength(30);
    expect(new Set(entries.map(({ state }) => state))).toEqual(new Set(['booked']));
    const payments = await real.rows<PaymentRow>(tenant, Payments).find({});
    expect(payments.map(({ accountId }) => accountId).sort()).toEqual(
      Array.from({ length: 30 }, (_, no) => `acc_${no}`).sort(),
    );
  });

  it('an entry that two people assign at once is assigned once', async () => {
    await real.account('acc_a');
    await real.account('acc_b');
    const entry = { amount: '40.00', reference: 'ref x', text: 'thanks', name: 'Nobody' };
    const bytes = Buffer.from(sampleCamt(sampleStatement([entry])));
    const imports = real.get(StatementImportService);
    const { row } = await imports.receive(clerk, {
      bytes,
      format: 'camt.053',
      fileName: 'x.xml',
      bankAccountId: null,
    });
    await real.get(EntryBooking).bookSome(tenant, row._id, new Date().toISOString(), 50);
    const [open] = await real.rows<BankEntryRow>(tenant, BankEntries).find({ importId: row._id });
    const assign = (accountId: string) =>
      real.get(EntryDecision).assign(clerk, open?._id ?? '', {
        ...{ parts: [{ accountId, invoiceId: null, amountMinor: 4_000 }], currency: 'EUR' },
        ...{ sendBackRest: false, reason: 'said on the phone' },
      });
    const settle = () =>
      real
        .get(EntryDecision)
        .settle(clerk, open?._id ?? '', { as: 'sentBack', gateway: 'bank', reason: 'not ours' });
    const all = await Promise.allSettled([assign('acc_a'), assign('acc_b'), settle()]);
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const paid = await real.rows(tenant, Payments).count({ accountId: { $in: ['acc_a', 'acc_b'] } });
    expect(paid).toBe(all[2]?.status === 'fulfilled' ? 0 : 1);
  });
});
