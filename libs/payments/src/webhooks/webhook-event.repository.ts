import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type WebhookEventRow, WebhookInbox } from './webhook-event.schema';

@Injectable()
export class WebhookEventRepository {
  constructor(private readonly database: ServiceDatabase) {}

  insert(tenantId: string, row: WebhookEventRow): Promise<void> {
    return this.of(tenantId).insertOne(row);
  }

  async knows(tenantId: string, eventId: string): Promise<boolean> {
    return (await this.of(tenantId).findOne({ _id: eventId })) !== null;
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(WebhookInbox);
  }
}
