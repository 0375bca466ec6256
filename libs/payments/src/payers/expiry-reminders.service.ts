import { Injectable } from '@nestjs/common';
import { addDays, type Instant, type LocalDate } from '@tollkeeper/calendar';
import { Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { expiryMessage } from '../domain/message-requests';
import { PaymentMethodRepository } from '../methods/payment-method.repository';
import { ProfileRepository } from './profile.repository';

/** A card holds to the end of its month; the payer hears of it this long before. */
const remindDaysBefore = 30;
const remindersPerRound = 200;

/** Tells payers that the card which we charge is about to expire, once for each expiry date. */
@Injectable()
export class ExpiryReminders {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly methods: PaymentMethodRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async send(tenantId: string, on: LocalDate, at: Instant): Promise<{ more: boolean }> {
    const months = { from: monthOf(on), before: monthOf(addDays(on, remindDaysBefore)) };
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

const monthOf = (date: LocalDate): string => date.slice(0, 7);
