import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type Channel, delivery, messagesDeferred } from '@tollkeeper/contracts';
import { newId, Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { shouldStop } from './activity-context';
import { MailComposers } from './compose-mail';
import { ContactRepository } from './contact.repository';
import { MailTransport } from './mail-transport';
import { MessageRepository } from './message.repository';
import type { Claim, MessageRow } from './message.schema';
import { ResultWriter } from './result-writer';
import { SendingGroup, type Unsent } from './send-group';

const groupSize = 50;
/** Longer than any group takes: a claim this old is of a sender that died. Real time. */
const leaseMs = 120_000;
const groupBudgetMs = 45_000;

interface DeliveryOrder {
  tenantId: string;
  channel: Channel;
  ids: string[];
  owner: string;
  at: Instant;
  /** A sweep takes deferred messages that are due, and tells its caller itself when the next are. */
  sweep: boolean;
  /** Real time after which the rest is put off. */
  budgetMs: number;
}

export const deadBefore = (): Date => new Date(Date.now() - leaseMs);

/** Claims, hands over and marks messages, group by group. Any number may do so at once; none is handed over by two. */
@Injectable()
export class MessageDelivery {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly messages: MessageRepository,
    private readonly contacts: ContactRepository,
    private readonly composers: MailComposers,
    private readonly transport: MailTransport,
    private readonly outbox: Outbox,
  ) {}

  async deliver(order: DeliveryOrder): Promise<void> {
    const endsAt = Date.now() + order.budgetMs;
    let serverAway = false;
    for (let from = 0; from < order.ids.length; from += groupSize) {
      const claim = { owner: order.owner, token: randomUUID(), at: new Date() };
      const until = Math.min(endsAt, Date.now() + groupBudgetMs);
      serverAway = await this.deliverGroup(order, order.ids.slice(from, from + groupSize), claim, {
        until,
        serverAway,
      });
      if (shouldStop()) throw new Error('sending was interrupted; the rest goes on with the next try');
    }
  }

  private async deliverGroup(
    order: DeliveryOrder,
    ids: string[],
    claim: Claim,
    state: { until: number; serverAway: boolean },
  ): Promise<boolean> {
    const { tenantId, at, sweep } = order;
    const dueAt = sweep ? at : null;
    const rows = await this.messages.claim(tenantId, ids, claim, { deadBefore: deadBefore(), dueAt });
    if (rows.length === 0) return state.serverAway;
    const composer = await this.composers.forAccounts(
      tenantId,
      rows.map((row) => row.accountId),
    );
    const sent = new ResultWriter<MessageRow>((done) => this.markSent(tenantId, claim, done, at));
    const group = new SendingGroup(composer, this.transport, sent, at, () => shouldStop() || sent.broken);
    const { unsent, untried, serverAway, fault } = await group.send(rows, state);
    await sent.settled();
    await this.settle(order, claim, unsent);
    await this.messages.release(tenantId, claim.token, untried, dueAt);
    if (fault) throw fault.error;
    return serverAway;
  }

  private async markSent(tenantId: string, claim: Claim, rows: MessageRow[], at: Instant): Promise<void> {
    const changes = rows.map(({ _id, to, subject, smtpResponse }) => ({
      id: _id,
      fields: {
        state: 'sent' as const,
        to,
        subject,
        smtpResponse,
        sentAt: at,
        nextAt: null,
        failure: null,
        mayHaveArrived: false,
      },
    }));
    await this.messages.save(tenantId, claim.token, changes);
  }

  /** What was not sent, whom it flags, and the wake-up that brings deferred messages back: all or nothing. */
  private async settle(
    { tenantId, channel, at, sweep }: DeliveryOrder,
    claim: Claim,
    unsent: Unsent[],
  ): Promise<void> {
    if (unsent.length === 0) return;
    await this.database.transaction(async () => {
      await this.messages.save(tenantId, claim.token, unsent);
      for (const { unreachable } of unsent) {
        if (unreachable)
          await this.contacts.markUnreachable(tenantId, unreachable.accountId, { at, ...unreachable });
      }
      if (!sweep && unsent.some(({ fields }) => fields.state === 'deferred'))
        await this.wakeSweeper(tenantId, channel, at);
    });
  }

  /** Signal before start: a sweeper that is about to end looks again, one that has ended is started. */
  private async wakeSweeper(tenantId: string, channel: Channel, at: Instant): Promise<void> {
    const sweeper = { tenantId, channel, at };
    await this.outbox.signal(tenantId, delivery.id(sweeper), messagesDeferred, { eventId: newId('evt'), at });
    await this.outbox.start(delivery, [sweeper]);
  }
}
