import { mongo } from 'mongoose';
import { Problem } from '@tollkeeper/sandbox-edge';
import { type Books, type ChargeRow, type DueEventRow, type RefundRow, newId } from './books';
import type { Answer, KeptAnswers } from './kept-answers';
import { daysAfter } from './later-events';
import type { RefundBody, WriteCall } from './requests';
import { refundFailsAfterDays } from './token-script';

export interface RefundReply {
  kind: 'answered' | 'replayed';
  answer: Answer;
}

/** A charge has few refunds. */
const mostRefunds = 1000;

export class RefundBook {
  constructor(
    private readonly books: Books,
    private readonly answers: KeptAnswers,
  ) {}

  refund(call: WriteCall, chargeId: string, body: RefundBody): Promise<RefundReply> {
    return this.answers.once(call, { refundOf: chargeId, ...body }, async (keep, session) => {
      const charge = await this.takeFromCharge(call.tenantId, chargeId, body.amountMinor, session);
      const row: RefundRow = {
        _id: newId('re'),
        tenantId: call.tenantId,
        chargeId,
        amountMinor: mongo.Long.fromNumber(body.amountMinor),
        currency: charge.currency,
        status: 'succeeded',
        reason: body.reason ?? null,
        reference: call.key,
        createdAt: call.at,
      };
      await this.books.refunds.insertOne(row, { session });
      await this.scheduleFailure(row, charge.token, session);
      const answer = { httpStatus: 200, body: refundView(row) };
      await keep(answer, session);
      return { kind: 'answered' as const, answer };
    });
  }

  async list(tenantId: string, chargeId: string, reference?: string) {
    const filter = { tenantId, chargeId, ...(reference === undefined ? {} : { reference }) };
    const rows = await this.books.refunds.find(filter).sort({ _id: 1 }).limit(mostRefunds).toArray();
    return { refunds: rows.map(refundView) };
  }

  private async scheduleFailure(row: RefundRow, token: string, session: mongo.ClientSession): Promise<void> {
    const afterDays = refundFailsAfterDays(token);
    if (afterDays === null) return;
    const { tenantId, chargeId, createdAt } = row;
    const event: DueEventRow = {
      ...{ _id: newId('evt'), tenantId, chargeId, news: { kind: 'refundFailed', refund: refundView(row) } },
      ...{ dueAt: daysAfter(createdAt, afterDays), sentAt: null },
    };
    await this.books.dueEvents.insertOne(event, { session });
  }

  private async takeFromCharge(
    tenantId: string,
    chargeId: string,
    amountMinor: number,
    session: mongo.ClientSession,
  ): Promise<ChargeRow> {
    const charge = await this.books.charges.findOne({ tenantId, _id: chargeId }, { session });
    if (!charge) throw new Problem(404, 'charge_not_found', `no charge ${chargeId}`);
    if (charge.status !== 'succeeded') {
      throw new Problem(409, 'charge_not_refundable', `the charge is ${charge.status}`);
    }
    const remaining = charge.amountMinor.subtract(charge.refundedMinor);
    if (remaining.lessThan(amountMinor)) {
      throw new Problem(
        422,
        'refund_exceeds_remaining',
        `${remaining.toString()} minor units remain to refund`,
      );
    }
    // Two refunds at once conflict on this row: the later transaction starts again and sees what remains then.
    const taken = { $inc: { refundedMinor: mongo.Long.fromNumber(amountMinor) } };
    await this.books.charges.updateOne({ tenantId, _id: chargeId }, taken, { session });
    return charge;
  }
}

export function refundView(row: RefundRow) {
  return {
    id: row._id,
    chargeId: row.chargeId,
    status: row.status ?? 'succeeded',
    amountMinor: row.amountMinor.toNumber(),
    currency: row.currency,
    reason: row.reason,
    reference: row.reference,
    createdAt: row.createdAt.toISOString(),
  };
}
