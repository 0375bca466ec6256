import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { OfferingPrices } from '../domain/check-account';
import type { OfferingPrice } from '../domain/offering-price';
import { OfferingCopies } from './offering.schema';

@Injectable()
export class OfferingRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** Versions of each offering, by `validFrom`. */
  async prices(tenantId: string, offeringIds: string[]): Promise<OfferingPrices> {
    const rows = await this.rows(tenantId).find(
      { offeringId: { $in: [...new Set(offeringIds)] } },
      { sort: { offeringId: 1, validFrom: 1 } },
    );
    const prices = new Map<string, OfferingPrice[]>();
    for (const row of rows) prices.set(row.offeringId, [...(prices.get(row.offeringId) ?? []), row]);
    return prices;
  }

  /** Versions are immutable: the first copy stays. */
  async keep(
    tenantId: string,
    { offeringId, version, name, currency, validFrom, paidInAdvance }: OfferingPrice,
  ): Promise<void> {
    const copy = { offeringId, version, name, currency, validFrom, paidInAdvance };
    await this.rows(tenantId).updateOne(
      { _id: `${tenantId}/${offeringId}/${version}` },
      { $setOnInsert: copy },
      { upsert: true },
    );
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(OfferingCopies);
  }
}
