import { type Cycle, type Instant, instant, isInstant } from '@tollkeeper/calendar';
import type { SubscriberImportCounts, TenantProfile } from '@tollkeeper/contracts';
import type { NewAccount, NewSubscription } from '../accounts/account-fields';
import type { AccountRow } from '../accounts/account.schema';
import { accountRow, assignmentRows, subscriptionRow } from '../accounts/new-rows';
import { checkAccount, checkSubscription, type OfferingPrices } from '../domain/check-account';
import { type BuyerBook, customerOf, nobodyKnown, payerOf } from '../domain/buyer-book';
import { checkSale, type Customer } from '../domain/check-sale';
import { type Finding, inside } from '../domain/finding';
import { isAssigned } from '../domain/identifier-book';
import type { AssignmentRow } from '../identifiers/assignment.schema';
import type { OpenBooks } from '../identifiers/identifier-books.service';
import { placeIn } from '../identifiers/place-identifiers';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { idOfLine } from './line-ids';
import {
  byColumn,
  identifiersOf,
  type NewSubscriberRecord,
  readNewAccount,
  readNewSubscription,
  saidOtherwise,
} from './read-new-subscriber';
import type { NewSubscriberColumn, ReadLine } from './subscriber-columns';

/** What the lines of a batch meet. */
export interface Standing {
  operator: TenantProfile;
  prices: OfferingPrices;
  cycles: ReadonlyMap<string, Cycle>;
  /** Accounts and subscriptions that the lines name, by their external ids. */
  accounts: readonly AccountRow[];
  subscriptions: readonly Pick<SubscriptionRow, 'externalId' | 'accountId'>[];
  /** Who the accounts belong to; empty where no offering asks. */
  buyers: BuyerBook;
  /** The identifiers that the lines name, and who has, had or will have them. */
  books: OpenBooks;
}

export interface RejectedLine {
  lineNumber: number;
  findings: Finding[];
}

export interface SortedLines {
  accounts: AccountRow[];
  subscriptions: SubscriptionRow[];
  assignments: AssignmentRow[];
  rejected: RejectedLine[];
  counts: SubscriberImportCounts;
}

interface Accepted {
  account: AccountRow;
  isNew: boolean;
  subscription: NewSubscription;
}

/**
 * Every line by itself, in the order of the file: an account is made by the first good line that describes it, and
 * every good line adds its subscription. A bad line spoils no other, except those that leave to it to say whose they are.
 */
export class SubscriberSorting {
  private readonly accounts: Map<string, AccountRow>;
  private readonly subscriptions: Map<string, string>;
  /** Accounts that got a subscription by an earlier line: new customers no more. */
  private readonly served = new Set<string>();
  private readonly sorted: SortedLines = {
    accounts: [],
    subscriptions: [],
    assignments: [],
    rejected: [],
    counts: { lines: 0, created: 0, changed: 0, unchanged: 0, rejected: 0 },
  };

  constructor(
    private readonly standing: Standing,
    private readonly importId: string,
    private readonly at: Instant,
  ) {
    this.accounts = new Map(standing.accounts.map((row) => [row.externalId, row]));
    this.subscriptions = new Map(
      standing.subscriptions.map(({ externalId, accountId }) => [externalId ?? '', accountId]),
    );
  }

  sort(lines: readonly ReadLine<NewSubscriberColumn>[]): SortedLines {
    const { counts, rejected } = this.sorted;
    for (const { lineNumber, reading } of lines) {
      counts.lines += 1;
      const outcome = 'record' in reading ? this.take(lineNumber, reading.record) : [reading.finding];
      if (outcome === 'created' || outcome === 'unchanged') counts[outcome] += 1;
      else {
        counts.rejected += 1;
        rejected.push({ lineNumber, findings: outcome });
      }
    }
    return this.sorted;
  }

  private take(lineNumber: number, record: NewSubscriberRecord): 'created' | 'unchanged' | Finding[] {
    const known = this.accounts.get(record.accountExternalId ?? '') ?? null;
    if (this.isThere(record, known)) return 'unchanged';
    const accepted = known ? this.addition(record, known) : this.opening(lineNumber, record);
    if (Array.isArray(accepted)) return accepted;
    const { account, isNew, subscription } = accepted;
    const row = subscriptionRow(
      idOfLine('sub', this.importId, lineNumber),
      account._id,
      subscription,
      this.standing.prices,
    );
    const takenName = this.takenName(record, account);
    if (takenName.length > 0) return takenName;
    const identifiers = this.place(assignmentRows(row, subscription));
    if ('findings' in identifiers) return identifiers.findings;
    if (isNew) {
      this.accounts.set(account.externalId, account);
      this.sorted.accounts.push(account);
    }
    if (row.externalId) this.subscriptions.set(row.externalId, account._id);
    this.served.add(account._id);
    this.sorted.subscriptions.push(row);
    this.sorted.assignments.push(...identifiers.rows);
    return 'created';
  }

  /** Told by the subscription's own id, or else by its identifiers: all of one subscription of the account, since then. */
  private isThere(record: NewSubscriberRecord, account: AccountRow | null): boolean {
    if (!account) return false;
    const { subscriptionExternalId, activeFrom = '' } = record;
    if (subscriptionExternalId) return this.subscriptions.get(subscriptionExternalId) === account._id;
    if (!isInstant(activeFrom)) return false;
    const since = instant(activeFrom);
    const holders = identifiersOf(record).map((each) =>
      this.standing.books
        .get(each)
        .spans.filter(isAssigned)
        .find(({ from }) => from === since),
    );
    const [first] = holders;
    return (
      first?.accountId === account._id &&
      holders.every((holder) => holder?.subscriptionId === first.subscriptionId)
    );
  }

  private opening(lineNumber: number, record: NewSubscriberRecord): Accepted | Finding[] {
    if (record.accountExternalId !== undefined && saysNothingOfIt(record))
      return [
        {
          field: 'accountExternalId',
          reason: `there is no account ${record.accountExternalId}, and no good line before this one describes it`,
        },
      ];
    const read = readNewAccount(record);
    if ('findings' in read) return read.findings;
    const { account } = read;
    const [subscription] = account.subscriptions;
    const { operator, prices, cycles } = this.standing;
    const findings = [
      ...byColumn(checkAccount(account, operator, prices), record),
      ...(subscription ? this.notForThem(subscription, opener(account), record) : []),
      ...this.unknownCycle(account),
    ];
    if (findings.length > 0 || !subscription) return findings;
    const ids = {
      id: idOfLine('acc', this.importId, lineNumber),
      customerId: idOfLine('cus', this.importId, lineNumber),
    };
    // Its profile is told as it is inserted, so that this is its first revision.
    const row = { ...accountRow(ids, account, operator, cycles, this.at), revision: 1 };
    return { account: row, isNew: true, subscription };
  }

  private addition(record: NewSubscriberRecord, account: AccountRow): Accepted | Finding[] {
    // Who pays for it, and whether they can be billed for it, is more than a line can say.
    if (account.parents.length > 0)
      return [
        {
          field: 'accountExternalId',
          reason: `account ${account.externalId} has a parent account: add its subscription by itself`,
        },
      ];
    const read = readNewSubscription(record);
    if ('findings' in read) return [...saidOtherwise(record, account), ...read.findings];
    const { subscription } = read;
    const checked = checkSubscription(subscription, account, this.standing.prices);
    const findings = [
      ...saidOtherwise(record, account),
      ...byColumn(inside('subscriptions.0', checked), record),
      ...this.notForThem(subscription, this.customerOf(account), record),
    ];
    return findings.length > 0 ? findings : { account, isNew: false, subscription };
  }

  private customerOf(account: AccountRow): Customer {
    const known = customerOf(this.standing.buyers, payerOf(account), null);
    return { ...known, isNew: known.isNew && !this.served.has(account._id) };
  }

  private notForThem(
    { offeringId, activeFrom }: NewSubscription,
    customer: Customer,
    record: NewSubscriberRecord,
  ): Finding[] {
    const sale = { offeringId, as: 'plan' as const, from: activeFrom };
    const findings = checkSale(sale, null, customer, this.standing.prices);
    return byColumn(inside('subscriptions.0', findings), record);
  }

  private unknownCycle({ cycleId }: NewAccount): Finding[] {
    if (cycleId === null || this.standing.cycles.has(cycleId)) return [];
    return [{ field: 'cycleId', reason: `cycle ${cycleId} is not known here (yet)` }];
  }

  private takenName({ subscriptionExternalId }: NewSubscriberRecord, account: AccountRow): Finding[] {
    const other = this.subscriptions.get(subscriptionExternalId ?? '');
    if (!other) return [];
    const reason = `"${subscriptionExternalId}" is a subscription of account ${other}, not of ${account.externalId}`;
    return [{ field: 'subscriptionExternalId', reason }];
  }

  private place(identifiers: readonly AssignmentRow[]): { rows: AssignmentRow[] } | { findings: Finding[] } {
    const placed = identifiers.map((row) => ({ row, field: row.kind, orderId: null, portedIn: false }));
    return placeIn(this.standing.books, placed, this.at);
  }
}

/** The file makes a person of each account that it opens. */
const opener = ({ address }: NewAccount): Customer =>
  customerOf(nobodyKnown, { customerId: null, country: address.country, creditClass: null }, null);

const ofSubscription: readonly string[] = [
  'accountExternalId',
  'subscriptionExternalId',
  'offeringId',
  'activeFrom',
  'pool',
  'msisdn',
  'imsi',
  'iccid',
];

const saysNothingOfIt = (record: NewSubscriberRecord): boolean =>
  Object.keys(record).every((column) => ofSubscription.includes(column));
