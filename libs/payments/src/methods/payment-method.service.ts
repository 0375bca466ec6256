import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  newId,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import type { AchAuthorisation } from '../domain/debits/ach-debit';
import type { SepaMandate } from '../domain/debits/sepa-debit';
import { DebitPlanning } from '../debits/debit-planning.service';
import { kindOf } from '../domain/method-kind';
import { mayCharge } from '../domain/retries/retry-rules';
import { Gateways } from '../gateway/gateways';
import type { CardDetails } from '../gateway/payment-gateway';
import { PayableRepository } from '../payables/payable.repository';
import { type Agreed, isGivenAnew, MethodSetups } from './method-setup.service';
import { PaymentMethodRepository } from './payment-method.repository';
import { SameCards } from './same-cards.service';
import { type MethodKind, type PayerRow, type PaymentMethodRow } from './payment-method.schema';
import { ProfileRepository } from '../payers/profile.repository';
import { RenewalWakes } from '../renewals/renewal-wakes.service';

interface NewMethod {
  accountId: string;
  token: string;
  makeDefault: boolean;
  autoPay: boolean;
  kind?: MethodKind;
  gateway?: string;
  /** The setup at the gateway by which the token was made. */
  setupId?: string;
  alsoAt?: { gateway: string; token: string }[];
  authorisation?: { range: { from: number; to: number } | null };
  mandate?: Pick<SepaMandate, 'mandateId' | 'signedOn' | 'preNoticeDays'>;
}

export interface MethodWithSettings {
  method: PaymentMethodRow;
  payer: PayerRow;
}

/** What an account may be charged on. */
@Injectable()
export class PaymentMethodService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly methods: PaymentMethodRepository,
    private readonly payables: PayableRepository,
    private readonly profiles: ProfileRepository,
    private readonly wakes: RenewalWakes,
    private readonly gateways: Gateways,
    private readonly debits: DebitPlanning,
    private readonly setups: MethodSetups,
    private readonly same: SameCards,
  ) {}

  /** A token that the account has already is the same method; a removed one comes back. */
  async add(principal: Principal, wanted: NewMethod): Promise<MethodWithSettings> {
    const { tenantId } = principal;
    const { accountId, token } = wanted;
    if (!(await this.profiles.account(tenantId, accountId))) throw notFound('account', accountId);
    this.refuseAuthorisation(wanted);
    const gateway = wanted.gateway ?? this.gateways.standard;
    const card = await this.described(tenantId, gateway, token, 'token');
    const kind = kindOf<MethodKind>(wanted.kind, card.kind);
    if (!kind) throw badInput('kind', `${gateway} says that this token is a ${card.kind ?? ''}.`);
    const agreed = await this.setups.agreed(tenantId, { ...wanted, gateway, kind });
    if ((kind === 'sepaDebit') !== (agreed.mandate !== undefined))
      throw badInput(
        'mandate',
        'A SEPA debit needs the mandate that the payer signed, nothing else has one.',
      );
    const alsoAt: PaymentMethodRow['alsoAt'] = [];
    for (const [no, other] of (wanted.alsoAt ?? []).entries()) {
      const there = await this.described(tenantId, other.gateway, other.token, `alsoAt.${no}.token`);
      alsoAt.push({ ...other, gatewayCustomerId: there.customerId ?? null });
    }
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const method = await this.storeMethod(tenantId, { ...wanted, ...agreed, kind, alsoAt }, card, at);
      const payer = await this.storeSettings(tenantId, wanted, method);
      await this.debits.planOpen(tenantId, at, [accountId]);
      if (payer.defaultMethodId === method._id)
        await this.wakes.wake(tenantId, accountId, `${method._id}/${at}`, at);
      const after = {
        accountId,
        methodId: method._id,
        autoPay: payer.autoPay,
        isDefault: payer.defaultMethodId === method._id,
      };
      await this.audit.record(principal, { at, what: 'addPaymentMethod', entity: method._id, after });
      return { method, payer };
    });
  }

  async list(tenantId: string, accountId: string, page: { limit: number; startingAfter?: string }) {
    const methods = await this.methods.list(tenantId, accountId, page);
    const payer = await this.payerOf(tenantId, accountId);
    return methods.map((method) => ({ method, payer }));
  }

  async remove(principal: Principal, methodId: string): Promise<void> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    await this.database.transaction(async () => {
      const method = await this.methods.one(tenantId, methodId);
      const isTheirs = principal.kind !== 'subscriber' || method?.accountId === principal.accountId;
      if (!method || !isTheirs) throw notFound('payment method', methodId);
      const payer = await this.payerOf(tenantId, method.accountId);
      await this.methods.setRemoved(tenantId, methodId, at);
      if (payer.defaultMethodId === methodId) {
        await this.methods.savePayer(tenantId, { ...payer, defaultMethodId: null, autoPay: false });
      }
      await this.audit.record(principal, {
        at,
        what: 'removePaymentMethod',
        entity: methodId,
        before: { accountId: method.accountId },
      });
    });
  }

  private refuseAuthorisation({ kind, authorisation }: NewMethod): void {
    if (authorisation === undefined) return;
    if (kind !== 'achDebit') throw badInput('authorisation', 'Only an ACH debit has one.');
    const { range } = authorisation;
    if (range && range.from > range.to)
      throw badInput('authorisation.range', '`from` is above `to`.', 'Name the lower amount first.');
  }

  private async described(
    tenantId: string,
    gateway: string,
    token: string,
    field: string,
  ): Promise<CardDetails> {
    if (!this.gateways.isConfigured(tenantId, gateway))
      throw badInput(
        field.replace('token', 'gateway'),
        `Gateway ${gateway} has no keys for this tenant.`,
        'Set its secret key in the environment, or name another gateway.',
      );
    const card = await this.gateways.of(gateway).describeToken(tenantId, token);
    if (!card)
      throw badInput(
        field,
        'The gateway does not know this token.',
        'Collect the card again in the hosted fields.',
      );
    return card;
  }

  private async storeMethod(
    tenantId: string,
    wanted: NewMethod & Agreed & Required<Pick<PaymentMethodRow, 'kind'>>,
    card: CardDetails,
    at: string,
  ): Promise<PaymentMethodRow> {
    const { accountId, token, kind, alsoAt = [], mandate: terms, authorisation, gatewayMandateId } = wanted;
    const { gateway = this.gateways.standard } = wanted;
    const mandate = terms && { ...terms, lastUsedOn: null, cancelledOn: null };
    const atGateway = gatewayMandateId ? { gatewayMandateId } : {};
    const known = await this.methods.byToken(tenantId, accountId, gateway, token);
    if (known && isGivenAnew(known, { mandate, gatewayMandateId })) {
      const given = { ...(mandate ? { mandate } : {}), ...atGateway };
      await this.methods.giveMandate(tenantId, known._id, given);
      return { ...known, ...given, authorisationEndedOn: null, lastDecline: null, removedAt: null };
    }
    const endedOn = known?.mandate?.cancelledOn ?? known?.authorisationEndedOn;
    if (endedOn)
      throw conflict(
        'mandateEnded',
        `The mandate of this bank account ended on ${endedOn}.`,
        'Have the payer give another, with a reference of its own.',
      );
    if (known && !mayCharge(known.lastDecline, 'payer')) {
      throw conflict(
        'methodRefused',
        'The card behind this token was refused for good.',
        'Use another card.',
      );
    }
    if (known) {
      await this.methods.setRemoved(tenantId, known._id, null);
      return { ...known, removedAt: null };
    }
    const { brand, last4, expiry, fingerprint } = card;
    const row: PaymentMethodRow = {
      ...{
        _id: newId('pm'),
        accountId,
        ...(kind === 'card' ? {} : { kind }),
        ...(alsoAt.length > 0 ? { alsoAt } : {}),
        ...(kind === 'achDebit' ? { authorisation: authorisationOf(authorisation?.range ?? null) } : {}),
        ...(mandate ? { mandate } : {}),
        ...atGateway,
        ...(card.customerId ? { gatewayCustomerId: card.customerId } : {}),
        gateway,
        token,
        brand,
        last4,
        expiry,
        fingerprint,
      },
      ...{ lastDecline: null, createdAt: at, removedAt: null },
    };
    await this.methods.insert(tenantId, row);
    await this.same.relate(tenantId, accountId);
    return row;
  }

  private async storeSettings(
    tenantId: string,
    { accountId, makeDefault, autoPay }: NewMethod,
    method: PaymentMethodRow,
  ): Promise<PayerRow> {
    const before = await this.payerOf(tenantId, accountId);
    const isDefault = makeDefault || before.defaultMethodId === null;
    const payer = {
      _id: accountId,
      autoPay,
      defaultMethodId: isDefault ? method._id : before.defaultMethodId,
    };
    await this.methods.savePayer(tenantId, payer);
    await this.payables.reconsiderAutoPay(tenantId, accountId);
    return payer;
  }

  private async payerOf(tenantId: string, accountId: string): Promise<PayerRow> {
    const payer = await this.methods.payer(tenantId, accountId);
    return payer ?? { _id: accountId, defaultMethodId: null, autoPay: false };
  }
}

const authorisationOf = (range: { from: number; to: number } | null): AchAuthorisation => ({
  lastAmountMinor: null,
  range: range && { fromMinor: range.from, toMinor: range.to },
});
