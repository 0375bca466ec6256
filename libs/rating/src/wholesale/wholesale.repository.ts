import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import {
  type WholesaleAgreementRow,
  WholesaleAgreements,
  type WholesalePeriodRow,
  WholesalePeriods,
  type WholesaleUsageRow,
  WholesaleUsages,
} from './wholesale.schema';

/** Of a partner's month, what one kind of traffic in one zone and network comes to. */
export interface WholesaleTotal {
  usageType: string;
  direction: string;
  zone: string | null;
  network: string;
  currency: string;
  status: WholesaleUsageRow['status'];
  records: number;
  quantity: number;
  billedQuantity: number;
  amountMicro: number;
}

type TotalKey = Omit<WholesaleTotal, 'records' | 'quantity' | 'billedQuantity' | 'amountMicro'>;

@Injectable()
export class WholesaleRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async agreements(tenantId: string): Promise<WholesaleAgreementRow[]> {
    return this.agreementRows(tenantId).find({}, { sort: { partnerId: 1 } });
  }

  async agreement(tenantId: string, partnerId: string): Promise<WholesaleAgreementRow | null> {
    return this.agreementRows(tenantId).findOne({ _id: `${tenantId}/${partnerId}` });
  }

  async keepAgreement(tenantId: string, row: WholesaleAgreementRow): Promise<void> {
    await this.agreementRows(tenantId).bulkWrite([
      { replaceOne: { filter: { _id: row._id as never }, replacement: row, upsert: true } },
    ]);
  }

  async states(tenantId: string, ids: string[]): Promise<WholesalePeriodRow[]> {
    return this.periods(tenantId).find({ _id: { $in: ids } });
  }

  /** In the transaction that read them. A row of version 0 is new. */
  async saveStates(tenantId: string, rows: WholesalePeriodRow[]): Promise<void> {
    const fresh = rows.filter(({ version }) => version === 0).map((row) => ({ ...row, version: 1 }));
    const changed = rows.filter(({ version }) => version > 0);
    await this.periods(tenantId).insertMany(fresh);
    const result = await this.periods(tenantId).bulkWrite(
      changed.map(({ _id, version, sums: running }) => ({
        updateOne: {
          filter: { _id: _id as never, version },
          update: { $set: { sums: running }, $inc: { version: 1 } },
        },
      })),
    );
    if ((result?.matchedCount ?? 0) !== changed.length)
      throw new Error('a wholesale period changed under its writer: try again');
  }

  async insert(tenantId: string, rows: WholesaleUsageRow[]): Promise<void> {
    await this.usage(tenantId).insertMany(rows);
  }

  async replace(tenantId: string, rows: WholesaleUsageRow[]): Promise<void> {
    await this.usage(tenantId).bulkWrite(
      rows.map((row) => ({ replaceOne: { filter: { _id: row._id as never }, replacement: row } })),
    );
  }

  async ofRecords(tenantId: string, recordIds: string[]): Promise<WholesaleUsageRow[]> {
    if (recordIds.length === 0) return [];
    return this.usage(tenantId).find({ recordId: { $in: recordIds } });
  }

  async ofGroup(tenantId: string, { partnerId, periodKey, groupId }: WholesaleUsageRow) {
    return this.usage(tenantId).find({ partnerId, periodKey, groupId });
  }

  async totals(tenantId: string, partnerId: string, periodKey: string): Promise<WholesaleTotal[]> {
    const columns = ['usageType', 'direction', 'zone', 'network', 'currency', 'status'];
    const groups = await this.usage(tenantId).aggregate<WholesaleTotal & { _id: TotalKey }>([
      { $match: { partnerId, periodKey } },
      {
        $group: {
          _id: Object.fromEntries(columns.map((column) => [column, `$${column}`])),
          records: { $sum: 1 },
          quantity: { $sum: '$quantity' },
          billedQuantity: { $sum: '$billedQuantity' },
          amountMicro: { $sum: '$amountMicro' },
        },
      },
      { $sort: { '_id.usageType': 1, '_id.direction': 1, '_id.zone': 1, '_id.network': 1, '_id.status': 1 } },
    ]);
    return groups.map(({ _id, ...total }) => ({ ...total, ..._id }));
  }

  private agreementRows(tenantId: string) {
    return this.db.tenant(tenantId).collection(WholesaleAgreements);
  }

  private usage(tenantId: string) {
    return this.db.tenant(tenantId).collection(WholesaleUsages);
  }

  private periods(tenantId: string) {
    return this.db.tenant(tenantId).collection(WholesalePeriods);
  }
}
