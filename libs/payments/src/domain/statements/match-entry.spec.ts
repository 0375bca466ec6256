import { describe, expect, it } from '@jest/globals';
import { creditorReferenceOf, referenceKey } from '@tollkeeper/contracts';
import { type Findings, type KnownAccount, matchEntry, type OpenInvoice } from './match-entry';
import { referencesIn } from './references-in';

const invoice = (
  accountId: string,
  number: string,
  availableMinor: number,
  currency = 'EUR',
): OpenInvoice => ({
  ...{
    invoiceId: `inv_${number}`,
    accountId,
    invoiceNumber: number,
    numberKey: referenceKey(number),
    currency,
  },
  ...{ availableMinor, dueOn: `2026-02-${number.slice(-2)}` },
});
const account = (accountId: string, customerName = 'Jane Roe'): KnownAccount => ({
  ...{ accountId, accountKey: referenceKey(accountId), customerName, currency: 'EUR' },
});

const books = [
  invoice('acc_1', 'INV-000101', 1000),
  invoice('acc_1', 'INV-000102', 700),
  invoice('acc_2', 'INV-000203', 1599),
  invoice('acc_3', '20260304', 2500),
  invoice('acc_4', 'INV-000405', 0),
  invoice('acc_9', 'INV-000906', 1599, 'USD'),
];

/** What the repository would find for these words. */
function match(
  amountMinor: number,
  { text = '', references = [] as string[], known = [] as string[], called = [] as string[] },
) {
  const keys = referencesIn({ text, references, endToEndId: '' });
  const has = (key: string): boolean => keys.certain.has(key) || keys.possible.has(key);
  const byIban = known.map((accountId) => account(accountId));
  const findings: Findings = {
    ...keys,
    named: books.filter(({ numberKey }) => has(numberKey)),
    accounts: ['acc_1', 'acc_2'].map((id) => account(id)).filter(({ accountKey }) => has(accountKey)),
    byIban,
    byName: called.map((accountId) => account(accountId)),
    open: books.filter(
      ({ availableMinor, accountId }) => availableMinor === amountMinor || known.includes(accountId),
    ),
  };
  const matched = matchEntry({ amountMinor, currency: 'EUR' }, findings);
  return matched.parts
    ? `${matched.by}: ${matched.parts.map((part) => `${part.invoiceId ?? part.accountId} ${part.amountMinor}`).join(', ')}`
    : matched.suggestions.map(({ accountId, why }) => `${accountId} ${why.join('+')}`).join(', ');
}

describe('what an amount of a bank statement is for', () => {
  it.each([
    ['by number', 1599, { text: 'Invoice INV-000203 thanks' }, 'invoiceReference: inv_INV-000203 1599'],
    ['broken by blanks', 1599, { text: 'inv 000 203' }, 'invoiceReference: inv_INV-000203 1599'],
    ['a part of it', 500, { text: 'INV000203' }, 'invoiceReference: inv_INV-000203 500'],
    ['more than it', 2000, { text: 'INV000203' }, 'invoiceReference: inv_INV-000203 2000'],
    [
      'by creditor reference',
      1599,
      { references: [creditorReferenceOf('INV-000203') ?? ''] },
      'invoiceReference: inv_INV-000203 1599',
    ],
    [
      'by creditor reference in groups, in the text',
      1599,
      { text: (creditorReferenceOf('INV-000203') ?? '').replace(/(.{4})/g, '$1 ') },
      'invoiceReference: inv_INV-000203 1599',
    ],
    [
      'two invoices of one account, and something over',
      1800,
      { text: 'INV-000102 and INV-000101' },
      'invoiceReference: inv_INV-000101 1000, inv_INV-000102 700, acc_1 100',
    ],
    [
      'a paid invoice is named: the account is certain',
      300,
      { text: 'INV-000405' },
      'invoiceReference: inv_INV-000405 300',
    ],
    [
      'invoices of two accounts',
      1599,
      { text: 'INV-000101 INV-000203' },
      'acc_2 reference+amountOfInvoice, acc_1 reference',
    ],
    ['digits that the amount confirms', 2500, { text: 'no 20260304' }, 'invoiceReference: inv_20260304 2500'],
    ['digits that are a date', 1599, { text: 'of 2026-03-04' }, 'acc_3 reference, acc_2 amountOfInvoice'],
    ['by account number', 5, { text: 'customer ACC_1' }, 'accountReference: acc_1 5'],
    ['two account numbers', 5, { text: 'ACC_1 ACC_2' }, 'acc_1 accountReference, acc_2 accountReference'],
    [
      'a known bank account pays an invoice',
      1000,
      { known: ['acc_1'] },
      'ibanAndAmount: inv_INV-000101 1000',
    ],
    ['a known bank account pays all', 1700, { known: ['acc_1'] }, 'ibanAndAmount: acc_1 1700'],
    ['a known bank account pays something', 900, { known: ['acc_1'] }, 'acc_1 iban'],
    ['a bank account of two', 1000, { known: ['acc_1', 'acc_2'] }, 'acc_1 iban+amountOfInvoice, acc_2 iban'],
    ['a name and an amount', 1599, { called: ['acc_2', 'acc_1'] }, 'acc_2 name+amountOfInvoice, acc_1 name'],
    ['only an amount, in another currency too', 1599, {}, 'acc_2 amountOfInvoice'],
    ['an invoice in another currency', 77, { text: 'INV-000906' }, ''],
    ['nothing', 3, { text: 'hello' }, ''],
  ])('%s: %i', (_what, amountMinor, told, expected) => {
    expect(match(amountMinor, told)).toBe(expected);
  });
});
