import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import { assertBalanced, customerAccounts } from '@tollkeeper/contracts';
import { ServiceDatabase, upsertOne } from '@tollkeeper/platform';
import { BooksRepository } from '../books/books.repository';
import { BalanceNews } from './balance-news.service';
import { Invoices } from '../invoices/invoice.schema';
import { type CustomerBalanceRow, CustomerBalances, type PostingRow, Postings } from './posting.schema';

interface LedgerSum {
  account: string;
  currency: string;
  debitMinor: number;
  creditMinor: number;
}

const isDebit = { $gt: ['$lines.amountMinor', 0] };

@Injectable()
export class PostingRepository {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly books: BooksRepository,
    private readonly news: BalanceNews,
  ) {}

  /** Within a transaction: postings and the customers' cached balances together. Postings without lines are left out. */
  async append(tenantId: string, postings: PostingRow[]): Promise<void> {
    const openFrom = await this.books.openFrom(tenantId);
    await this.insert(
      tenantId,
      postings.map((posting) => onOpenDay(posting, openFrom)),
    );
  }

  /** What closing itself posts on the days that it closes. */
  async insert(tenantId: string, postings: PostingRow[]): Promise<void> {
    const real = postings.filter(({ lines }) => lines.length > 0);
    for (const { _id, lines } of real) assertBalanced(_id, lines);
    await this.postings(tenantId).insertMany(await this.withDebts(tenantId, real));
    await this.balances(tenantId).bulkWrite(
      [...changesByCustomer(real)].map(([key, { accountId, currency, ...change }]) =>
        upsertOne({ _id: `${tenantId}/${key}`, accountId, currency }, { $inc: { ...change, revision: 1 } }),
      ),
    );
    await this.news.posted(tenantId, real);
  }

  async known(tenantId: string, ids: string[]): Promise<Set<string>> {
    const rows = await this.postings(tenantId).find({ _id: { $in: ids } }, { projection: { _id: 1 } });
    return new Set(rows.map(({ _id }) => _id));
  }

  one(tenantId: string, id: string): Promise<PostingRow | null> {
    return this.postings(tenantId).findOne({ _id: id });
  }

  ofInvoice(tenantId: string, invoiceId: string): Promise<PostingRow[]> {
    return this.postings(tenantId).find({ invoiceId });
  }

  /** What postings with this beginning of their ids took from deposits. */
  async depositAppliedBy(tenantId: string, prefix: string): Promise<number> {
    const rows = await this.postings(tenantId).find({
      _id: { $gte: prefix, $lt: `${prefix}\uffff` },
      rule: 'depositApplied',
    });
    return rows
      .flatMap(({ lines }) => lines)
      .filter(({ account }) => account === 'depositLiability')
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  }

  balancesOf(tenantId: string, accountIds: string[]): Promise<CustomerBalanceRow[]> {
    return this.balances(tenantId).find({ accountId: { $in: accountIds } });
  }

  /** With all that was posted up to the end of a day of the books. */
  sums(tenantId: string, on?: LocalDate): Promise<LedgerSum[]> {
    return this.postings(tenantId).aggregate<LedgerSum>([
      { $match: on ? { on: { $lte: on } } : {} },
      { $unwind: '$lines' },
      {
        $group: {
          _id: { account: '$lines.account', currency: '$lines.currency' },
          debitMinor: { $sum: { $cond: [isDebit, '$lines.amountMinor', 0] } },
          creditMinor: { $sum: { $cond: [isDebit, 0, { $multiply: ['$lines.amountMinor', -1] }] } },
        },
      },
      {
        $project: {
          _id: 0,
          account: '$_id.account',
          currency: '$_id.currency',
          debitMinor: 1,
          creditMinor: 1,
        },
      },
      { $sort: { currency: 1, account: 1 } },
    ]);
  }

  private async withDebts(tenantId: string, postings: PostingRow[]): Promise<PostingRow[]> {
    const invoiceIds = new Set(postings.flatMap((row) => (debtOf(row) === 0 ? [] : (row.invoiceId ?? []))));
    if (invoiceIds.size === 0) return postings;
    const invoices = await this.db
      .tenant(tenantId)
      .collection(Invoices)
      .find({ _id: { $in: [...invoiceIds] } }, { projection: { dueOn: 1 } });
    const due = new Map(invoices.map(({ _id, dueOn }) => [_id, dueOn]));
    return postings.map((row) => {
      const minor = debtOf(row);
      const dueOn = due.get(row.invoiceId ?? '') ?? row.on;
      const currency = row.lines[0]?.currency ?? '';
      return minor === 0 ? row : { ...row, debt: { dueOn, minor, currency } };
    });
  }

  private postings(tenantId: string) {
    return this.db.tenant(tenantId).collection(Postings);
  }

  private balances(tenantId: string) {
    return this.db.tenant(tenantId).collection(CustomerBalances);
  }
}

const debtOf = ({ lines }: PostingRow): number =>
  lines
    .filter(({ account }) => account === 'receivable')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** A closed day takes no posting any more: what comes late stands on the first open day, and says so. */
function onOpenDay(posting: PostingRow, openFrom: LocalDate | null): PostingRow {
  if (openFrom === null || posting.on >= openFrom) return posting;
  return { ...posting, on: openFrom, note: `belongs to ${posting.on}, which was closed` };
}

type BalanceChange = Pick<CustomerBalanceRow, 'accountId' | 'currency'> & Partial<CustomerBalanceRow>;

function changesByCustomer(postings: PostingRow[]): Map<string, BalanceChange> {
  const fields: Record<string, keyof CustomerBalanceRow> = customerAccounts;
  const changes = new Map<string, BalanceChange>();
  for (const { accountId, lines } of postings) {
    for (const { account, amountMinor, currency } of lines) {
      const field = fields[account];
      if (!field) continue;
      if (accountId === null) throw new RangeError(`A posting to ${account} needs the customer's account`);
      const key = `${accountId}/${currency}`;
      const change = changes.get(key) ?? { accountId, currency };
      changes.set(key, { ...change, [field]: Number(change[field] ?? 0) + amountMinor });
    }
  }
  return changes;
}
