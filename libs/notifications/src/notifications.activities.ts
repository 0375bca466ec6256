import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type {
  Channel,
  DeliveryProofActivities,
  FactBatch,
  NotificationsActivities as ShortActivities,
  NotificationsBulkActivities,
  StorageRef,
} from '@tollkeeper/contracts';
import { ContactService } from './contact.service';
import { MessageService } from './message.service';

@Injectable()
export class NotificationsActivities
  implements ShortActivities, NotificationsBulkActivities, DeliveryProofActivities
{
  constructor(
    private readonly messages: MessageService,
    private readonly contacts: ContactService,
  ) {}

  async sendMessages(input: { tenantId: string; batchKey: string; messages: StorageRef; at: Instant }) {
    return this.messages.sendBatch(input);
  }

  async sendDeferred(input: { tenantId: string; channel: Channel; at: Instant }) {
    return this.messages.sendDeferred(input);
  }

  async messageStates({ tenantId, keys }: { tenantId: string; keys: string[] }) {
    return { messages: await this.messages.states(tenantId, keys) };
  }

  async receiveMessageRequested(batch: FactBatch<'messageRequested'>): Promise<void> {
    await this.messages.sendRequested(batch);
  }

  async receiveTenantChanged(batch: FactBatch<'tenantChanged'>): Promise<void> {
    await this.contacts.takeTenant(batch);
  }

  async receiveAccountChanged(batch: FactBatch<'accountChanged'>): Promise<void> {
    await this.contacts.takeAccounts(batch);
  }

  async pendingWork({ tenantId }: { tenantId: string }) {
    return this.messages.pendingWork(tenantId);
  }
}
