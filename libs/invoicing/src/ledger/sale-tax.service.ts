import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { PaymentFact } from '@tollkeeper/contracts';
import { CopyRepository } from '../copy.repository';
import type { TaxTerms } from '../domain/ledger/prepaid-sale';
import { certificateFor, jurisdictionsOf, ratesInForce } from '../domain/tax-lines';
import { TaxRateRepository } from '../tax-rate.repository';
import { LedgerSettingsRepository } from './ledger-settings.repository';

export interface SaleTerms extends TaxTerms {
  /** The tax table has no row: posted untaxed, and shown until someone has looked at it. */
  missing: string | null;
}

/** Which tax lies in a top-up or renewal, and when it is due. */
@Injectable()
export class SaleTaxService {
  constructor(
    private readonly settings: LedgerSettingsRepository,
    private readonly rates: TaxRateRepository,
    private readonly copies: CopyRepository,
  ) {}

  /** By payment; facts that sell nothing in advance have none. */
  async termsOf(tenantId: string, facts: PaymentFact[], zone: string): Promise<Map<string, SaleTerms>> {
    const sales = facts.filter(({ purpose }) => purpose === 'renewal' || purpose === 'topUp');
    if (sales.length === 0) return new Map();
    const { taxAt, topUpTaxCode } = await this.settings.find(tenantId);
    const rates = await this.rates.all(tenantId);
    const accounts = await this.copies.accountsByIds(
      tenantId,
      sales.map(({ accountId }) => accountId),
    );
    const taxCodes = await this.taxCodesOf(tenantId, sales);
    return new Map(
      sales.map((fact) => {
        const profile = accounts.find(({ accountId }) => accountId === fact.accountId)?.profile;
        if (!profile) throw new Error(`The profile of account ${fact.accountId} has not arrived yet`);
        const taxCode = taxCodes.get(fact.renewal?.offeringId ?? '') ?? topUpTaxCode;
        const on = taxedOn(fact, taxAt, zone);
        const found = ratesInForce(taxCode, on, rates, jurisdictionsOf(profile.address));
        const missing =
          found.length === 0 ? `tax code "${taxCode}" in ${profile.address.country} on ${on}` : null;
        const certificates = profile.taxCertificates ?? [];
        const taxed = found.filter((rate) => !certificateFor(certificates, rate, on));
        return [fact.paymentId, { taxAt, rates: taxed, missing }];
      }),
    );
  }

  private async taxCodesOf(tenantId: string, sales: PaymentFact[]): Promise<Map<string, string>> {
    const offeringIds = sales.flatMap(({ renewal }) => renewal?.offeringId ?? []);
    const offerings = await this.copies.offeringsOf(tenantId, [...new Set(offeringIds)]);
    const inOrder = offerings.sort((left, right) => left.version - right.version);
    return new Map(inOrder.map(({ offeringId, usageTaxCode }) => [offeringId, usageTaxCode]));
  }
}

/** At the sale its day counts; at use the last day of the service, as on a bill. */
function taxedOn({ renewal, receivedAt }: PaymentFact, taxAt: 'sale' | 'use', zone: string): LocalDate {
  return taxAt === 'use' && renewal
    ? addDays(localDateOf(renewal.to, zone), -1)
    : localDateOf(receivedAt, zone);
}
