import { Injectable } from '@nestjs/common';
import { badInput, conflict, type Principal, SettingChanges, Settings } from '@tollkeeper/platform';
import { addressFault } from './domain/payment-page';
import { PaymentPageRepository } from './payment-page.repository';
import type { PaymentPageRow } from './payment-page.schema';

export type PaymentPage = Pick<PaymentPageRow, 'url' | 'payLinks' | 'linkDays'>;

const none: PaymentPage = { url: null, payLinks: false, linkDays: 30 };

@Injectable()
export class PaymentPageService {
  constructor(
    private readonly pages: PaymentPageRepository,
    private readonly changes: SettingChanges,
    private readonly settings: Settings,
  ) {}

  async show(tenantId: string): Promise<PaymentPage> {
    const { url, payLinks, linkDays } = (await this.pages.find(tenantId)) ?? none;
    return { url, payLinks, linkDays };
  }

  async put(principal: Principal, wanted: PaymentPage, reason: string): Promise<PaymentPage> {
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
    return this.changes.put(principal, {
      ...{ what: 'putPaymentPage', entity: principal.tenantId, reason, after: wanted },
      before: (tenantId) => this.show(tenantId),
      save: (_id, changed, changedAt) => this.pages.put({ _id, ...changed, changedAt }),
    });
  }
}
