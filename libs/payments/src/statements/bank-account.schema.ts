import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { CsvMapping } from '../domain/statements/read-csv';

/** An account of the operator's at a bank, and how that bank writes its statements. */
export interface BankAccountRow {
  /** `<tenantId>/<bankAccountId>` */
  _id: string;
  bankAccountId: string;
  name: string;
  /** IBAN or number, without blanks. */
  account: string;
  currency: string;
  /** `null`: its statements are camt.053 only. */
  csv: CsvMapping | null;
  changedAt: Instant;
}

const text = { type: String, required: true };

export const BankAccounts = defineCollection<BankAccountRow>(
  'bankAccounts',
  rowSchema({
    _id: text,
    bankAccountId: text,
    name: text,
    account: text,
    currency: text,
    csv: Object,
    changedAt: text,
  }),
  [{ keys: { account: 1, currency: 1 }, unique: true }],
);

/** Who has paid from which bank account before: learnt from what was certain, or said by a person. */
interface PayerBankAccountRow {
  /** `<tenantId>/<iban>/<accountId>` */
  _id: string;
  iban: string;
  accountId: string;
  learntAt: Instant;
}

export const PayerBankAccounts = defineCollection<PayerBankAccountRow>(
  'payerBankAccounts',
  rowSchema({ _id: text, iban: text, accountId: text, learntAt: text }),
  [{ keys: { iban: 1, accountId: 1 } }],
);
