import { billedAccount } from '../billed-account';
import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type AttemptState, topUp as topUpProcess } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  isDuplicateKey,
  newId,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';
import { type AttemptRow } from '../attempts/attempt.schema';
import { AttemptService } from '../attempts/attempt.service';
import { receiptMessage } from '../domain/message-requests';
import { paymentFact } from '../received/payment-fact';
import { PayerChoice } from '../attempts/payer-choice.service';
import { PaymentRepository } from '../received/payment.repository';
import { type PaymentRow } from '../received/payment.schema';
import { ProfileRepository } from '../payers/profile.repository';
import { BalanceService } from './balance.service';
import { TopUpRepository } from './top-up.repository';
import type { TopUpRow } from './top-up.schema';

interface Amount {
  accountId: string;
  amountMinor: number;
  currency: string;
}

interface RecordedTopUp extends Amount {
  method: 'bank' | 'cash' | 'voucher';
  reference: string;
}

/** Money that is loaded before it is spent. */
@Injectable()
export class TopUpService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly topUps: TopUpRepository,
    private readonly choice: PayerChoice,
    private readonly attempts: AttemptRepository,
    private readonly payments: PaymentRepository,
    private readonly profiles: ProfileRepository,
    private readonly balances: BalanceService,
    private readonly sending: AttemptService,
  ) {}

  /** By card: the door only asks, a process charges. */
  async request(principal: Principal, amount: Amount): Promise<TopUpRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    await this.accountOf(tenantId, amount);
    const payer = (await this.choice.of(tenantId, [amount.accountId], 'payer', at)).get(amount.accountId);
    if (!payer)
      throw conflict(
        'paymentMethodMissing',
        'The account has no default payment method.',
        'POST /v1/payments/methods',
      );
    if (payer.refusedBy !== null)
      throw conflict('methodRefused', 'The default card was refused for good.', 'Add another card first.');
    const row: TopUpRow = { _id: newId('top'), ...amount, requestedAt: at };
    return this.database.transaction(async () => {
      await this.topUps.insert(tenantId, row);
      await this.audit.record(principal, { at, what: 'topUp', entity: row._id, after: amount });
      await this.outbox.start(topUpProcess, [{ tenantId, at, topUpId: row._id }]);
      return row;
    });
  }

  async find(tenantId: string, topUpId: string): Promise<{ topUp: TopUpRow; attempts: AttemptRow[] } | null> {
    const topUp = await this.topUps.one(tenantId, topUpId);
    return topUp && { topUp, attempts: await this.attempts.byReason(tenantId, topUp.accountId, topUpId) };
  }

  /** A repeat goes on with the attempt that was begun. */
  async charge(tenantId: string, topUpId: string, at: Instant): Promise<AttemptState> {
    const row = await this.topUps.one(tenantId, topUpId);
    if (!row) throw new Error(`there is no top-up ${topUpId}`);
    const { accountId, amountMinor, currency } = row;
    const begun = await this.attempts.byReason(tenantId, accountId, topUpId);
    let attempt = begun.find(({ followedBy }) => !followedBy);
    if (!attempt) {
      const payer = (await this.choice.of(tenantId, [accountId], 'payer', at)).get(accountId);
      const wanted = {
        key: `${topUpId}/1`,
        reason: topUpId,
        purpose: 'topUp' as const,
        initiator: 'payer' as const,
      };
      attempt = this.sending.intent(
        { ...wanted, accountId, amountMinor, currency },
        payer?.method ?? null,
        at,
      );
      await this.attempts.insert(tenantId, [attempt]);
    }
    if (attempt.state === 'created') [attempt = attempt] = await this.sending.send(tenantId, at, [attempt]);
    return attempt.state === 'created' ? 'unknown' : attempt.state;
  }

  /** By voucher, bank or cash, as care has it before them. */
  async record(principal: Principal, recorded: RecordedTopUp): Promise<PaymentRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const customerName = await this.accountOf(tenantId, recorded);
    return this.book(principal, recorded, customerName, at);
  }

  /** Also inside the transaction of whoever has claimed a voucher. */
  async book(
    principal: Principal,
    recorded: RecordedTopUp,
    customerName: string,
    at: Instant,
  ): Promise<PaymentRow> {
    const { tenantId } = principal;
    const { method, reference, accountId, amountMinor, currency } = recorded;
    const payment = paymentOf(recorded, at);
    const booked = this.database.transaction(async () => {
      await this.payments.insert(tenantId, [payment]);
      await this.balances.credit(tenantId, at, payment);
      await this.outbox.tell(tenantId, at, 'paymentChanged', [paymentFact(payment)]);
      const news = { accountId, customerName, amountMinor, currency, card: method, invoiceNumber: '', at };
      await this.outbox.tell(tenantId, at, 'messageRequested', [receiptMessage(payment._id, 'topUp', news)]);
      const after = { accountId, amountMinor, currency, method, reference };
      await this.audit.record(principal, { at, what: 'recordTopUp', entity: payment._id, after });
      return payment;
    });
    return booked.catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      throw conflict('voucherUsed', `Voucher ${reference} has been used.`, 'Check the voucher’s number.');
    });
  }

  private async accountOf(tenantId: string, { accountId, currency }: Amount): Promise<string> {
    return (await billedAccount(this.profiles, tenantId, accountId, currency)).customerName;
  }
}

const paymentOf = ({ method, ...money }: RecordedTopUp, at: Instant): PaymentRow => ({
  ...money,
  _id: newId('pay'),
  revision: 1,
  invoiceId: null,
  subscriptionId: null,
  purpose: 'topUp',
  gateway: method,
  gatewayId: null,
  attemptId: null,
  method,
  state: 'succeeded',
  renewal: null,
  refundedMinor: 0,
  receivedAt: at,
  recordedAt: at,
});
