import { Injectable } from '@nestjs/common';
import { replaceOrInsert, ServiceDatabase } from '@tollkeeper/platform';
import type { TaxRate } from './domain/tax-lines';
import { type TaxRateRow, TaxRates } from './tax-rate.schema';

const idOf = (tenantId: string, { taxId, jurisdiction, validFrom }: TaxRate): string =>
  `${tenantId}/${jurisdiction}/${taxId}/${validFrom}`;

@Injectable()
export class TaxRateRepository {
  constructor(private readonly db: ServiceDatabase) {}

  all(tenantId: string): Promise<TaxRateRow[]> {
    return this.rates(tenantId).find(
      {},
      { sort: { jurisdiction: 1, taxId: 1, validFrom: 1 }, projection: { tenantId: 0 } },
    );
  }

  async put(tenantId: string, rates: TaxRate[]): Promise<void> {
    await this.rates(tenantId).bulkWrite(
      rates.map((rate) => {
        const _id = idOf(tenantId, rate);
        return replaceOrInsert({ _id }, { _id, ...rate });
      }),
    );
  }

  private rates(tenantId: string) {
    return this.db.tenant(tenantId).collection(TaxRates);
  }
}
