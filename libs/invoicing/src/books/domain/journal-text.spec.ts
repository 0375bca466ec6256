import { describe, expect, it } from '@jest/globals';
import { type JournalEntry, JournalText } from './journal-text';

const invoice: JournalEntry = {
  _id: 'inv_1/invoiceFinalized',
  rule: 'invoiceFinalized',
  at: '2026-02-01T11:00:00.000Z',
  on: '2026-02-01',
  accountId: 'acc_1',
  invoiceId: 'inv_1',
  paymentId: null,
  lines: [
    { account: 'receivable', amountMinor: 119_00, currency: 'EUR' },
    { account: 'revenue:data', amountMinor: -100_00, currency: 'EUR' },
    { account: 'taxPayable:DE', amountMinor: -19_00, currency: 'EUR' },
  ],
};
const yen: JournalEntry = {
  ...invoice,
  _id: 'inv_2/goodwill',
  note: 'belongs to 2026-01-31, which was "closed"',
  lines: [
    { account: 'goodwill', amountMinor: 500, currency: 'JPY' },
    { account: 'customerCredit', amountMinor: -500, currency: 'JPY' },
  ],
};

const day = (...entries: JournalEntry[]) => {
  const text = new JournalText('2026-02-01');
  for (const entry of entries) text.add(entry);
  return text;
};

describe('the journal of a day', () => {
  it('lists postings line by line, with exact decimals of each currency', () => {
    expect(day(invoice, yen).files()['postings.csv'].toString().split('\r\n')).toEqual([
      'on,postingId,rule,at,accountId,invoiceId,paymentId,ledgerAccount,ledgerAccountName,debit,credit,currency,note',
      '2026-02-01,inv_1/invoiceFinalized,invoiceFinalized,2026-02-01T11:00:00.000Z,acc_1,inv_1,,receivable,Receivables,119.00,,EUR,',
      '2026-02-01,inv_1/invoiceFinalized,invoiceFinalized,2026-02-01T11:00:00.000Z,acc_1,inv_1,,revenue:data,Revenue,,100.00,EUR,',
      '2026-02-01,inv_1/invoiceFinalized,invoiceFinalized,2026-02-01T11:00:00.000Z,acc_1,inv_1,,taxPayable:DE,Tax owed to a jurisdiction,,19.00,EUR,',
      '2026-02-01,inv_2/goodwill,invoiceFinalized,2026-02-01T11:00:00.000Z,acc_1,inv_1,,goodwill,Ex-gratia credits,500,,JPY,"belongs to 2026-01-31, which was ""closed"""',
      '2026-02-01,inv_2/goodwill,invoiceFinalized,2026-02-01T11:00:00.000Z,acc_1,inv_1,,customerCredit,Account credit owed to customers,,500,JPY,"belongs to 2026-01-31, which was ""closed"""',
      '',
    ]);
  });

  it('totals each ledger account and currency', () => {
    expect(day(invoice, invoice, yen).files()['totals.csv'].toString().split('\r\n').slice(1, 4)).toEqual([
      '2026-02-01,receivable,Receivables,asset,238.00,0.00,238.00,EUR',
      '2026-02-01,revenue:data,Revenue,income,0.00,200.00,-200.00,EUR',
      '2026-02-01,taxPayable:DE,Tax owed to a jurisdiction,liability,0.00,38.00,-38.00,EUR',
    ]);
  });

  it('is JSON that says the same, and the same bytes twice', () => {
    const [first, second] = [day(invoice, yen).files(), day(invoice, yen).files()];
    expect(second).toEqual(first);
    expect(JSON.parse(first['journal.json'].toString())).toMatchObject({
      on: '2026-02-01',
      totals: [
        { account: 'receivable', debit: '119.00', balance: '119.00', currency: 'EUR' },
        {},
        {},
        {},
        {},
      ],
      postings: [
        { id: 'inv_1/invoiceFinalized', note: null },
        { lines: [{ account: 'goodwill', debit: '500' }, {}] },
      ],
    });
  });
});
