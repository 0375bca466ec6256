import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { AuditLog, BusinessClock, Outbox, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import { expiringMonths } from '../domain/expiring-months';
import { expiryMessage } from '../domain/message-requests';
import { PaymentMethodRepository } from '../methods/payment-method.repository';
import { ExpiryReminderRepository } from './expiry-reminders.repository';
import { ProfileRepository } from './profile.repository';

const remindersPerRound = 200;

/** Tells payers that the card which we charge is about to expire, once for each expiry date. */
@Injectable()
export class ExpiryReminders {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly methods: PaymentMethodRepository,
    private readonly profiles: ProfileRepository,
    private readonly settings: ExpiryReminderRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async setting(tenantId: string): Promise<{ daysBefore: number }> {
    return { daysBefore: await this.settings.daysBefore(tenantId) };
  }

  async change(principal: Principal, daysBefore: number, reason: string): Promise<{ daysBefore: number }> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    await this.database.transaction(async () => {
      const before = await this.setting(tenantId);
      await this.settings.put({ _id: tenantId, daysBefore, changedAt: at });
      const entry = { at, what: 'putExpiryReminders', entity: tenantId, reason };
      await this.audit.record(principal, { ...entry, before, after: { daysBefore } });
    });
    return { daysBefore };
  }

  async send(tenantId: string, on: LocalDate, at: Instant): Promise<{ more: boolean }> {
    const months = expiringMonths(on, await this.settings.daysBefore(tenantId));
    const expiring = await this.methods.expiring(tenantId, months, remindersPerRound);
    if (expiring.length === 0) return { more: false };
    const accountIds = [...new Set(expiring.map(({ accountId }) => accountId))];
    const payers = await this.methods.payers(tenantId, accountIds);
    const accounts = await this.profiles.accounts(tenantId, accountIds);
    const charged = expiring.filter(({ _id, accountId }) => {
      const payer = payers.get(accountId);
      return payer?.method._id === _id || payer?.backup?._id === _id;
    });
    const messages = charged.map(({ _id, accountId, brand, last4, expiry }) =>
      expiryMessage(`${_id}/${expiry}`, {
        ...{ accountId, customerName: accounts.get(accountId)?.customerName ?? '', expiry, at },
        card: `${brand} ending in ${last4}`,
      }),
    );
    await this.database.transaction(async () => {
      await this.methods.noteReminded(tenantId, expiring);
      await this.outbox.tell(tenantId, at, 'messageRequested', messages);
    });
    return { more: expiring.length === remindersPerRound };
  }
}
