import { Injectable } from '@nestjs/common';
import type { PayableFact } from '@tollkeeper/contracts';
import { ServiceDatabase, upsertOne } from '@tollkeeper/platform';
import { InvoiceNumbers } from './invoice-number.schema';

@Injectable()
export class InvoiceNumberRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** Number and account of an invoice never change: the first copy stays. */
  async keep(tenantId: string, facts: PayableFact[]): Promise<void> {
    await this.db
      .tenant(tenantId)
      .collection(InvoiceNumbers)
      .bulkWrite(
        facts.map(({ invoiceId, invoiceNumber, accountId }) =>
          upsertOne({ _id: invoiceId }, { $setOnInsert: { number: invoiceNumber, accountId } }),
        ),
      );
  }
}
