import { Injectable } from '@nestjs/common';
import { localDateOf } from '@tollkeeper/calendar';
import { badInput, conflict, notFound } from '@tollkeeper/platform';
import type { SepaMandate } from '../domain/debits/sepa-debit';
import { Gateways } from '../gateway/gateways';
import type { SetupRequest } from '../gateway/payment-gateway';
import { ProfileRepository } from '../payers/profile.repository';
import { PaymentMethodRepository } from './payment-method.repository';
import type { PaymentMethodRow } from './payment-method.schema';

/** EPC Core Rulebook 4.3: unless a shorter time was agreed. */
const usualNoticeDays = 14;

export type MandateTerms = Pick<SepaMandate, 'mandateId' | 'signedOn' | 'preNoticeDays'>;

interface Wanted {
  accountId: string;
  token: string;
  gateway: string;
  kind?: string;
  setupId?: string;
  mandate?: MandateTerms;
}

export interface Agreed {
  mandate?: MandateTerms;
  gatewayMandateId?: string;
}

/** Another mandate than the one that a method has. */
export const isGivenAnew = (
  { mandate, gatewayMandateId }: PaymentMethodRow,
  given: Pick<PaymentMethodRow, 'mandate' | 'gatewayMandateId'>,
): boolean =>
  given.mandate
    ? mandate?.mandateId !== given.mandate.mandateId
    : given.gatewayMandateId !== undefined && given.gatewayMandateId !== gatewayMandateId;

/** What payers agree to in a gateway's own fields, and whether it is what we were told. */
@Injectable()
export class MethodSetups {
  constructor(
    private readonly gateways: Gateways,
    private readonly methods: PaymentMethodRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async begin(
    tenantId: string,
    { accountId, gateway, kind }: { accountId: string; gateway: string; kind: SetupRequest['kind'] },
  ): Promise<{ setupId: string; clientSecret: string }> {
    if (!(await this.profiles.account(tenantId, accountId))) throw notFound('account', accountId);
    if (!this.gateways.isConfigured(tenantId, gateway))
      throw badInput('gateway', `Gateway ${gateway} has no keys for this tenant.`);
    const own = await this.methods.everyOf(tenantId, accountId);
    const customerId = own.find(
      (each) => each.gateway === gateway && each.gatewayCustomerId,
    )?.gatewayCustomerId;
    const request = { tenantId, accountId, kind, customerId: customerId ?? null };
    const setup = await this.gateways.of(gateway).beginSetup(request);
    if (!setup)
      throw badInput('gateway', `The fields of ${gateway} need no setup.`, 'Add the token that they give.');
    return setup;
  }

  /** Where the gateway keeps the mandate, its reference and day are those that count. */
  async agreed(tenantId: string, wanted: Wanted): Promise<Agreed> {
    const { accountId, token, setupId, mandate: told, gateway } = wanted;
    const isDebit = wanted.kind === 'sepaDebit' || wanted.kind === 'achDebit';
    const keeper = this.gateways.of(gateway);
    if (setupId === undefined) {
      if (isDebit && keeper.keepsMandates)
        throw badInput(
          'setupId',
          `${gateway} debits only by a mandate that was given in a setup.`,
          'POST /v1/payments/method-setups, and let the payer finish it.',
        );
      return told ? { mandate: told } : {};
    }
    const setup = await keeper.finishedSetup(tenantId, setupId);
    if (setup?.accountId !== accountId)
      throw badInput('setupId', `${gateway} knows no such setup of this account.`);
    if (setup.token === null)
      throw conflict('setupNotFinished', 'The payer has not finished this setup.', 'Add it afterwards.');
    if (setup.token !== token) throw badInput('token', 'Another token came of this setup.');
    if (!isDebit) return told ? { mandate: told } : {};
    if (!setup.mandate) throw badInput('setupId', 'No mandate came of this setup.', 'Begin another.');
    const { reference, status, acceptedAt, gatewayMandateId } = setup.mandate;
    if (status !== 'active')
      throw conflict('mandateNotInForce', `The mandate is ${status} at ${gateway}.`, 'Have a new one given.');
    if (wanted.kind === 'achDebit') return { gatewayMandateId };
    if (reference === null) throw badInput('setupId', 'Its mandate is none of SEPA.');
    if (told && told.mandateId !== reference)
      throw badInput(
        'mandate.mandateId',
        `The payer was shown ${reference}.`,
        'Leave `mandate` out to take it.',
      );
    const zone = (await this.profiles.tenant(tenantId))?.zone ?? 'UTC';
    const signedOn = acceptedAt === null ? told?.signedOn : localDateOf(acceptedAt, zone);
    if (!signedOn) throw badInput('mandate.signedOn', `${gateway} does not know when it was given.`);
    const preNoticeDays = told?.preNoticeDays ?? usualNoticeDays;
    return { mandate: { mandateId: reference, signedOn, preNoticeDays }, gatewayMandateId };
  }
}
