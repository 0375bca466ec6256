import { Injectable } from '@nestjs/common';
import { referenceKey } from '@tollkeeper/contracts';
import { availableMinor } from '../domain/attempts/reservations';
import {
  type KnownAccount,
  type Match,
  matchEntry,
  type OpenInvoice,
} from '../domain/statements/match-entry';
import { referencesIn } from '../domain/statements/references-in';
import { PayableRepository } from '../payables/payable.repository';
import type { PayableRow } from '../payables/payable.schema';
import { ProfileRepository } from '../payers/profile.repository';
import type { AccountCopyRow } from '../payers/profile.schema';
import { BankAccountRepository } from './bank-account.repository';
import type { BankEntryRow } from './bank-entry.schema';

const mostKeys = 500;
const mostOfAmount = 20;
const mostOfName = 5;
/** `acc_` and sixteen signs, as people type it. */
const accountNumber = /^ACC([0-9A-Z]{16})$/;

/** Looks up what an entry's words, bank account, name and amount may stand for, and decides by the rules of the domain. */
@Injectable()
export class EntryMatching {
  constructor(
    private readonly payables: PayableRepository,
    private readonly profiles: ProfileRepository,
    private readonly bankAccounts: BankAccountRepository,
  ) {}

  async match(tenantId: string, entry: BankEntryRow): Promise<Match> {
    const { certain, possible } = referencesIn(entry);
    const keys = [...certain, ...possible].slice(0, mostKeys);
    const named = await this.payables.byNumberKeys(tenantId, keys);
    const payerIds = await this.bankAccounts.payersOf(tenantId, entry.counterpartyIban);
    const numbers = keys.flatMap((key) => accountNumber.exec(key)?.[1] ?? []);
    const namedIds = numbers.map((number) => `acc_${number.toLowerCase()}`);
    const known = await this.profiles.accounts(tenantId, [...payerIds, ...namedIds]);
    const sameName =
      entry.counterpartyName === ''
        ? []
        : await this.profiles.named(tenantId, entry.counterpartyName, mostOfName);
    const { amountMinor, currency } = entry;
    const sameAmount = await this.payables.openOfAmount(tenantId, amountMinor, currency, mostOfAmount);
    const suspects = [...payerIds, ...namedIds, ...sameName.map(({ _id }) => _id)];
    const theirs = suspects.length === 0 ? [] : await this.payables.openOf(tenantId, suspects);
    const accountsOf = (ids: string[]): KnownAccount[] =>
      ids.flatMap((id) => known.get(id) ?? []).map(accountOf);
    return matchEntry(entry, {
      ...{ certain, possible, named: named.map(invoiceOf) },
      accounts: accountsOf(namedIds),
      byIban: accountsOf(payerIds),
      byName: sameName.map(accountOf),
      open: [...new Map([...sameAmount, ...theirs].map((row) => [row._id, invoiceOf(row)])).values()],
    });
  }
}

const invoiceOf = (row: PayableRow): OpenInvoice => ({
  ...{ invoiceId: row._id, accountId: row.accountId, invoiceNumber: row.invoiceNumber },
  ...{ numberKey: referenceKey(row.invoiceNumber), currency: row.currency },
  ...{ availableMinor: availableMinor(row), dueOn: row.dueOn },
});

const accountOf = ({ _id: accountId, customerName, currency }: AccountCopyRow): KnownAccount => ({
  ...{ accountId, accountKey: referenceKey(accountId), customerName, currency },
});
