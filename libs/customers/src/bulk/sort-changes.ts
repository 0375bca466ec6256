import { isDeepStrictEqual } from 'node:util';
import type { Cycle, Instant } from '@tollkeeper/calendar';
import type { SubscriberImportCounts } from '@tollkeeper/contracts';
import { changedColumns } from '../accounts/account-change';
import type { AccountRow } from '../accounts/account.schema';
import { type BuyerBook, customerOf, payerOf } from '../domain/buyer-book';
import { changePlan } from '../domain/change-plan';
import { checkSale } from '../domain/check-sale';
import type { OfferingPrices } from '../domain/check-account';
import type { Finding } from '../domain/finding';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { type ChangeRecord, readChange, type WantedChange } from './read-change';
import type { RejectedLine } from './sort-new-subscribers';
import type { ChangeColumn, ReadLine } from './subscriber-columns';

/** Accounts that the lines name, with all their subscriptions. */
export interface StandingAccounts {
  prices: OfferingPrices;
  cycles: ReadonlyMap<string, Cycle>;
  accounts: readonly AccountRow[];
  subscriptions: readonly SubscriptionRow[];
  /** Who the accounts belong to; empty where no offering asks. */
  buyers: BuyerBook;
  /** Subscriptions with an open order: it decides what becomes of their plan. */
  inOrders: ReadonlySet<string>;
}

export interface MadeChange<Row> {
  before: Row;
  change: Partial<Row>;
}

export interface SortedChanges {
  accounts: MadeChange<AccountRow>[];
  plans: MadeChange<SubscriptionRow>[];
  rejected: RejectedLine[];
  counts: SubscriberImportCounts;
}

/** Lines are taken in the order of the file: a later one meets what the one before has changed. */
export class ChangeSorting {
  private readonly accounts: Map<string, AccountRow>;
  private readonly idsByName: Map<string, string>;
  private readonly subscriptions = new Map<string, Map<string, SubscriptionRow>>();
  private readonly sorted: SortedChanges = {
    accounts: [],
    plans: [],
    rejected: [],
    counts: { lines: 0, created: 0, changed: 0, unchanged: 0, rejected: 0 },
  };

  constructor(
    private readonly standing: StandingAccounts,
    private readonly at: Instant,
  ) {
    this.accounts = new Map(standing.accounts.map((row) => [row._id, row]));
    this.idsByName = new Map(standing.accounts.map(({ _id, externalId }) => [externalId, _id]));
    for (const row of standing.subscriptions) this.keep(row);
  }

  sort(lines: readonly ReadLine<ChangeColumn>[]): SortedChanges {
    const { counts, rejected } = this.sorted;
    for (const { lineNumber, reading } of lines) {
      counts.lines += 1;
      const outcome = 'record' in reading ? this.take(reading.record) : [reading.finding];
      if (outcome === 'changed' || outcome === 'unchanged') counts[outcome] += 1;
      else {
        counts.rejected += 1;
        rejected.push({ lineNumber, findings: outcome });
      }
    }
    return this.sorted;
  }

  /** All of a line or nothing of it. */
  private take(record: ChangeRecord): 'changed' | 'unchanged' | Finding[] {
    const account = this.accountOf(record);
    if (Array.isArray(account)) return account;
    const read = readChange(record);
    if ('findings' in read) return read.findings;
    const { wanted } = read;
    const { cycleId } = wanted.account;
    if (cycleId && !this.standing.cycles.has(cycleId))
      return [{ field: 'cycleId', reason: `cycle ${cycleId} is not known here (yet)` }];
    const change = different(account, changedColumns(wanted.account, this.standing.cycles));
    const changed = { ...account, ...change };
    const plan = wanted.plan && this.planChange(record, wanted.plan, changed);
    if (Array.isArray(plan)) return plan;
    if (Object.keys(change).length > 0) {
      this.accounts.set(account._id, changed);
      this.sorted.accounts.push({ before: account, change });
    }
    if (plan) {
      this.keep({ ...plan.before, ...plan.change });
      this.sorted.plans.push(plan);
    }
    return plan || Object.keys(change).length > 0 ? 'changed' : 'unchanged';
  }

  private accountOf({ accountId, accountExternalId }: ChangeRecord): AccountRow | Finding[] {
    const column = accountId ? 'accountId' : 'accountExternalId';
    const name = accountId ?? accountExternalId;
    if (name === undefined) return [{ field: column, reason: 'is missing' }];
    const found = this.accounts.get(accountId ?? this.idsByName.get(name) ?? '');
    if (!found) return [{ field: column, reason: `there is no account ${name}` }];
    const disagrees = accountExternalId !== undefined && found.externalId !== accountExternalId;
    return disagrees
      ? [{ field: 'accountExternalId', reason: `account ${found._id} is "${found.externalId}"` }]
      : found;
  }

  private planChange(
    record: ChangeRecord,
    { offeringId, from }: NonNullable<WantedChange['plan']>,
    account: AccountRow,
  ): MadeChange<SubscriptionRow> | null | Finding[] {
    const row = this.subscriptionOf(record, account);
    if (Array.isArray(row)) return row;
    const since = from ?? this.at;
    const last = row.plans.at(-1);
    const isAsWanted = last?.offeringId === offeringId && (from === null || last.from === from);
    if (isAsWanted) return null;
    if (this.standing.inOrders.has(row._id))
      return [
        {
          field: 'offeringId',
          reason: `subscription ${row._id} has an open order: let it end, or cancel it`,
        },
      ];
    const holder = { ...row, subscriptionId: row._id };
    const { prices } = this.standing;
    const change = changePlan(holder, account, prices, { offeringId, since, now: this.at });
    if ('plans' in change) {
      const customer = customerOf(this.standing.buyers, payerOf(account), row._id);
      const findings = checkSale({ offeringId, as: 'plan', from: since }, row, customer, prices);
      return findings.length > 0 ? findings : { before: row, change: { plans: change.plans } };
    }
    return change.kind === 'findings'
      ? change.findings
      : [{ field: 'offeringId', reason: `${change.reason} ${change.hint}` }];
  }

  private keep(row: SubscriptionRow): void {
    const own = this.subscriptions.get(row.accountId) ?? new Map<string, SubscriptionRow>();
    this.subscriptions.set(row.accountId, own.set(row._id, row));
  }

  /** Named by the line, or else the only one that the account has. */
  private subscriptionOf(
    { subscriptionId, subscriptionExternalId }: ChangeRecord,
    { _id, externalId }: AccountRow,
  ): SubscriptionRow | Finding[] {
    const own = [...(this.subscriptions.get(_id)?.values() ?? [])];
    const name = subscriptionId ?? subscriptionExternalId;
    const column = subscriptionId ? 'subscriptionId' : 'subscriptionExternalId';
    const live = own.filter(({ status }) => status !== 'terminated');
    const found =
      name === undefined ? live : own.filter((row) => (subscriptionId ? row._id : row.externalId) === name);
    const [first] = found;
    if (first && found.length === 1) return first;
    if (first)
      return [
        { field: column, reason: `account ${externalId} has ${found.length} subscriptions: say which one` },
      ];
    const reason =
      name === undefined
        ? `account ${externalId} has no live subscription`
        : `account ${externalId} has no subscription ${name}`;
    return [{ field: column, reason }];
  }
}

const different = (before: AccountRow, change: Partial<AccountRow>): Partial<AccountRow> =>
  Object.fromEntries(
    Object.entries(change).filter(
      ([column, value]) => !isDeepStrictEqual(before[column as keyof AccountRow], value),
    ),
  );
