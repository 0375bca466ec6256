import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type AttemptState, payNow } from '@tollkeeper/contracts';
import { formatMoney, money, type Money } from '@tollkeeper/money';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  newId,
  Outbox,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';
import type { AttemptRow } from '../attempts/attempt.schema';
import { AttemptService } from '../attempts/attempt.service';
import { overallState } from '../domain/attempts/attempt-states';
import { coverPayables, isBeingCharged } from '../domain/attempts/reservations';
import { kindOf } from '../domain/method-kind';
import { mayCharge } from '../domain/retries/retry-rules';
import { Gateways } from '../gateway/gateways';
import { PayRequestRepository } from '../pay-now/pay-request.repository';
import type { PayRequestRow } from '../pay-now/pay-request.schema';
import { PayableRepository } from '../payables/payable.repository';
import { PaymentMethodRepository } from '../methods/payment-method.repository';
import { SameCards } from '../methods/same-cards.service';
import type { MethodKind, PaymentMethodRow } from '../methods/payment-method.schema';
import { LinkWithdrawalRepository } from './link-withdrawal.repository';
import { PayLinkRepository } from './pay-link.repository';
import type { PayLinkRow } from './pay-link.schema';
import { chargedBy, isExpired, PayLinkService } from './pay-link.service';

interface GuestToken {
  gateway: string;
  token: string;
  kind: MethodKind;
}

/** The card behind a pay link is charged once and not kept: the account's own methods stay as they are. */
@Injectable()
export class LinkCharging {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly service: PayLinkService,
    private readonly links: PayLinkRepository,
    private readonly requests: PayRequestRepository,
    private readonly payables: PayableRepository,
    private readonly methods: PaymentMethodRepository,
    private readonly attempts: AttemptRepository,
    private readonly sending: AttemptService,
    private readonly gateways: Gateways,
    private readonly same: SameCards,
    private readonly withdrawals: LinkWithdrawalRepository,
  ) {}

  /** The door only asks; a process charges. The link is claimed with the request: two at once are one. */
  async pay(linkToken: string, guest: GuestToken, shown: Money | null = null): Promise<void> {
    const { tenantId, link } = await this.service.read(linkToken);
    const at = await this.clock.now(tenantId);
    await this.refuse(tenantId, link, shown, at);
    const method = await this.guestMethod(tenantId, link.accountId, guest, at);
    const requestId = newId('req');
    await this.database.transaction(async () => {
      // Withdrawn since it was looked at.
      if (link.secretHash === null && (await this.withdrawals.covers(tenantId, link))) throw withdrawn();
      if (link.secretHash === null) await this.links.keep(tenantId, link);
      if (!(await this.links.move(tenantId, link, 'paying', requestId))) throw alreadyUsed();
      if (method.isNew) {
        await this.methods.insert(tenantId, method.row);
        await this.same.relate(tenantId, link.accountId);
      }
      await this.requests.insert(tenantId, {
        ...{ _id: requestId, accountId: link.accountId, requestedAt: at, outcome: null },
        ...{ payLinkId: link._id, methodId: method.row._id },
        ...(shown ? { mostMinor: shown.minor } : {}),
      });
      const after = { accountId: link.accountId, requestId, card: `${method.row.brand} ${method.row.last4}` };
      const who = { who: `payLink:${link._id}`, name: 'whoever has the link' };
      await this.audit.recordMany(tenantId, who, [{ at, what: 'payByLink', entity: link._id, after }]);
      await this.outbox.start(payNow, [{ tenantId, at, requestId, accountId: link.accountId }]);
    });
  }

  /** A repeat goes on with what was begun. */
  async charge(tenantId: string, request: PayRequestRow, at: Instant): Promise<AttemptState | 'notAllowed'> {
    const { _id: requestId, accountId, payLinkId = '' } = request;
    const link = await this.links.one(tenantId, payLinkId);
    if (!link) throw new Error(`there is no pay link ${payLinkId}`);
    const begun = await this.attempts.byReason(tenantId, accountId, requestId);
    // It found nothing to charge and let the link go: somebody else may hold it by now.
    if (begun.length === 0 && link.requestId !== requestId) return 'notAllowed';
    if (begun.length === 0 && link.state !== 'paying') return 'notAllowed';
    const intents = begun.length > 0 ? begun : await this.reserve(tenantId, request, link, at);
    const sent = await this.sending.send(
      tenantId,
      at,
      intents.filter(({ state }) => state === 'created'),
    );
    const decided = intents.filter(({ state, followedBy }) => state !== 'created' && !followedBy);
    const outcome = overallState([...decided, ...sent].map(({ state }) => state));
    if (intents.length === 0) await this.service.letGo(tenantId, { ...link, state: 'paying', requestId });
    else await this.service.brought(tenantId, { ...link, state: 'paying', requestId });
    return outcome;
  }

  private async reserve(
    tenantId: string,
    { _id: reason, accountId, methodId, mostMinor = Number.MAX_SAFE_INTEGER }: PayRequestRow,
    link: PayLinkRow,
    at: Instant,
  ): Promise<AttemptRow[]> {
    const method = await this.methods.kept(tenantId, methodId ?? '');
    const payables = (await this.service.payablesOf(tenantId, link)).filter((each) => !isBeingCharged(each));
    const intents = coverPayables(payables, Math.min(mostMinor, chargedBy(link, payables))).map(
      ({ payable, amountMinor }) =>
        this.sending.intent(
          {
            ...{ key: `${payable._id}/${reason}/1`, reason, purpose: 'invoice', accountId, amountMinor },
            ...{ currency: payable.currency, invoiceId: payable._id, invoiceNumber: payable.invoiceNumber },
            ...{ caseId: null, initiator: 'payer' },
          },
          method,
          at,
        ),
    );
    return this.database.transaction(async () => {
      const wanted = intents.map(({ _id: attemptId, invoiceId, paymentId, amountMinor }) => ({
        invoiceId: invoiceId ?? '',
        reservation: { attemptId, paymentId, amountMinor, state: 'held' as const },
      }));
      const held = await this.payables.reserve(tenantId, wanted, null);
      const reserved = intents.filter(({ invoiceId }) => held.has(invoiceId ?? ''));
      await this.attempts.insert(tenantId, reserved);
      return reserved;
    });
  }

  private async refuse(tenantId: string, link: PayLinkRow, shown: Money | null, at: Instant): Promise<void> {
    if (link.state === 'revoked') throw withdrawn();
    if (link.state !== 'open') throw alreadyUsed();
    if (isExpired(link, at))
      throw conflict('payLinkExpired', `This link was good until ${link.expiresAt}.`, 'Ask for a new one.');
    const payables = await this.service.payablesOf(tenantId, link);
    const minor = chargedBy(link, payables);
    if (minor > 0 && shown && (shown.minor !== minor || shown.currency !== link.currency))
      throw conflict(
        'amountChanged',
        `${formatMoney(money(minor, link.currency))} is asked for by now.`,
        'Show the link again.',
      );
    if (minor > 0) return;
    throw (await this.service.isPaid(tenantId, link))
      ? conflict('nothingToPay', 'This has been paid already.', 'Nothing is left to do.')
      : conflict('nothingToPay', 'Nothing that this link pays is open, or it is being paid.');
  }

  /** Kept as a removed method, so that its refusals count for the schemes' caps like those of any card. */
  private async guestMethod(
    tenantId: string,
    accountId: string,
    { gateway, token, kind }: GuestToken,
    at: Instant,
  ): Promise<{ row: PaymentMethodRow; isNew: boolean }> {
    if (!this.gateways.isConfigured(tenantId, gateway))
      throw badInput('gateway', `Gateway ${gateway} has no keys for this tenant.`);
    const card = await this.gateways.of(gateway).describeToken(tenantId, token);
    if (!card) throw badInput('token', 'The gateway does not know this token.', 'Collect the card again.');
    const known = await this.methods.byToken(tenantId, accountId, gateway, token);
    if (known && !mayCharge(known.lastDecline, 'payer'))
      throw conflict(
        'methodRefused',
        'The card behind this token was refused for good.',
        'Use another card.',
      );
    if (known) return { row: known, isNew: false };
    const seenAs = kindOf<MethodKind>(kind, card.kind);
    if (!seenAs) throw badInput('kind', `${gateway} says that this token is a ${card.kind ?? ''}.`);
    const { brand, last4, expiry, fingerprint } = card;
    const row: PaymentMethodRow = {
      ...{ _id: newId('pm'), accountId, kind: seenAs, gateway, token, brand, last4, expiry, fingerprint },
      ...(card.customerId ? { gatewayCustomerId: card.customerId } : {}),
      ...{ lastDecline: null, createdAt: at, removedAt: at },
    };
    return { row, isNew: true };
  }
}

const withdrawn = () => conflict('payLinkRevoked', 'This link was withdrawn.', 'Ask for a new one.');

const alreadyUsed = () =>
  conflict(
    'payLinkUsed',
    'This link has been used, or its payment is under way.',
    'Look at it again shortly.',
  );
