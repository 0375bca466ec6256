import { Module } from '@nestjs/common';
import { auditLogController, ServicePlatform } from '@tollkeeper/platform';
import { MailComposers } from './compose-mail';
import { ContactRepository } from './contact.repository';
import { Contacts } from './contact.schema';
import { ContactService } from './contact.service';
import { MessageDelivery } from './deliver-messages';
import { MailTransport } from './mail-transport';
import { MessageController } from './message.controller';
import { MessageRepository } from './message.repository';
import { Messages } from './message.schema';
import { MessageService } from './message.service';
import { NotificationsActivities } from './notifications.activities';
import { PaymentPageController } from './payment-page.controller';
import { PaymentPageRepository } from './payment-page.repository';
import { PaymentPages } from './payment-page.schema';
import { PaymentPageService } from './payment-page.service';
import { TemplateController } from './template.controller';
import { TemplateRepository } from './template.repository';
import { Templates } from './template.schema';
import { TemplateService } from './template.service';
import { TenantProfileRepository } from './tenant-profile.repository';
import { TenantProfiles } from './tenant-profile.schema';

const AuditLogController = auditLogController('notifications', {
  roles: ['auditor'],
  operation: {
    summary: 'Who changed what, and why',
    description: 'Newest first. `entity` narrows it to one template.',
  },
});

@Module({
  imports: [
    ServicePlatform.register({
      service: 'notifications',
      collections: [TenantProfiles, Contacts, Templates, Messages, PaymentPages],
    }),
  ],
  controllers: [MessageController, TemplateController, PaymentPageController, AuditLogController],
  providers: [
    TenantProfileRepository,
    ContactRepository,
    TemplateRepository,
    MessageRepository,
    PaymentPageRepository,
    PaymentPageService,
    MailTransport,
    MailComposers,
    MessageDelivery,
    MessageService,
    ContactService,
    TemplateService,
    NotificationsActivities,
  ],
})
export class NotificationsModule {}
