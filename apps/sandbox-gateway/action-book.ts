import { type mongo } from 'mongoose';
import { Problem } from '@tollkeeper/sandbox-edge';
import { type ActionRow, type Books, newId } from './books';
import { type ChargeBook } from './charge-book';
import { chargeView } from './charge-view';

/** Confirmed, or too late for it. */
export type Confirmed = { state: 'confirmed'; tenantId: string; at: Date } | { state: 'cancelled' } | null;

/** Charges that wait for their card holders: confirmed or cancelled, whichever comes first, and never both. */
export class ActionBook {
  constructor(
    private readonly books: Books,
    private readonly charges: ChargeBook,
  ) {}

  find(actionId: string): Promise<ActionRow | null> {
    return this.books.actions.findOne({ _id: actionId });
  }

  /** The card holder confirms, once: the charge is booked, and told like one that has settled. `null`: no such action. */
  confirm(actionId: string): Promise<Confirmed> {
    return this.books.write(async (session) => {
      const open = { _id: actionId, cancelled: { $ne: true } };
      const action = await this.books.actions.findOneAndUpdate(
        open,
        { $set: { confirmed: true } },
        { session },
      );
      if (!action) return (await this.find(actionId)) && { state: 'cancelled' };
      const { tenantId, at, key, charge, confirmed } = action;
      if (!confirmed) {
        const { _id: chargeId } = await this.charges.book('pending', { tenantId, at, key }, charge, session);
        const event = { tenantId, chargeId, settlesAs: 'succeeded' as const, dueAt: at, sentAt: null };
        await this.books.dueEvents.insertOne({ _id: newId('evt'), ...event }, { session });
      }
      return { state: 'confirmed', tenantId, at };
    });
  }

  /** The merchant asks for it no more. What was confirmed is answered as it stands: its money has been taken. */
  cancel(tenantId: string, reference: string) {
    return this.books.write(async (session) => {
      const mine: mongo.Filter<ActionRow> = { tenantId, 'charge.reference': reference };
      const ended = { $set: { cancelled: true } };
      const waiting = { ...mine, confirmed: false };
      if (await this.books.actions.findOneAndUpdate(waiting, ended, { session }))
        return { status: 'cancelled' };
      const charge = await this.books.charges.findOne({ tenantId, reference }, { session });
      if (!charge) throw new Problem(404, 'action_not_found', 'nothing waits under this reference');
      const { id, status, networkTransactionId, declineCode } = chargeView(charge);
      return { id, status, networkTransactionId, declineCode };
    });
  }
}
