import { Problem } from '@tollkeeper/platform';
import type { BankEntry } from '../domain/statements/bank-entry';
import { mostEntries, StatementIntake } from './statement-intake';

const account = 'DE89370400440532013000';
const entry: BankEntry = {
  ...{ place: 'line 2', bankAccount: account, bankReference: null, direction: 'in', isReversal: false },
  ...{ amountMinor: 100, currency: 'EUR', bookedOn: '2026-02-20', counterparty: { name: '', iban: '' } },
  ...{ references: [], endToEndId: '', text: 'x', isBatch: false },
};
const intake = (accounts: string[], currency = 'EUR') =>
  new StatementIntake({
    ...{ importId: 'bki_1', at: '2026-02-21T00:00:00.000Z', today: '2026-02-21' },
    accounts: accounts.map((number) => ({
      ...{ _id: number, bankAccountId: 'main', name: 'Main', account: number, currency, csv: null },
      changedAt: '2026-01-01T00:00:00.000Z',
    })),
  });

function problemOf(read: StatementIntake): string {
  try {
    read.refuse();
    return 'none';
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { field = '', detail, hint = '' } = error.problem;
    return [field, detail, hint].join(' | ');
  }
}

describe('entries of a file on their way', () => {
  it('more than 100,000: the refusal names the limit and the way out', () => {
    const read = intake([]);
    read.begin(account);
    for (let no = 0; no < mostEntries; no++) read.entry(entry);
    expect(problemOf(read)).toContain('none of yours');
    read.entry(entry);
    expect(problemOf(read)).toContain('It has more than 100000 entries');
    expect(problemOf(read)).toContain('Send it in parts');
  });

  it.each([
    ['', [account], 'EUR', entry],
    ['is none of yours', ['GB33BUKB20201555555555'], 'EUR', entry],
    ['the account is not kept in EUR', [account], 'USD', entry],
    [
      'is booked on 2026-02-22, it is only 2026-02-21',
      [account],
      'EUR',
      { ...entry, bookedOn: '2026-02-22' },
    ],
  ] as const)('refused: %s', (reason, accounts, currency, told) => {
    const read = intake([...accounts], currency);
    read.begin(account);
    read.entry(entry);
    read.entry(told);
    expect(problemOf(read)).toContain(reason || 'none');
    // Two that are told alike are two; nothing of what is refused is stored.
    expect(read.takePage(true)?.map(({ no }) => no) ?? null).toEqual(reason === '' ? [1, 2] : null);
  });

  it('a page is a thousand entries, or as many as fit into a document', () => {
    const read = intake([account]);
    read.begin(account);
    for (let no = 0; no < 1_200; no++) read.entry(entry);
    expect(
      [read.takePage(false), read.takePage(false), read.takePage(true)].map((page) => page?.length),
    ).toEqual([1_000, undefined, 200]);
    for (let no = 0; no < 20; no++)
      read.entry({ ...entry, references: Array.from({ length: 300 }, () => 'r'.repeat(2_000)) });
    expect([read.takePage(false), read.takePage(false)].map((page) => page?.length)).toEqual([15, undefined]);
    expect(read.takePage(true)?.[0]?.references).toHaveLength(200);
  });
});
