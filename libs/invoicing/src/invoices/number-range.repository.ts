import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import {
  InvoiceSeries,
  type InvoiceSeriesRow,
  type NumberRangeRow,
  NumberRanges,
} from './number-range.schema';

@Injectable()
export class NumberRangeRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, series: string, batchKey: string): Promise<NumberRangeRow | null> {
    return this.ranges(tenantId).findOne({ series, batchKey });
  }

  /** Takes the next numbers for a frozen list, once: a repeat gets the range that the batch already has. */
  take(tenantId: string, series: string, batchKey: string, invoiceIds: string[]): Promise<NumberRangeRow> {
    return this.db.transaction(async () => {
      const taken = await this.find(tenantId, series, batchKey);
      if (taken) return taken;
      const { next } = await this.advance(tenantId, series, invoiceIds.length);
      const range = {
        _id: `${tenantId}/${series}/${batchKey}`,
        series,
        batchKey,
        first: next - invoiceIds.length,
        invoiceIds,
      };
      await this.ranges(tenantId).insertOne(range);
      return range;
    });
  }

  private async advance(tenantId: string, series: string, count: number): Promise<InvoiceSeriesRow> {
    const rows = this.db.tenant(tenantId).collection(InvoiceSeries);
    const advanced = await rows.findOneAndUpdate({ series }, { $inc: { next: count } });
    if (advanced) return advanced;
    const first = { _id: `${tenantId}/${series}`, series, next: 1 + count };
    await rows.insertOne(first);
    return first;
  }

  private ranges(tenantId: string) {
    return this.db.tenant(tenantId).collection(NumberRanges);
  }
}
