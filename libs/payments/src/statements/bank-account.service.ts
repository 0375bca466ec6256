import { Injectable } from '@nestjs/common';
import { checkDigitsHold } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  isDuplicateKey,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { bankAccountKey } from '../domain/statements/bank-entry';
import type { CsvMapping } from '../domain/statements/read-csv';
import { BankAccountRepository } from './bank-account.repository';
import type { BankAccountRow } from './bank-account.schema';

interface BankAccountTerms {
  name: string;
  account: string;
  currency: string;
  csv: CsvMapping | null;
  reason: string;
}

/** Which accounts at banks are the operator's: a statement of any other is refused. */
@Injectable()
export class BankAccountService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly accounts: BankAccountRepository,
  ) {}

  async put(principal: Principal, bankAccountId: string, wanted: BankAccountTerms): Promise<BankAccountRow> {
    const { tenantId } = principal;
    const { name, currency, csv, reason } = wanted;
    const account = bankAccountKey(wanted.account);
    refuseNumber(account);
    refuseMapping(csv);
    const changedAt = await this.clock.now(tenantId);
    const row: BankAccountRow = {
      ...{ _id: `${tenantId}/${bankAccountId}`, bankAccountId, name, account, currency, csv, changedAt },
    };
    const before = await this.accounts.one(tenantId, bankAccountId);
    const saved = this.database.transaction(async () => {
      await this.accounts.save(tenantId, row);
      const entry = { at: changedAt, what: 'putBankAccount', entity: bankAccountId, reason };
      await this.audit.record(principal, { ...entry, before, after: { name, account, currency, csv } });
      return row;
    });
    return saved.catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      throw badInput('account', `Account ${account} in ${currency} is there under another name.`);
    });
  }
}

function refuseNumber(account: string): void {
  const looksLikeIban = /^[A-Z]{2}\d{2}/.test(account);
  if (looksLikeIban && !checkDigitsHold(account))
    throw badInput('account', 'The check digits of this IBAN do not hold.');
}

function refuseMapping(csv: CsvMapping | null): void {
  if (!csv) return;
  const { amount, credit, debit } = csv.columns;
  if ((amount === undefined) === (credit === undefined || debit === undefined))
    throw badInput('csv.columns', 'Name either `amount`, or `credit` and `debit`.');
  if (csv.decimal === csv.delimiter && csv.delimiter !== ',')
    throw badInput('csv.decimal', 'The decimal sign also parts the columns.');
}
