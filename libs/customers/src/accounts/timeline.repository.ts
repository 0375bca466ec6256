import { Injectable } from '@nestjs/common';
import { ObjectId } from 'mongodb';
import { ServiceDatabase } from '@tollkeeper/platform';
import { Timeline, type TimelineRow } from './timeline.schema';

type TimelineEntry = Omit<TimelineRow, '_id'>;

@Injectable()
export class TimelineRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** In the transaction of what happened. */
  record(tenantId: string, entries: TimelineEntry[]): Promise<void> {
    return this.rows(tenantId).insertMany(entries.map((entry) => ({ _id: new ObjectId(), ...entry })));
  }

  /** Newest first, without what is `hidden` from the reader. */
  page(
    tenantId: string,
    accountId: string,
    {
      limit,
      startingAfter,
      hidden = [],
    }: { limit: number; startingAfter?: string; hidden?: readonly string[] },
  ): Promise<TimelineRow[]> {
    const filter = {
      accountId,
      ...(startingAfter ? { _id: { $lt: new ObjectId(startingAfter) } } : {}),
      ...(hidden.length > 0 ? { what: { $nin: hidden } } : {}),
    };
    return this.rows(tenantId).find(filter, { sort: { _id: -1 }, limit });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Timeline);
  }
}
