import { mongo } from 'mongoose';
import type { Books, DueEventRow } from './books';
import { networkTransactionId } from './charge-book';
import { chargeView } from './charge-view';
import { newsBody, typeOf } from './later-events';
import { storedCard } from './stored-card';
import type { Delivery, WebhookMessage, Webhooks } from './webhooks';

const EVENTS_PER_RUN = 500;

/** What will happen by itself. The gateway has no clock: it is told the time, and asked what comes next. */
export class DueEvents {
  constructor(
    private readonly books: Books,
    private readonly webhooks: Webhooks,
  ) {}

  async nextAt(tenantId: string): Promise<string | null> {
    const next = await this.books.dueEvents.findOne({ tenantId, sentAt: null }, { sort: { dueAt: 1 } });
    return next?.dueAt.toISOString() ?? null;
  }

  async run(tenantId: string, at: Date): Promise<{ ran: number; remaining: number }> {
    const due = { tenantId, sentAt: null, dueAt: { $lte: at } };
    const events = await this.books.dueEvents
      .find(due)
      .sort({ dueAt: 1, _id: 1 })
      .limit(EVENTS_PER_RUN)
      .toArray();
    let ran = 0;
    for (const event of events) {
      const delivery = await this.execute(event);
      if (delivery === 'unreachable') break;
      if (delivery === 'refused') continue;
      await this.books.dueEvents.updateOne({ tenantId, _id: event._id }, { $set: { sentAt: at } });
      ran += 1;
    }
    return { ran, remaining: await this.books.dueEvents.countDocuments(due) };
  }

  private async execute(event: DueEventRow): Promise<Delivery> {
    await this.settle(event);
    await this.takeRefundBack(event);
    if (event.quiet) return 'delivered';
    const message = await this.messageOf(event);
    for (let copy = 1; copy < (event.copies ?? 1); copy += 1) await this.webhooks.send(message);
    return this.webhooks.send(message);
  }

  private async settle({ tenantId, chargeId, settlesAs, failsWith, dueAt }: DueEventRow): Promise<void> {
    if (!settlesAs) return;
    const outcome =
      settlesAs === 'succeeded'
        ? { status: settlesAs, networkTransactionId: networkTransactionId(chargeId) }
        : { status: settlesAs, declineCode: failsWith ?? 'insufficient_funds' };
    await this.books.charges.updateOne(
      { tenantId, _id: chargeId, status: 'pending' },
      { $set: { ...outcome, settledAt: dueAt } },
    );
  }

  /** Once, however often it is told. */
  private async takeRefundBack({ tenantId, chargeId, news }: DueEventRow): Promise<void> {
    if (news?.kind !== 'refundFailed') return;
    const { id, amountMinor } = news.refund;
    await this.books.write(async (session) => {
      const open = { tenantId, _id: id, status: { $ne: 'failed' as const } };
      const failed = await this.books.refunds.updateOne(open, { $set: { status: 'failed' } }, { session });
      if (failed.modifiedCount === 0) return;
      const back = { $inc: { refundedMinor: mongo.Long.fromNumber(-amountMinor) } };
      await this.books.charges.updateOne({ tenantId, _id: chargeId }, back, { session });
    });
  }

  private async messageOf({
    _id,
    tenantId,
    chargeId,
    settlesAs,
    dueAt,
    news,
  }: DueEventRow): Promise<WebhookMessage> {
    const charge = await this.books.charges.findOne({ tenantId, _id: chargeId });
    if (!charge) throw new Error(`due event ${_id} is about charge ${chargeId}, which the books do not hold`);
    return {
      id: _id,
      type: news ? typeOf(news) : settlesAs === 'succeeded' ? 'charge.settled' : 'charge.failed',
      tenantId,
      occurredAt: dueAt.toISOString(),
      data: chargeView(charge),
      ...(news ? newsBody(news, chargeView(charge), dueAt, storedCard(charge.token) ?? {}) : {}),
    };
  }
}
