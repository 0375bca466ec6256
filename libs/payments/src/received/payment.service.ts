import { billedAccount } from '../billed-account';
import { Injectable } from '@nestjs/common';
import { AuditLog, badInput, BusinessClock, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import { type PaymentRow } from './payment.schema';
import { ProfileRepository } from '../payers/profile.repository';
import { type ReceivedMoney, ReceivedMoneyBook } from './received-money.service';

/** Money that reached us other than through a gateway. */
@Injectable()
export class PaymentService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly book: ReceivedMoneyBook,
    private readonly profiles: ProfileRepository,
  ) {}

  async record(principal: Principal, money: ReceivedMoney): Promise<PaymentRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const account = await billedAccount(this.profiles, tenantId, money.accountId, money.currency);
    if (money.receivedAt > at)
      throw badInput('receivedAt', `It is only ${at}: money cannot come from the future.`);
    return this.database.transaction(async () => {
      const payment = await this.book.book(tenantId, at, money, account);
      const { accountId, amountMinor, currency, method, reference, purpose } = money;
      const after = { accountId, amountMinor, currency, method, reference, purpose };
      await this.audit.record(principal, { at, what: 'recordPayment', entity: payment._id, after });
      return payment;
    });
  }
}
