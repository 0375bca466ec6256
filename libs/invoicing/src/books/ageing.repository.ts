import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { Document } from 'mongodb';
import { Invoices } from '../invoices/invoice.schema';
import { Postings } from '../ledger/posting.schema';
import { type AgeingBucket, ageingBuckets, bucketStarts } from './domain/ageing-buckets';

export type AgedRow = { currency: string; openMinor: number } & Record<AgeingBucket, number>;
type AgedAccountRow = AgedRow & { accountId: string };

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
   * From what is open now back to the day: what was posted to debts since then is taken off again, under its own due
   * date. So open invoices and the postings after the day are read, both from an index, not all that was ever billed.
   */
  private aged<Row extends object>(
    tenantId: string,
    on: LocalDate,
    wanted: Document,
    by: readonly string[],
    page: Document[],
  ): Promise<Row[]> {
    return this.db
      .tenant(tenantId)
      .collection(Invoices)
      .aggregate<Row>([
        { $match: { state: 'finalized', openMinor: { $ne: 0 }, ...wanted } },
        { $project: { _id: 0, accountId: 1, currency: 1, dueOn: 1, openMinor: 1 } },
        { $unionWith: { coll: Postings.name, pipeline: changesAfter(tenantId, on, wanted) } },
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
}

const changesAfter = (tenantId: string, on: LocalDate, wanted: Document): Document[] => [
  { $match: { tenantId, on: { $gt: on }, 'debt.minor': { $exists: true }, ...wanted } },
  {
    $project: {
      _id: 0,
      accountId: 1,
      currency: '$debt.currency',
      dueOn: '$debt.dueOn',
      openMinor: { $multiply: ['$debt.minor', -1] },
    },
  },
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
