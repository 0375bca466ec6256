import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { OfferingSales, type OfferingSalesRow } from './offering-sales.schema';

@Injectable()
export class OfferingSalesRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, offeringId: string): Promise<OfferingSalesRow | null> {
    return this.rows(tenantId).findOne({ offeringId });
  }

  endingAfter(tenantId: string, at: Instant, limit: number): Promise<OfferingSalesRow[]> {
    return this.rows(tenantId).find({ salesEndAt: { $gt: at } }, { sort: { salesEndAt: 1 }, limit });
  }

  async put(tenantId: string, offeringId: string, salesEndAt: Instant | null): Promise<OfferingSalesRow> {
    const row = await this.rows(tenantId).findOneAndUpdate(
      { _id: `${tenantId}/${offeringId}` },
      { $set: { offeringId, salesEndAt }, $inc: { revision: 1 } },
      { upsert: true },
    );
    if (!row) throw new Error(`sales of offering ${offeringId} were not written`);
    return row;
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(OfferingSales);
  }
}
