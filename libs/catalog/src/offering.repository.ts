import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type OfferingRow, Offerings } from './offering.schema';

export interface VersionPage {
  limit: number;
  /** Id of the last row seen. */
  startingAfter?: string;
  offeringId?: string;
}

@Injectable()
export class OfferingRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, offeringId: string, version: number): Promise<OfferingRow | null> {
    return this.rows(tenantId).findOne({ offeringId, version });
  }

  findById(tenantId: string, id: string): Promise<OfferingRow | null> {
    return this.rows(tenantId).findOne({ _id: id });
  }

  async page(tenantId: string, { limit, startingAfter, offeringId }: VersionPage): Promise<OfferingRow[]> {
    const last = startingAfter ? await this.findById(tenantId, startingAfter) : null;
    const after = last
      ? {
          $or: [
            { offeringId: { $gt: last.offeringId } },
            { offeringId: last.offeringId, version: { $gt: last.version } },
          ],
        }
      : {};
    return this.rows(tenantId).find(
      { ...(offeringId ? { offeringId } : {}), ...after },
      { sort: { offeringId: 1, version: 1 }, limit },
    );
  }

  async newest(
    tenantId: string,
    offeringId: string,
    state?: OfferingRow['state'],
  ): Promise<OfferingRow | null> {
    const filter = { offeringId, ...(state ? { state } : {}) };
    return this.rows(tenantId).findOne(filter, { sort: { version: -1 } });
  }

  insertMany(tenantId: string, rows: OfferingRow[]): Promise<void> {
    return this.rows(tenantId).insertMany(rows);
  }

  /** Null when it is no draft any more. */
  publish(tenantId: string, id: string, publicationId: string, at: string): Promise<OfferingRow | null> {
    const change = { state: 'published', publicationId, publishedAt: at };
    return this.rows(tenantId).findOneAndUpdate({ _id: id, state: 'draft' }, { $set: change });
  }

  async putInForce(tenantId: string, id: string, at: string): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: id, inForceAt: null }, { $set: { inForceAt: at } });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Offerings);
  }
}
