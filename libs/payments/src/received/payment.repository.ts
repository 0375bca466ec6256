import { Injectable } from '@nestjs/common';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { heldStates, type PaymentProgress } from '../domain/payment-states';
import type { RefundablePayment } from '../domain/refunds/split-refund';
import { type PaymentRow, Payments, topUpGateway } from './payment.schema';

@Injectable()
export class PaymentRepository {
  constructor(private readonly database: ServiceDatabase) {}

  insert(tenantId: string, rows: PaymentRow[]): Promise<void> {
    return this.of(tenantId).insertMany(rows);
  }

  one(tenantId: string, paymentId: string): Promise<PaymentRow | null> {
    return this.of(tenantId).findOne({ _id: paymentId });
  }

  byIds(tenantId: string, paymentIds: string[]): Promise<PaymentRow[]> {
    return this.of(tenantId).find({ _id: { $in: paymentIds } });
  }

  /** By the gateway's name for the charge. */
  byCharge(tenantId: string, gateway: string, gatewayId: string): Promise<PaymentRow | null> {
    return this.of(tenantId).findOne({ gateway, gatewayId: { $type: 'string', $eq: gatewayId } });
  }

  async settle(tenantId: string, paymentId: string): Promise<void> {
    const change = { $set: { state: 'settled' as const }, $inc: { revision: 1 } };
    await this.of(tenantId).updateOne({ _id: paymentId, state: 'succeeded' }, change);
  }

  /** In the transaction that has read it. */
  async reverse(
    tenantId: string,
    paymentId: string,
    state: PaymentProgress,
    reversedMinor: number,
  ): Promise<void> {
    const change = { $set: { state }, $inc: { revision: 1, reversedMinor } };
    await this.of(tenantId).updateOne({ _id: paymentId }, change);
  }

  /** What may go back, newest first. */
  async refundable(
    tenantId: string,
    accountId: string,
    purpose: PaymentRow['purpose'],
  ): Promise<RefundablePayment[]> {
    const gone = { $add: ['$refundedMinor', { $ifNull: ['$reversedMinor', 0] }] };
    const held = { gateway: { $ne: topUpGateway }, state: { $in: [...heldStates] } };
    const filter = { accountId, purpose, ...held, $expr: { $gt: ['$amountMinor', gone] } };
    const rows = await this.of(tenantId).find(filter, { sort: { recordedAt: -1, _id: -1 }, limit: 100 });
    // A part may be out by a dispute while the payment is held.
    return rows.map(
      ({ _id: paymentId, gatewayId, gateway, amountMinor, reversedMinor = 0, refundedMinor }) => ({
        ...{ paymentId, gatewayId, gateway, amountMinor: amountMinor - reversedMinor, refundedMinor },
      }),
    );
  }

  /** In the transaction that has read them: a second refund of the same payment starts over after it. */
  async claimRefunds(tenantId: string, claims: { paymentId: string; amountMinor: number }[]): Promise<void> {
    await this.of(tenantId).bulkWrite(
      claims.map(({ paymentId, amountMinor }) =>
        updateOne({ _id: paymentId }, { $inc: { refundedMinor: amountMinor } }),
      ),
    );
  }

  /** Newest first. */
  async list(
    tenantId: string,
    filter: { accountId?: string; invoiceId?: string },
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<PaymentRow[]> {
    const last = startingAfter === undefined ? null : await this.one(tenantId, startingAfter);
    const { recordedAt, _id } = last ?? {};
    const older = last
      ? { $or: [{ recordedAt: { $lt: recordedAt } }, { recordedAt, _id: { $lt: _id } }] }
      : {};
    return this.of(tenantId).find(
      { ...filter, ...older },
      { sort: { recordedAt: -1, _id: -1 }, limit: limit + 1 },
    );
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(Payments);
  }
}
