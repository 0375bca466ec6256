import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { TenantProfile } from '@tollkeeper/contracts';
import { Settings, Storage } from '@tollkeeper/platform';
import { ContactRepository } from './contact.repository';
import { type ContactRow, isReachable } from './contact.schema';
import { TemplateSet } from './default-templates';
import { isMailAddress } from './domain/mail-address';
import type { Mail } from './mail-transport';
import type { MessageRow } from './message.schema';
import { payUrls } from './pay-urls';
import { type PaymentPage, PaymentPageService } from './payment-page.service';
import { TemplateFault, type TemplateValues } from './render-template';
import { TemplateRepository } from './template.repository';
import { TenantProfileRepository } from './tenant-profile.repository';

type Composed =
  | { kind: 'mail'; mail: Mail }
  | { kind: 'failed' | 'suppressed'; why: string }
  /** The account's profile or a document is not to be had here yet. */
  | { kind: 'notYet'; why: string };

export const tenantValues = ({
  name,
  legalName,
  addressLines,
  supportEmail,
  supportPhone,
}: TenantProfile): TemplateValues['tenant'] => ({
  name,
  legalName,
  address: addressLines.join(', '),
  supportEmail,
  supportPhone,
});

/** Whose operators are written to in German. */
const germanSpeaking = ['DE', 'AT'];

/** Everything a group of messages of one tenant is made from, loaded once. */
export class MailComposer {
  constructor(
    readonly profile: TenantProfile,
    private readonly templates: TemplateSet,
    private readonly contacts: Map<string, ContactRow>,
    private readonly page: PaymentPage,
    private readonly linkKeys: readonly string[],
    private readonly storage: Storage,
  ) {}

  async compose(row: MessageRow, at: Instant): Promise<Composed> {
    const holder = this.contacts.get(row.accountId);
    const contact = holder && row.audience === 'operator' ? { ...holder, ...this.operator() } : holder;
    if (!contact) return { kind: 'notYet', why: `account ${row.accountId} is not known here yet` };
    if (!isMailAddress(contact.email))
      return { kind: 'failed', why: 'the account has no usable e-mail address' };
    if (!isReachable(contact)) return { kind: 'suppressed', why: `${contact.email} was unreachable before` };
    const rendered = this.render(row, contact);
    if (typeof rendered === 'string') return { kind: 'failed', why: rendered };
    const from = { name: this.profile.name, address: this.profile.supportEmail };
    const to = { name: contact.name, address: contact.email };
    try {
      const attachments = await this.load(row);
      return { kind: 'mail', mail: { messageId: row.messageId, from, to, ...rendered, attachments, at } };
    } catch (error) {
      return {
        kind: 'notYet',
        why: `an attachment cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  }

  private operator(): Pick<ContactRow, 'name' | 'email' | 'language' | 'unreachable'> {
    const { name, supportEmail: email, country } = this.profile;
    return { name, email, language: germanSpeaking.includes(country) ? 'de' : 'en', unreachable: null };
  }

  /** The mail's parts, or why there are none. */
  private render(row: MessageRow, contact: ContactRow) {
    const { template, amounts, worded } = row;
    const data = { ...row.data, ...payUrls(this.profile.tenantId, this.page, this.linkKeys, row) };
    const customerName = data['customerName'] || contact.name || 'customer';
    try {
      const values = { customerName, data, amounts, worded, tenant: tenantValues(this.profile) };
      const mail = this.templates.render(template, values, contact.language);
      return mail ?? `there is no template ${template}`;
    } catch (error) {
      if (error instanceof TemplateFault) return `template ${template}: ${error.message}`;
      throw error;
    }
  }

  private load({ attachments }: MessageRow): Promise<Mail['attachments']> {
    return Promise.all(
      attachments.map(async ({ filename, contentType, ref }) => ({
        filename,
        contentType,
        content: await this.storage.readDocument(ref),
      })),
    );
  }
}

@Injectable()
export class MailComposers {
  constructor(
    private readonly profiles: TenantProfileRepository,
    private readonly templates: TemplateRepository,
    private readonly contacts: ContactRepository,
    private readonly storage: Storage,
    private readonly pages: PaymentPageService,
    private readonly settings: Settings,
  ) {}

  async forAccounts(tenantId: string, accountIds: string[]): Promise<MailComposer> {
    const [profile, overrides, contacts, page] = await Promise.all([
      this.profiles.find(tenantId),
      this.templates.all(tenantId),
      this.contacts.findAll(tenantId, [...new Set(accountIds)]),
      this.pages.show(tenantId),
    ]);
    if (!profile) throw new Error(`tenant ${tenantId} is not known to notifications yet`);
    const byAccount = new Map(contacts.map((contact) => [contact.accountId, contact]));
    const { PAY_LINK_KEYS } = this.settings.values;
    const templates = new TemplateSet(overrides);
    return new MailComposer(profile, templates, byAccount, page, PAY_LINK_KEYS, this.storage);
  }
}
