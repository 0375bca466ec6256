import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { usualReminderDays } from '../domain/expiring-months';
import { type ExpiryReminderRow, ExpiryReminderRows } from './expiry-reminders.schema';

@Injectable()
export class ExpiryReminderRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async daysBefore(tenantId: string): Promise<number> {
    const row = await this.rows(tenantId).findOne({ _id: tenantId });
    return row?.daysBefore ?? usualReminderDays;
  }

  async put({ _id, ...setting }: ExpiryReminderRow): Promise<void> {
    await this.rows(_id).updateOne({ _id }, { $set: setting }, { upsert: true });
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(ExpiryReminderRows);
  }
}
