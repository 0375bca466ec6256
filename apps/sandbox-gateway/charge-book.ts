import { mongo } from 'mongoose';
import { Problem } from '@tollkeeper/sandbox-edge';
import { type Books, type ChargeRow, newId } from './books';
import { businessDaysAfter, nextBusinessDay, timeOn } from './business-day';
import { type ChargeView, chargedAnswer, chargeView } from './charge-view';
import type { Answer, Keep, KeptAnswers } from './kept-answers';
import { daysAfter, type LaterEvent } from './later-events';
import type { ChargeBody, WriteCall } from './requests';
import { storedCard } from './stored-card';
import { type Effect, INVALID_TOKEN, effectOf, readScript } from './token-script';

export type ChargeReply =
  { kind: 'answered' | 'replayed'; answer: Answer } | { kind: 'silence' } | { kind: 'broken' };

export interface ChargeFilter {
  tenantId: string;
  reference?: string;
  startingAfter?: string;
  limit: number;
}

const mostRefusals = 1_000;

export class ChargeBook {
  constructor(
    private readonly books: Books,
    private readonly answers: KeptAnswers,
    private readonly actionUrl: (actionId: string) => string,
  ) {}

  charge(call: WriteCall, body: ChargeBody): Promise<ChargeReply> {
    return this.answers.once(call, { charge: body }, async (keep, session) => {
      const effect = await this.nextEffect(call.tenantId, body.token, session);
      return this.play(effect, call, body, keep, session);
    });
  }

  async find(tenantId: string, id: string): Promise<ChargeView> {
    const row = await this.books.charges.findOne({ tenantId, _id: id });
    if (!row) throw new Problem(404, 'charge_not_found', `no charge ${id}`);
    return chargeView(row);
  }

  async list({ tenantId, reference, startingAfter, limit }: ChargeFilter) {
    const filter: mongo.Filter<ChargeRow> = { tenantId };
    if (reference !== undefined) filter.reference = reference;
    if (startingAfter !== undefined) filter._id = { $gt: startingAfter };
    const rows = await this.books.charges
      .find(filter)
      .sort({ _id: 1 })
      .limit(limit + 1)
      .toArray();
    return { charges: rows.slice(0, limit).map(chargeView), hasMore: rows.length > limit };
  }

  /** A script of one step needs no count, so that a token many tests share is no bottleneck. */
  private async nextEffect(tenantId: string, token: string, session: mongo.ClientSession): Promise<Effect> {
    const script = readScript(token);
    if (!script) return INVALID_TOKEN;
    if (script.length === 1) return script[0];
    const counted = await this.books.tokens.findOneAndUpdate(
      { tenantId, token },
      { $inc: { charges: 1 } },
      { upsert: true, returnDocument: 'after', session },
    );
    return effectOf(script, counted?.charges ?? 1);
  }

  private async play(
    effect: Effect,
    call: WriteCall,
    body: ChargeBody,
    keep: Keep,
    session: mongo.ClientSession,
  ): Promise<ChargeReply> {
    const answered = async (httpStatus: number, answerBody: object): Promise<ChargeReply> => {
      const answer = { httpStatus, body: answerBody };
      await keep(answer, session);
      return { kind: 'answered', answer };
    };
    switch (effect.kind) {
      case 'charged': {
        const row = await this.book('succeeded', call, body, session);
        if (effect.later) await this.scheduleLater(row, effect.later, row.createdAt, session);
        const reply = await answered(200, chargedAnswer(row));
        return effect.silent ? { kind: 'silence' } : reply;
      }
      case 'pending': {
        const row = await this.book('pending', call, body, session);
        await this.scheduleSettlement(row, effect, session);
        return answered(202, { status: 'pending', id: row._id });
      }
      case 'declined':
        await this.noteRefusal(effect.declineCode, call, body, session);
        return answered(402, declinedAnswer(effect, body.token));
      case 'requiresAction':
        return answered(200, { status: 'requiresAction', actionUrl: await this.ask(call, body, session) });
      case 'lost':
        return { kind: 'silence' };
      case 'broken':
        return { kind: 'broken' };
    }
  }

  private async ask(call: WriteCall, charge: ChargeBody, session: mongo.ClientSession): Promise<string> {
    const _id = newId('act');
    await this.books.actions.insertOne({ _id, ...call, charge, confirmed: false }, { session });
    return this.actionUrl(_id);
  }

  private async noteRefusal(
    declineCode: string,
    { tenantId, at: createdAt }: WriteCall,
    { token, reference, initiator = 'merchant', originalNetworkTransactionId }: ChargeBody,
    session: mongo.ClientSession,
  ): Promise<void> {
    const agreement = originalNetworkTransactionId ? { originalNetworkTransactionId } : {};
    const fingerprint = storedCard(token)?.fingerprint ?? null;
    const row = { _id: newId('rf'), tenantId, token, fingerprint, reference, initiator, ...agreement };
    await this.books.refusals.insertOne({ ...row, declineCode, createdAt }, { session });
  }

  /** Refused charges, as the schemes count them. */
  async refusals(tenantId: string) {
    const rows = await this.books.refusals.find({ tenantId }).sort({ _id: 1 }).limit(mostRefusals).toArray();
    return { refusals: rows };
  }

  async book(
    status: 'succeeded' | 'pending',
    { tenantId, at }: WriteCall,
    { amountMinor, currency, token, reference, description, ...agreement }: ChargeBody,
    session: mongo.ClientSession,
  ): Promise<ChargeRow> {
    const id = newId('ch');
    const row: ChargeRow = {
      _id: id,
      tenantId,
      status,
      amountMinor: mongo.Long.fromNumber(amountMinor),
      refundedMinor: mongo.Long.ZERO,
      currency,
      token,
      reference,
      description: description ?? null,
      networkTransactionId: status === 'succeeded' ? networkTransactionId(id) : null,
      declineCode: null,
      ...agreement,
      createdAt: at,
      settledAt: null,
    };
    await this.books.charges.insertOne(row, { session });
    return row;
  }

  private async scheduleSettlement(
    { _id: chargeId, tenantId, createdAt, debit }: ChargeRow,
    { settlesAs, failsWith, bankDays, copies = 1, lateDays = 0, later }: Extract<Effect, { kind: 'pending' }>,
    session: mongo.ClientSession,
  ): Promise<void> {
    const settlesAt =
      bankDays === undefined
        ? debit
          ? timeOn(debit.collectOn, createdAt)
          : nextBusinessDay(createdAt)
        : businessDaysAfter(createdAt, bankDays);
    const failing = failsWith ? { failsWith } : {};
    const event = { tenantId, chargeId, settlesAs, copies, ...failing, sentAt: null };
    const told = { ...event, _id: newId('evt'), dueAt: daysAfter(settlesAt, lateDays) };
    const quiet = { ...event, _id: newId('evt'), dueAt: settlesAt, quiet: true };
    await this.books.dueEvents.insertMany(lateDays > 0 ? [quiet, told] : [told], { session });
    if (later) await this.scheduleLater({ _id: chargeId, tenantId }, later, settlesAt, session);
  }

  private async scheduleLater(
    { _id: chargeId, tenantId }: Pick<ChargeRow, '_id' | 'tenantId'>,
    later: readonly LaterEvent[],
    from: Date,
    session: mongo.ClientSession,
  ): Promise<void> {
    const events = later.map(({ afterDays, news }) => ({
      ...{ _id: newId('evt'), tenantId, chargeId, news, dueAt: daysAfter(from, afterDays), sentAt: null },
    }));
    await this.books.dueEvents.insertMany(events, { session });
  }
}

const declinedAnswer = (
  { declineCode, networkDeclineCode, adviceCode }: Extract<Effect, { kind: 'declined' }>,
  token: string,
) => ({
  ...{ status: 'declined', declineCode },
  ...(networkDeclineCode ? { networkDeclineCode, adviceCode, brand: storedCard(token)?.brand } : {}),
});

export function networkTransactionId(chargeId: string): string {
  return chargeId.replace('ch_', 'ntx_');
}
