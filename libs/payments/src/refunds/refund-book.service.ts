import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { refund as refundProcess, type RefundFact } from '@tollkeeper/contracts';
import { newId, Outbox } from '@tollkeeper/platform';
import { refundMessage } from '../domain/message-requests';
import type { RefundPart } from '../domain/refunds/split-refund';
import { realNow } from '../gateway/real-time';
import { PaymentRepository } from '../received/payment.repository';
import { topUpGateway } from '../received/payment.schema';
import { ProfileRepository } from '../payers/profile.repository';
import { RefundRepository } from './refund.repository';
import type { RefundRow } from './refund.schema';

export interface RefundRequest {
  requestKey: string;
  accountId: string;
  of: RefundFact['of'];
  currency: string;
  reason: string | null;
  renewal?: NonNullable<RefundFact['renewal']>;
}

/** What is given back: rows, claims on the payments and news are one transaction, the caller's. */
@Injectable()
export class RefundBook {
  constructor(
    private readonly outbox: Outbox,
    private readonly refunds: RefundRepository,
    private readonly payments: PaymentRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  /** What goes by bank, or back to the balance, is decided here; for the rest a process is started. */
  async open(
    tenantId: string,
    at: Instant,
    request: RefundRequest,
    parts: readonly (RefundPart & { toBalance?: boolean })[],
    sentBy: 'aProcess' | 'caller' = 'aProcess',
  ): Promise<RefundRow[]> {
    const rows = parts.map((part, index) => refundOf(request, part, index + 1, at));
    await this.refunds.insert(tenantId, rows);
    const claims = rows.flatMap(({ paymentId, amountMinor }) =>
      paymentId ? [{ paymentId, amountMinor }] : [],
    );
    await this.payments.claimRefunds(tenantId, claims);
    await this.tell(
      tenantId,
      at,
      rows.filter(({ state }) => state !== 'created'),
    );
    const { requestKey, accountId } = request;
    if (sentBy === 'aProcess' && rows.some(({ state }) => state === 'created'))
      await this.outbox.start(refundProcess, [{ tenantId, at, accountId, requestKey }]);
    return rows;
  }

  /** Nothing goes, and whoever asked can read why. */
  async refuse(
    tenantId: string,
    at: Instant,
    request: RefundRequest,
    amountMinor: number,
    cause: string,
  ): Promise<void> {
    const row = refundOf(request, { payment: null, amountMinor }, 1, at);
    await this.refunds.insert(tenantId, [{ ...row, state: 'refused', cause }]);
  }

  /** The books heard that it was made: they hear that it was not. */
  async tellFailed(tenantId: string, at: Instant, row: RefundRow): Promise<void> {
    await this.outbox.tell(tenantId, at, 'refundMade', [{ ...factOf(row, at), failed: true }]);
  }

  /** The liability ends when the money has left, or when it is ours to pay by bank. */
  async tell(tenantId: string, at: Instant, decided: RefundRow[]): Promise<void> {
    await this.outbox.tell(
      tenantId,
      at,
      'refundMade',
      decided.map((row) => factOf(row, at)),
    );
    const accounts = await this.profiles.accounts(tenantId, [
      ...new Set(decided.map(({ accountId }) => accountId)),
    ]);
    const messages = decided.map(({ _id, accountId, amountMinor, currency, gateway }) =>
      refundMessage(_id, {
        customerName: accounts.get(accountId)?.customerName ?? '',
        ...{ accountId, amountMinor, currency, gateway, at },
      }),
    );
    await this.outbox.tell(tenantId, at, 'messageRequested', messages);
  }
}

function refundOf(
  { requestKey, accountId, of, currency, reason, renewal }: RefundRequest,
  { payment, amountMinor, toBalance = false }: RefundPart & { toBalance?: boolean },
  no: number,
  at: Instant,
): RefundRow {
  const byGateway = payment !== null && payment.gatewayId !== null && !toBalance;
  return {
    ...{ _id: newId('ref'), requestKey, key: `${requestKey}/${no}`, accountId, of, amountMinor, currency },
    paymentId: payment?.paymentId ?? null,
    chargeId: byGateway ? payment.gatewayId : null,
    renewal: renewal ?? null,
    gateway: toBalance ? topUpGateway : byGateway ? payment.gateway : 'bank',
    state: byGateway ? 'created' : toBalance ? 'succeeded' : 'payOut',
    ...{ reason, gatewayId: null, cause: null, reference: null },
    requestedAt: at,
    decidedAt: byGateway ? null : at,
    ...{ lookUps: 0, nextLookUpAt: null, sentAt: realNow() },
  };
}

const factOf = (row: RefundRow, at: Instant): RefundFact => ({
  refundId: row._id,
  requestKey: row.requestKey,
  accountId: row.accountId,
  paymentId: row.paymentId,
  of: row.of,
  ...(row.renewal ? { renewal: row.renewal } : {}),
  amountMinor: row.amountMinor,
  currency: row.currency,
  gateway: row.gateway,
  refundedAt: at,
});
