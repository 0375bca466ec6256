import { heldMinor } from '../domain/statements/undo-entry';
import type { BankAccountRow } from './bank-account.schema';
import type { EntryTally } from './bank-entry.repository';
import type { BankEntryRow, StatementImportRow } from './bank-entry.schema';

const money = (minor: number, currency: string) => ({ minor, currency });

export const bankAccountView = ({
  bankAccountId,
  name,
  account,
  currency,
  csv,
  changedAt,
}: BankAccountRow) => ({
  ...{ id: bankAccountId, name, account, currency, csv, changedAt },
});

export const statementImportView = (row: StatementImportRow, tally: readonly EntryTally[] = []) => ({
  ...{ id: row._id, fileName: row.fileName, format: row.format, state: row.state },
  ...{ bankAccountIds: row.bankAccountIds, statements: row.statements },
  ...{ entries: row.entries, known: row.known, skipped: row.skipped },
  sums: tally.map(({ direction, state, currency, entries, minor }) => ({
    ...{ direction, state, entries, amount: money(minor, currency) },
  })),
  ...{ receivedAt: row.receivedAt, by: row.by },
});

export const bankEntryView = ({ _id, amountMinor, currency, ...row }: BankEntryRow) => ({
  ...{ id: _id, importId: row.importId, place: row.place, bankAccountId: row.bankAccountId },
  ...{ direction: row.direction, isReversal: row.isReversal, isBatch: row.isBatch },
  amount: money(amountMinor, currency),
  bookedOn: row.bookedOn,
  counterparty: { name: row.counterpartyName, iban: row.counterpartyIban },
  ...{ bankReference: row.bankReference, references: row.references, endToEndId: row.endToEndId },
  ...{ text: row.text, flags: row.flags, state: row.state, matchedBy: row.matchedBy },
  held: money(heldMinor({ ...row, amountMinor }), currency),
  parts: row.parts.map(({ paymentId, accountId, invoiceId, amountMinor: minor, undoneAt = null }) => ({
    ...{ paymentId, accountId, invoiceId, amount: money(minor, currency), undoneAt },
  })),
  settlement: row.settlement && {
    as: row.settlement.as,
    gateway: row.settlement.gateway,
    amount: money(row.settlement.amountMinor, currency),
  },
  suggestions: row.suggestions,
  ...{ otherEntryId: row.otherEntryId, decidedAt: row.decidedAt, decidedBy: row.decidedBy },
});
