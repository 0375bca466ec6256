import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { PaymentFact } from '@tollkeeper/contracts';
import { CopyRepository } from '../copies/copy.repository';
import type { TaxTerms } from '../domain/ledger/prepaid-sale';
import { saleRates } from '../domain/sale-rates';
import { placesOf } from '../domain/tax-place';
import { TaxPlaceService } from '../taxes/tax-place.service';
import { TaxSettingsRepository } from '../taxes/tax-settings.repository';
import { TaxRateRepository } from '../taxes/tax-rate.repository';
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
    private readonly taxSettings: TaxSettingsRepository,
    private readonly places: TaxPlaceService,
    private readonly copies: CopyRepository,
  ) {}

  /** By payment; facts that sell nothing in advance have none. */
  async termsOf(tenantId: string, facts: PaymentFact[], zone: string): Promise<Map<string, SaleTerms>> {
    const sales = facts.filter(({ purpose }) => purpose === 'renewal' || purpose === 'topUp');
    if (sales.length === 0) return new Map();
    const { taxAt, topUpTaxCode } = await this.settings.find(tenantId);
    const rules = await this.rates.all(tenantId);
    const { notCharged } = await this.taxSettings.find(tenantId);
    const accounts = await this.copies.accountsByIds(
      tenantId,
      sales.map(({ accountId }) => accountId),
    );
    const places = await this.places.placesOf(
      tenantId,
      accounts,
      localDateOf(sales[0]?.receivedAt ?? '', zone),
    );
    const taxCodes = await this.taxCodesOf(tenantId, sales);
    return new Map(
      sales.map((fact) => {
        const profile = accounts.find(({ accountId }) => accountId === fact.accountId)?.profile;
        if (!profile) throw new Error(`The profile of account ${fact.accountId} has not arrived yet`);
        const taxCode = taxCodes.get(fact.renewal?.offeringId ?? '') ?? topUpTaxCode;
        const on = taxedOn(fact, taxAt, zone);
        const place = places.get(profile.accountId) ?? null;
        const { rates, missing } = saleRates({
          ...{ rules, taxCode, taxAt, on, notCharged, currency: profile.currency },
          jurisdictions: placesOf(profile.address, place),
          segment: place?.customer ?? 'consumer',
          certificates: profile.taxCertificates ?? [],
          reverseCharge: place?.treatment === 'reverseCharge',
        });
        const outside = place?.treatment === 'reverseCharge' || place?.treatment === 'outsideScope';
        return [fact.paymentId, { taxAt, rates, missing: rates.length === 0 && outside ? null : missing }];
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
