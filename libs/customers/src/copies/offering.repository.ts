import { Injectable } from '@nestjs/common';
import type { OfferingSalesFact, OfferingVersion, WithdrawnVersionFact } from '@tollkeeper/contracts';
import {
  isDuplicateKey,
  OfferingCopies,
  offeringCopyRow,
  offeringOfCopy,
  ServiceDatabase,
} from '@tollkeeper/platform';
import type { OfferingPrices } from '../domain/check-account';
import type { OfferingPrice } from '../domain/offering-price';
import { OfferingSales } from './offering.schema';

@Injectable()
export class OfferingRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** Versions of each offering, by `validFrom`. */
  async prices(tenantId: string, offeringIds: string[]): Promise<OfferingPrices> {
    const named = { offeringId: { $in: [...new Set(offeringIds)] } };
    const rows = await this.rows(tenantId).find(named, { sort: { offeringId: 1, validFrom: 1 } });
    const sales = await this.sales(tenantId).find(named);
    const salesEnds = new Map(sales.map(({ offeringId, salesEndAt }) => [offeringId, salesEndAt]));
    const prices = new Map<string, OfferingPrice[]>();
    for (const row of rows) {
      const salesEndAt = salesEnds.get(row.offeringId) ?? null;
      const price = { ...offeringOfCopy(row), salesEndAt };
      prices.set(row.offeringId, [...(prices.get(row.offeringId) ?? []), price]);
    }
    return prices;
  }

  /** Versions are immutable: the first copy stays. */
  async keep(tenantId: string, offering: OfferingVersion): Promise<void> {
    await this.rows(tenantId).insertOne(offeringCopyRow(tenantId, offering)).catch(ignoreOlder);
  }

  async remove(tenantId: string, facts: WithdrawnVersionFact[]): Promise<void> {
    for (const { offeringId, version } of facts)
      await this.rows(tenantId).deleteMany({ offeringId, version });
  }

  async keepSales(tenantId: string, facts: OfferingSalesFact[]): Promise<void> {
    for (const { offeringId, revision, salesEndAt } of facts) {
      const older = { _id: `${tenantId}/${offeringId}`, revision: { $lt: revision } };
      const change = { $set: { offeringId, revision, salesEndAt } };
      await this.sales(tenantId).updateOne(older, change, { upsert: true }).catch(ignoreOlder);
    }
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(OfferingCopies);
  }

  private sales(tenantId: string) {
    return this.db.tenant(tenantId).collection(OfferingSales);
  }
}

/** The row is there, as it is or newer. */
const ignoreOlder = (error: unknown): void => {
  if (!isDuplicateKey(error)) throw error;
};
