import { Injectable } from '@nestjs/common';
import { replaceOrInsert, ServiceDatabase } from '@tollkeeper/platform';
import type { TaxRule } from '@tollkeeper/tax';
import { ruleOfPercent } from '../domain/tax-rows';
import { type TaxRateRow, TaxRates } from './tax-rate.schema';

const idOf = (tenantId: string, { taxId, jurisdiction, validFrom }: TaxRule): string =>
  `${tenantId}/${jurisdiction}/${taxId}/${validFrom}`;

@Injectable()
export class TaxRateRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** The whole table: load it once for a batch, what is asked of it is indexed by the array. */
  async all(tenantId: string): Promise<TaxRule[]> {
    const rows = await this.rates(tenantId).find(
      {},
      { sort: { jurisdiction: 1, taxId: 1, validFrom: 1 }, projection: { tenantId: 0 } },
    );
    return rows.map(ruleOf);
  }

  async put(tenantId: string, rules: readonly TaxRule[]): Promise<void> {
    await this.rates(tenantId).bulkWrite(
      rules.map((rule) => {
        const _id = idOf(tenantId, rule);
        return replaceOrInsert({ _id }, { _id, ...rule });
      }),
    );
  }

  private rates(tenantId: string) {
    return this.db.tenant(tenantId).collection(TaxRates);
  }
}

function ruleOf({ _id, percent, amount, ...row }: TaxRateRow): TaxRule {
  return amount ? { ...ruleOfPercent(row, '0'), ...row, amount } : ruleOfPercent(row, percent ?? '0');
}
