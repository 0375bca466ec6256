import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type LateConfirmationRow, LateConfirmationRows, type SurplusWay } from './late-confirmations.schema';

@Injectable()
export class LateConfirmationRepository {
  constructor(private readonly database: ServiceDatabase) {}

  /** Money that nobody owed goes back, unless the tenant says otherwise. */
  async surplus(tenantId: string): Promise<SurplusWay> {
    return (await this.rows(tenantId).findOne({ _id: tenantId }))?.surplus ?? 'refund';
  }

  async put({ _id, ...setting }: LateConfirmationRow): Promise<void> {
    await this.rows(_id).updateOne({ _id }, { $set: setting }, { upsert: true });
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(LateConfirmationRows);
  }
}
