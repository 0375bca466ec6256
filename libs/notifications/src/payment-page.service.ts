import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  type Principal,
  ServiceDatabase,
  Settings,
} from '@tollkeeper/platform';
import { addressFault } from './domain/payment-page';
import { PaymentPageRepository } from './payment-page.repository';
import type { PaymentPageRow } from './payment-page.schema';

export type PaymentPage = Pick<PaymentPageRow, 'url' | 'payLinks' | 'linkDays'>;

const none: PaymentPage = { url: null, payLinks: false, linkDays: 30 };

@Injectable()
export class PaymentPageService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly pages: PaymentPageRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly settings: Settings,
  ) {}

  async show(tenantId: string): Promise<PaymentPage> {
    const { url, payLinks, linkDays } = (await this.pages.find(tenantId)) ?? none;
    return { url, payLinks, linkDays };
  }

  async put(principal: Principal, wanted: PaymentPage, reason: string): Promise<PaymentPage> {
    const { tenantId } = principal;
    const fault = wanted.url === null ? null : addressFault(wanted.url);
    if (fault) throw badInput('url', `The address ${fault}.`, 'Name the page where your customers pay.');
    if (wanted.payLinks && wanted.url === null)
      throw badInput('payLinks', 'Links need a page that they lead to.', 'Set `url` as well.');
    if (wanted.payLinks && this.settings.values.PAY_LINK_KEYS.length === 0)
      throw conflict(
        'payLinksNotSetUp',
        'This installation has no key that seals pay links.',
        'Its operator sets PAY_LINK_KEYS for notifications and payments.',
      );
    const at = await this.clock.now(tenantId);
    await this.database.transaction(async () => {
      const before = await this.show(tenantId);
      await this.pages.put({ _id: tenantId, ...wanted, changedAt: at });
      const entry = { at, what: 'putPaymentPage', entity: tenantId, reason };
      await this.audit.record(principal, { ...entry, before, after: wanted });
    });
    return wanted;
  }
}
