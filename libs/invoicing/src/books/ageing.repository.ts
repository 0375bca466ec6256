import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { Document } from 'mongodb';
import { Invoices } from '../invoice.schema';
import { Postings } from '../ledger/posting.schema';
import { type AgeingBucket, ageingBuckets, bucketStarts } from './domain/ageing-buckets';

export type AgedRow = { currency: string; openMinor: number } & Record<AgeingBucket, number>;
export type AgedAccountRow = AgedRow & { accountId: string };

interface Changed {
  _id: string;
  changedMinor: number;
}

/** Up to here the invoices of the changes are named one by one; beyond, all invoices of the time are read. */
const mostNamed = 20_000;

const receivables = { $filter: { input: '$lines', cond: { $eq: ['$$this.account', 'receivable'] } } };
const summed = (fields: readonly string[]): Document =>
  Object.fromEntries(fields.map((field) => [field, { $sum: `$${field}` }]));

/** Debts as they stood at the end of a day, added up in the database. */
@Injectable()
export class AgeingRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async totals(tenantId: string, on: LocalDate, accountId?: string): Promise<AgedRow[]> {
    const wanted = accountId ? { accountId } : {};
    return this.aged<AgedRow>(tenantId, on, wanted, ['currency'], []);
  }

  /** In the order of account ids. */
  async accounts(tenantId: string, on: LocalDate, after: string, limit: number): Promise<AgedAccountRow[]> {
    const wanted = { accountId: { $gt: after } };
    return this.aged<AgedAccountRow>(tenantId, on, wanted, ['accountId', 'currency'], [{ $limit: limit }]);
  }

  /**
   * From what is open now back to the day: what was posted to an invoice's receivable since then is taken off again.
   * So open invoices and the postings after the day are read, not all that was ever billed and paid.
   */
  private async aged<Row extends object>(
    tenantId: string,
    on: LocalDate,
    wanted: Document,
    by: readonly string[],
    page: Document[],
  ): Promise<Row[]> {
    const since = changesAfter(on, wanted);
    const changed = await this.postings(tenantId).aggregate<Changed>([...since, { $limit: mostNamed + 1 }]);
    const open = { openMinor: { $ne: 0 } };
    const named = { _id: { $in: changed.map(({ _id }) => _id) } };
    const candidates =
      changed.length > mostNamed
        ? { issuedOn: { $lte: on } }
        : changed.length > 0
          ? { $or: [open, named] }
          : open;
    return this.db
      .tenant(tenantId)
      .collection(Invoices)
      .aggregate<Row>([
        { $match: { state: 'finalized', ...wanted, ...candidates } },
        { $project: { accountId: 1, currency: 1, dueOn: 1, openMinor: 1 } },
        ...(changed.length > 0 ? takenBack(tenantId, since) : []),
        { $set: inBuckets(on) },
        {
          $group: {
            _id: Object.fromEntries(by.map((field) => [field, `$${field}`])),
            ...summed(['openMinor', ...ageingBuckets]),
          },
        },
        { $match: { $or: ageingBuckets.map((bucket) => ({ [bucket]: { $ne: 0 } })) } },
        { $replaceWith: { $mergeObjects: ['$_id', { $unsetField: { field: '_id', input: '$$ROOT' } }] } },
        { $sort: Object.fromEntries(by.map((field) => [field, 1])) },
        ...page,
      ]);
  }

  private postings(tenantId: string) {
    return this.db.tenant(tenantId).collection(Postings);
  }
}

/** By invoice. */
const changesAfter = (on: LocalDate, wanted: Document): Document[] => [
  { $match: { on: { $gt: on }, 'lines.account': 'receivable', ...wanted } },
  { $project: { invoiceId: 1, lines: receivables } },
  { $group: { _id: '$invoiceId', changedMinor: { $sum: { $sum: '$lines.amountMinor' } } } },
  { $match: { changedMinor: { $ne: 0 } } },
];

const takenBack = (tenantId: string, since: Document[]): Document[] => [
  { $unionWith: { coll: Postings.name, pipeline: [{ $match: { tenantId } }, ...since] } },
  {
    $group: {
      _id: '$_id',
      accountId: { $max: '$accountId' },
      currency: { $max: '$currency' },
      dueOn: { $max: '$dueOn' },
      openMinor: { $sum: { $subtract: [{ $ifNull: ['$openMinor', 0] }, { $ifNull: ['$changedMinor', 0] }] } },
    },
  },
  { $match: { openMinor: { $ne: 0 }, dueOn: { $ne: null } } },
];

function inBuckets(on: LocalDate): Document {
  const starts = bucketStarts(on);
  const from = (day: LocalDate): Document => ({ $gte: ['$dueOn', day] });
  const before = (day: LocalDate): Document => ({ $lt: ['$dueOn', day] });
  const where: Record<AgeingBucket, Document[]> = {
    notDue: [from(starts.notDue)],
    days1To30: [before(starts.notDue), from(starts.days1To30)],
    days31To60: [before(starts.days1To30), from(starts.days31To60)],
    days61To90: [before(starts.days31To60), from(starts.days61To90)],
    over90: [before(starts.days61To90)],
  };
  return Object.fromEntries(
    ageingBuckets.map((bucket) => [bucket, { $cond: [{ $and: where[bucket] }, '$openMinor', 0] }]),
  );
}
