import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  collectionIdOf,
  collectionSignals,
  type MessageRequest,
  periodWhenPaid,
  renewalIdOf,
  renewalPaymentChanged,
  renewalRequestDecided,
  renewalRequestIdOf,
} from '@tollkeeper/contracts';
import { Outbox } from '@tollkeeper/platform';
import type { AttemptChange } from './attempt.repository';
import { type AttemptRow } from './attempt.schema';
import type { SurplusWay } from '../challenges/late-confirmations.schema';
import { CollectionRepository } from '../dunning/collection.repository';
import { isNews } from '../domain/attempts/attempt-states';
import { failureMessage, receiptMessage } from '../domain/message-requests';
import { ProfileRepository } from '../payers/profile.repository';

/** A charge that its card holder confirmed: what its debt does not take goes this way. */
export interface LateMoney {
  way: SurplusWay;
  /** Less was owed by then than it took. */
  isSurplus: boolean;
}

/** Who has to hear what a charge came to: the payer, and the process that waits for it. */
@Injectable()
export class OutcomeNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly collections: CollectionRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async tell(
    tenantId: string,
    at: Instant,
    changes: AttemptChange[],
    late: ReadonlyMap<string, LateMoney>,
  ): Promise<void> {
    if (changes.length === 0) return;
    await this.writeToPayers(tenantId, at, changes, late);
    await this.wakeCollections(tenantId, at, changes);
    await this.wakeRenewals(tenantId, at, changes);
  }

  private async writeToPayers(
    tenantId: string,
    at: Instant,
    changes: AttemptChange[],
    late: ReadonlyMap<string, LateMoney>,
  ): Promise<void> {
    const attempts = changes.map(({ after }) => after);
    const accounts = await this.profiles.addressees(tenantId, [
      ...new Set(attempts.map(({ accountId }) => accountId)),
    ]);
    const messages = attempts.flatMap((attempt) => {
      const message = messageOf(
        attempt,
        accounts.get(attempt.accountId) ?? unknownPayer,
        at,
        late.get(attempt._id),
      );
      return message ? [message] : [];
    });
    await this.outbox.tell(tenantId, at, 'messageRequested', messages);
  }

  /** A case looks again when money came in, and when a charge that kept it waiting ended either way. */
  private async wakeCollections(tenantId: string, at: Instant, changes: AttemptChange[]): Promise<void> {
    const news = changes.filter(
      ({ after, before }) =>
        after.purpose === 'invoice' && (after.state === 'succeeded' || isNews(before.state, after.state)),
    );
    const cases = await this.collections.openOf(tenantId, [
      ...new Set(news.map(({ after }) => after.accountId)),
    ]);
    for (const { accountId } of cases) {
      const eventId = news
        .filter(({ after }) => after.accountId === accountId)
        .map(({ after }) => `${after._id}:${after.state}`)
        .join();
      const processId = collectionIdOf(tenantId, accountId);
      await this.outbox.signal(tenantId, processId, collectionSignals.paymentReceived, { eventId, at });
    }
  }

  private async wakeRenewals(tenantId: string, at: Instant, changes: AttemptChange[]): Promise<void> {
    for (const { before, after } of changes) {
      if (after.subscriptionId === null || !isNews(before.state, after.state)) continue;
      const processId = renewalIdOf(tenantId, after.subscriptionId);
      const eventId = `${after._id}:${after.state}`;
      // The process tries again when it hears of news: a debit that failed is no reason before its next try is due.
      if (after.state !== 'declined' || before.state !== 'pending')
        await this.outbox.signal(tenantId, processId, renewalPaymentChanged, { eventId, at });
      if (!after.reason.startsWith('rnr_')) continue;
      const requestProcess = renewalRequestIdOf(tenantId, after.reason);
      await this.outbox.signal(tenantId, requestProcess, renewalRequestDecided, { eventId, at });
    }
  }
}

/** Its profile has not arrived yet. */
const unknownPayer = { customerName: '', zone: 'UTC' };

function messageOf(
  attempt: AttemptRow,
  { customerName, zone }: { customerName: string; zone: string },
  at: Instant,
  late: LateMoney | undefined,
): MessageRequest | null {
  const { _id, purpose, accountId, amountMinor, currency, card } = attempt;
  const news = {
    accountId,
    customerName,
    amountMinor,
    currency,
    card,
    invoiceNumber: attempt.invoiceNumber ?? '',
    at,
  };
  if (attempt.state === 'succeeded') {
    const { periodFrom: from, periodTo: to } = attempt;
    const period = from && to ? { period: { ...periodWhenPaid({ from, to }, at), zone } } : {};
    const before = late?.isSurplus ? { paidBefore: late.way } : {};
    return receiptMessage(attempt.paymentId, purpose, { ...news, ...period, ...before });
  }
  // A case tells of its declines by its own ladder; what the card holder has to confirm, nobody else can.
  const isTold =
    attempt.state === 'requiresAction' || (attempt.state === 'declined' && attempt.caseId === null);
  if (!isTold) return null;
  const reason = attempt.declineCode ?? 'authentication_required';
  const { invoiceId } = attempt;
  return failureMessage(_id, purpose, { ...news, invoiceId, reason, actionUrl: attempt.actionUrl ?? '' });
}
