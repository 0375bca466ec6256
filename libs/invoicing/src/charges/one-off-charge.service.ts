import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { AccountProfile, RevenueCategory } from '@tollkeeper/contracts';
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
import { CopyRepository } from '../copies/copy.repository';
import { priceOf } from '../domain/charge-price';
import { placedKey } from '../domain/one-off-charges';
import { versionOn } from '../domain/offering-versions';
import { InvoiceRepository } from '../invoices/invoice.repository';
import { BilledAccountService } from './billed-account.service';
import { OneOffChargeRepository } from './one-off-charge.repository';
import type { OneOffChargeRow } from './one-off-charge.schema';

/** Further from today is a slip of the pen. */
const mostDaysAway = 366;

interface WantedCharge {
  accountId: string;
  subscriptionId: string | null;
  /** A charge of the catalog, whose price, tax code and category hold where nothing else is given. */
  charge: { offeringId: string; chargeId: string } | null;
  amount: { minor: number; currency: string } | null;
  description: string | null;
  taxCode: string | null;
  revenueCategory: RevenueCategory | null;
  on: LocalDate | null;
  reason: string;
}

type Terms = Pick<
  OneOffChargeRow,
  | 'offeringId'
  | 'offeringVersion'
  | 'chargeId'
  | 'description'
  | 'amountMinor'
  | 'taxCode'
  | 'revenueCategory'
>;

/** Charges that a person or another system places: they wait for the account's next bill. */
@Injectable()
export class OneOffChargeService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly charges: OneOffChargeRepository,
    private readonly copies: CopyRepository,
    private readonly billed: BilledAccountService,
    private readonly invoices: InvoiceRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async place(principal: Principal, wanted: WantedCharge): Promise<OneOffChargeRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const profile = await this.billed.account(tenantId, wanted);
    const on = wanted.on ?? localDateOf(at, profile.zone);
    refuseFarAway(on, localDateOf(at, profile.zone));
    const terms = await this.termsOf(tenantId, wanted, profile, on);
    await this.billed.refuseUntaxed(tenantId, profile, terms.taxCode, on);
    const id = newId('ofc');
    const row: OneOffChargeRow = {
      _id: id,
      placedChargeId: id,
      accountId: profile.accountId,
      subscriptionId: wanted.subscriptionId,
      ...terms,
      currency: profile.currency,
      on,
      reason: wanted.reason,
      state: 'placed',
      billedBy: null,
      placedAt: at,
      cancelledAt: null,
    };
    await this.db.transaction(async () => {
      await this.charges.insert(tenantId, row);
      await this.audit.record(principal, {
        at,
        what: 'placeOneOffCharge',
        entity: id,
        after: { accountId: row.accountId, amountMinor: row.amountMinor, taxCode: row.taxCode, on },
        reason: wanted.reason,
      });
    });
    return row;
  }

  async cancel(principal: Principal, placedChargeId: string, reason: string): Promise<OneOffChargeRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const row = await this.charges.find(tenantId, placedChargeId);
      if (!row) throw notFound('one-off charge', placedChargeId);
      if (row.state === 'cancelled') return row;
      const [bill] = await this.invoices.billedOnce(tenantId, [], [placedKey(placedChargeId)], () => false);
      if (bill || !(await this.charges.cancel(tenantId, placedChargeId, at)))
        throw conflict(
          'onBill',
          `The charge is on ${bill ? `bill ${bill.invoiceId}` : 'a bill'}.`,
          'Skip the account in the run while the bill is a draft, or reduce the price of the final bill.',
        );
      await this.audit.record(principal, { at, what: 'cancelOneOffCharge', entity: placedChargeId, reason });
      return { ...row, state: 'cancelled', cancelledAt: at };
    });
  }

  private async termsOf(
    tenantId: string,
    { charge, amount, description, taxCode, revenueCategory, subscriptionId }: WantedCharge,
    profile: AccountProfile,
    on: LocalDate,
  ): Promise<Terms> {
    if (!charge) {
      if (!amount || !taxCode || !description)
        throw badInput(
          !amount ? 'amount' : !taxCode ? 'taxCode' : 'description',
          'A charge that is not in the catalog needs an amount, a tax code and a description.',
          'Give all three, or name a catalog charge.',
        );
      const given = { description, amountMinor: amount.minor, taxCode };
      return {
        offeringId: null,
        offeringVersion: null,
        chargeId: null,
        ...given,
        revenueCategory: revenueCategory ?? 'fee',
      };
    }
    const offerings = await this.copies.offeringsOf(tenantId, [charge.offeringId]);
    const offering = versionOn(offerings, charge.offeringId, on, profile.zone);
    const found = offering?.oneOffCharges?.find(({ chargeId }) => chargeId === charge.chargeId);
    if (!offering || found?.when !== 'other')
      throw badInput(
        'charge',
        found
          ? `${found.name} is billed by itself when the offering begins.`
          : `No version of ${charge.offeringId} that is in force on ${on} has a one-off charge ${charge.chargeId}.`,
        'Name a one-off charge of the kind `other`, or give amount, taxCode and description.',
      );
    const overrides = await this.copies.overridesOf(tenantId, [profile.accountId]);
    const ids = subscriptionId === null ? [] : [subscriptionId];
    const price = priceOf(found, offering, ids, on, { overrides, zone: profile.zone });
    return {
      offeringId: offering.offeringId,
      offeringVersion: offering.version,
      chargeId: found.chargeId,
      description: description ?? found.name,
      amountMinor: amount?.minor ?? price.amountMinor,
      taxCode: taxCode ?? found.taxCode,
      revenueCategory: revenueCategory ?? found.revenueCategory,
    };
  }
}

function refuseFarAway(on: LocalDate, today: LocalDate): void {
  if (on < addDays(today, -mostDaysAway) || on > addDays(today, mostDaysAway))
    throw badInput('on', `${on} is more than a year away from ${today}.`, 'Give the day of the service.');
}
