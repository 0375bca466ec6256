import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { formatMoney, microToMinor, money } from '@tollkeeper/money';
import { conflict } from '@tollkeeper/platform';
import type { AccountRow } from '../accounts/account.schema';
import { OfferingRepository } from '../copies/offering.repository';
import { priceAt, yearlyMinor } from '../domain/offering-price';
import { exposureOf, isOverLimit } from '../domain/exposure';
import { CreditAccountRepository } from './credit-account.repository';
import type { CreditAccountRow } from './credit-account.schema';

export const exposureOfRow = ({ usage, balance }: CreditAccountRow, currency: string): number =>
  exposureOf({
    ...{ usage, currency },
    openDebtMinor: balance?.openDebtMinor ?? 0,
    creditMinor: balance?.creditMinor ?? 0,
  });

/** What raises what is lent to an account waits until the account is within its limit again. */
@Injectable()
export class CreditLimits {
  constructor(
    private readonly rows: CreditAccountRepository,
    private readonly offerings: OfferingRepository,
  ) {}

  /** A dearer plan, a further service or add-on that is invoiced: not while the account is over its limit. */
  async refuseMoreDebt(
    tenantId: string,
    account: Pick<AccountRow, '_id' | 'currency' | 'creditTerms'>,
    [wanted, present]: readonly [string, string?],
    at: Instant,
  ): Promise<void> {
    if (!account.creditTerms || account.creditTerms.creditLimitMinor === null) return;
    const prices = await this.offerings.prices(tenantId, present ? [wanted, present] : [wanted]);
    const priceOf = (offeringId: string) => priceAt(prices.get(offeringId) ?? [], at);
    const next = priceOf(wanted);
    if (!next || next.paidInAdvance) return;
    const before = present ? priceOf(present) : null;
    if (before && yearlyMinor(next) <= yearlyMinor(before)) return;
    await this.refuseOverLimit(tenantId, account);
  }

  private async refuseOverLimit(
    tenantId: string,
    { _id, currency, creditTerms }: Pick<AccountRow, '_id' | 'currency' | 'creditTerms'>,
  ): Promise<void> {
    if (!creditTerms || creditTerms.creditLimitMinor === null) return;
    const exposure = exposureOfRow(await this.rows.get(tenantId, _id), currency);
    if (!isOverLimit(creditTerms, exposure, currency)) return;
    const owed = formatMoney(money(microToMinor(exposure, currency, 'halfUp'), currency));
    const limit = formatMoney(money(creditTerms.creditLimitMinor, currency));
    throw conflict(
      'creditLimitReached',
      `Usage that is not billed yet and open debt come to ${owed}; the limit of class ${creditTerms.creditClass} is ${limit}.`,
      'Take a payment first (POST /v1/payments/payments), or put the account into a class with a higher limit.',
    );
  }
}
