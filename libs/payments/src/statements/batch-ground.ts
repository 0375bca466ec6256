import { referenceKey } from '@tollkeeper/contracts';
import { availableMinor, type Reservation } from '../domain/attempts/reservations';
import type { Findings, KnownAccount, OpenInvoice } from '../domain/statements/match-entry';
import { type NamedReferences, referencesIn } from '../domain/statements/references-in';
import type { PayableRow } from '../payables/payable.schema';
import type { AccountCopyRow } from '../payers/profile.schema';
import type { KnownPayer } from './bank-account.repository';
import type { BankEntryRow } from './bank-entry.schema';

const mostKeys = 500;
const mostNamed = 50;
/** `acc_` and sixteen signs, as people type it. */
const accountNumber = /^ACC([0-9A-Z]{16})$/;

interface Words extends NamedReferences {
  keys: string[];
  accountIds: string[];
}

export interface SameAmount {
  amountMinor: number;
  currency: string;
}

const amountKey = ({ amountMinor, currency }: SameAmount): string => `${currency} ${amountMinor}`;

/**
 * What the entries of a batch may be for, as it was read at once, and as each entry leaves it to the next: what one has
 * paid, or has taught of its bank account, the entries behind it see.
 */
export class BatchGround {
  private readonly words: Map<string, Words>;
  private readonly payables = new Map<string, PayableRow>();
  private readonly byNumberKey = new Map<string, string[]>();
  private readonly openOf = new Map<string, string[]>();
  private readonly accounts = new Map<string, AccountCopyRow>();
  private readonly byIban = new Map<string, Set<string>>();
  private readonly byName = new Map<string, string[]>();
  private readonly byAmount = new Map<string, string[]>();
  private readonly suspected = new Set<string>();
  readonly learnt: KnownPayer[] = [];

  constructor(entries: readonly BankEntryRow[]) {
    this.words = new Map(entries.map((entry) => [entry._id, wordsOf(entry)]));
  }

  get keys(): string[] {
    return [...new Set([...this.words.values()].flatMap(({ keys }) => keys))];
  }

  /** Accounts that are named, have paid from these bank accounts, or whose invoices are named. */
  get accountIds(): string[] {
    const named = [...this.words.values()].flatMap(({ accountIds }) => accountIds);
    const payers = [...this.byIban.values()].flatMap((ids) => [...ids]);
    const owners = [...this.payables.values()].map(({ accountId }) => accountId);
    return [...new Set([...named, ...payers, ...owners])];
  }

  addNamed(rows: readonly PayableRow[]): void {
    for (const row of this.add(rows)) {
      const key = row.numberKey ?? '';
      this.byNumberKey.set(key, [...(this.byNumberKey.get(key) ?? []), row._id]);
    }
  }

  addPayers(payers: ReadonlyMap<string, readonly string[]>): void {
    for (const [iban, ids] of payers) this.byIban.set(iban, new Set(ids));
  }

  addAccounts(rows: ReadonlyMap<string, AccountCopyRow>): void {
    for (const [id, row] of rows) this.accounts.set(id, row);
  }

  /** All that is open of these accounts, oldest first. */
  addOpen(accountIds: readonly string[], rows: readonly PayableRow[]): void {
    for (const accountId of accountIds) this.openOf.set(accountId, []);
    for (const { _id, accountId } of this.add(rows)) this.openOf.get(accountId)?.push(_id);
  }

  addNames(names: ReadonlyMap<string, string[]>): void {
    for (const [name, ids] of names) this.byName.set(name, ids);
  }

  addOfAmount(amount: SameAmount, rows: readonly PayableRow[]): void {
    this.byAmount.set(
      amountKey(amount),
      this.add(rows).map(({ _id }) => _id),
    );
  }

  knowsAmount(amount: SameAmount): boolean {
    return this.byAmount.has(amountKey(amount));
  }

  knowsOpenOf(accountId: string): boolean {
    return this.openOf.has(accountId);
  }

  /** Of which accounts' names, and invoices of the same amount, all is at hand. */
  noteSuspected(entries: readonly BankEntryRow[]): void {
    for (const { _id } of entries) this.suspected.add(_id);
  }

  isSuspected({ _id }: BankEntryRow): boolean {
    return this.suspected.has(_id);
  }

  account(accountId: string): AccountCopyRow | undefined {
    return this.accounts.get(accountId);
  }

  /** The invoice, or all that was open of the account when the batch was read. */
  candidates(accountId: string, invoiceId: string | null): PayableRow[] {
    const ids = invoiceId === null ? (this.openOf.get(accountId) ?? []) : [invoiceId];
    return ids.flatMap((id) => this.payables.get(id) ?? []);
  }

  reserve(heldBack: readonly { invoiceId: string; reservation: Reservation }[]): void {
    for (const { invoiceId, reservation } of heldBack) {
      const row = this.payables.get(invoiceId);
      if (row) this.payables.set(invoiceId, { ...row, reservations: [...row.reservations, reservation] });
    }
  }

  learn(payer: KnownPayer): void {
    const known = this.byIban.get(payer.iban) ?? new Set();
    if (known.has(payer.accountId)) return;
    this.byIban.set(payer.iban, new Set([...known, payer.accountId].sort()));
    this.learnt.push(payer);
  }

  findingsFor(entry: BankEntryRow): Findings {
    const { certain, possible, keys, accountIds } = this.words.get(entry._id) ?? wordsOf(entry);
    const payerIds = [...(this.byIban.get(entry.counterpartyIban) ?? [])];
    const byName = this.byName.get(entry.counterpartyName) ?? [];
    const named = this.rows(keys.flatMap((key) => this.byNumberKey.get(key) ?? []));
    const theirs = [...payerIds, ...accountIds, ...byName].flatMap((id) => this.openOf.get(id) ?? []);
    const open = [...new Set([...(this.byAmount.get(amountKey(entry)) ?? []), ...theirs])];
    return {
      ...{ certain, possible, named: named.sort(oldestFirst).slice(0, mostNamed).map(invoiceOf) },
      accounts: this.accountsOf(accountIds),
      byIban: this.accountsOf(payerIds),
      byName: this.accountsOf(byName),
      open: this.rows(open).map(invoiceOf),
    };
  }

  /** Those that are new here; of the others this batch may have changed what it knows. */
  private add(rows: readonly PayableRow[]): readonly PayableRow[] {
    for (const row of rows) if (!this.payables.has(row._id)) this.payables.set(row._id, row);
    return rows;
  }

  private rows(ids: readonly string[]): PayableRow[] {
    return ids.flatMap((id) => this.payables.get(id) ?? []);
  }

  private accountsOf(ids: readonly string[]): KnownAccount[] {
    return ids.flatMap((id) => this.accounts.get(id) ?? []).map(accountOf);
  }
}

function wordsOf(entry: BankEntryRow): Words {
  const { certain, possible } = referencesIn(entry);
  const keys = [...certain, ...possible].slice(0, mostKeys);
  const numbers = keys.flatMap((key) => accountNumber.exec(key)?.[1] ?? []);
  return { certain, possible, keys, accountIds: numbers.map((number) => `acc_${number.toLowerCase()}`) };
}

const oldestFirst = (left: PayableRow, right: PayableRow): number =>
  left.dueOn === right.dueOn ? (left._id < right._id ? -1 : 1) : left.dueOn < right.dueOn ? -1 : 1;

const invoiceOf = (row: PayableRow): OpenInvoice => ({
  ...{ invoiceId: row._id, accountId: row.accountId, invoiceNumber: row.invoiceNumber },
  ...{ numberKey: referenceKey(row.invoiceNumber), currency: row.currency },
  ...{ availableMinor: availableMinor(row), dueOn: row.dueOn },
});

const accountOf = ({ _id: accountId, customerName, currency }: AccountCopyRow): KnownAccount => ({
  ...{ accountId, accountKey: referenceKey(accountId), customerName, currency },
});
