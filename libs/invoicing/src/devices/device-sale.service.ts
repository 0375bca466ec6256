import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { AccountProfile } from '@tollkeeper/contracts';
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
import { BilledAccountService } from '../charges/billed-account.service';
import { CopyRepository } from '../copies/copy.repository';
import { saleKey } from '../domain/devices/device-lines';
import { type InstalmentPlan, scheduleOf, termsFault } from '../domain/devices/instalment-plan';
import { versionOn } from '../domain/offering-versions';
import { InvoiceRepository } from '../invoices/invoice.repository';
import { type DeviceOnSale, deviceOnSale } from './device-on-sale';
import { InstalmentPlanRepository } from './instalment-plan.repository';
import type { InstalmentPlanRow } from './instalment-plan.schema';

/** Deliveries are told of within these days; further away is a slip of the pen. */
const mostDaysAway = 92;

export interface WantedSale {
  accountId: string;
  subscriptionId: string | null;
  /** An offering of the kind `device`, whose terms hold where nothing else is given. */
  offeringId: string | null;
  name: string | null;
  taxCode: string | null;
  price: { minor: number; currency: string } | null;
  downPaymentMinor: number | null;
  valueMinor: number | null;
  count: number | null;
  deliveredOn: LocalDate | null;
  firstDueOn: LocalDate | null;
  onTermination: InstalmentPlan['onTermination'] | null;
  reason: string;
}

/** Devices sold on instalments, from the sale to their first bill. */
@Injectable()
export class DeviceSaleService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly plans: InstalmentPlanRepository,
    private readonly billed: BilledAccountService,
    private readonly copies: CopyRepository,
    private readonly invoices: InvoiceRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** The plan as the sale would write it. */
  async plan(tenantId: string, wanted: WantedSale): Promise<InstalmentPlanRow> {
    const at = await this.clock.now(tenantId);
    const { accountId, subscriptionId, price } = wanted;
    const profile = await this.billed.account(tenantId, { accountId, subscriptionId, amount: price });
    const today = localDateOf(at, profile.zone);
    const deliveredOn = wanted.deliveredOn ?? today;
    const firstDueOn = wanted.firstDueOn ?? deliveredOn;
    refuseDays(deliveredOn, firstDueOn, today);
    const device = await this.deviceOf(tenantId, wanted, profile, deliveredOn);
    const { count, ...terms } = device;
    const scheduled = { ...terms, count, firstDueOn };
    const fault = termsFault(scheduled);
    if (fault)
      throw badInput(fault.field, `The price ${fault.reason}.`, 'Take fewer instalments or pay less down.');
    await this.billed.refuseUntaxed(tenantId, profile, device.taxCode, deliveredOn, 'device.taxCode');
    const planId = newId('ipl');
    return {
      _id: planId,
      planId,
      accountId,
      subscriptionId,
      ...terms,
      currency: profile.currency,
      deliveredOn,
      instalments: scheduleOf(scheduled),
      endedEarly: null,
      sale: null,
      credits: [],
      cancelledAt: null,
      reason: wanted.reason,
      open: true,
      soldAt: at,
      revision: 0,
    };
  }

  private async deviceOf(
    tenantId: string,
    wanted: WantedSale,
    { zone, currency }: AccountProfile,
    on: LocalDate,
  ): Promise<DeviceOnSale> {
    const { offeringId } = wanted;
    const versions = offeringId === null ? [] : await this.copies.offeringsOf(tenantId, [offeringId]);
    const offering = offeringId === null ? undefined : versionOn(versions, offeringId, on, zone);
    if (offeringId !== null && (!offering?.device || offering.currency !== currency))
      throw badInput(
        'offeringId',
        `No version of ${offeringId} that is in force on ${on} is a device sold in ${currency}.`,
        'Name an offering of the kind `device`, or give name, price and instalments.',
      );
    return deviceOnSale(wanted, offering);
  }

  async sell(principal: Principal, wanted: WantedSale): Promise<InstalmentPlanRow> {
    const { tenantId } = principal;
    const plan = await this.plan(tenantId, wanted);
    const { accountId, priceMinor, downPaymentMinor, currency, deliveredOn } = plan;
    await this.db.transaction(async () => {
      await this.plans.insert(tenantId, plan);
      await this.audit.record(principal, {
        at: plan.soldAt,
        what: 'sellDevice',
        entity: plan.planId,
        after: {
          ...{ accountId, priceMinor, downPaymentMinor, currency, deliveredOn },
          instalments: plan.instalments.length,
        },
        reason: wanted.reason,
      });
    });
    return plan;
  }

  /** Taken back before any bill has it. */
  async cancel(principal: Principal, planId: string, reason: string): Promise<InstalmentPlanRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const plan = await this.plans.find(tenantId, planId);
      if (!plan) throw notFound('instalment plan', planId);
      if (plan.cancelledAt !== null) return plan;
      const [bill] = await this.invoices.billedOnce(tenantId, [], [saleKey(planId)], () => false);
      const cancelled = { ...plan, cancelledAt: at };
      if (plan.sale || bill || !(await this.plans.change(tenantId, plan, cancelled)))
        throw conflict(
          'onBill',
          `The delivery is on bill ${plan.sale?.invoiceId ?? bill?.invoiceId ?? ''}.`,
          'Skip the account in the run while the bill is a draft; after it, credit the device as a return.',
        );
      await this.audit.record(principal, { at, what: 'cancelDeviceSale', entity: planId, reason });
      return cancelled;
    });
  }
}

function refuseDays(deliveredOn: LocalDate, firstDueOn: LocalDate, today: LocalDate): void {
  if (deliveredOn < addDays(today, -mostDaysAway) || deliveredOn > addDays(today, mostDaysAway))
    throw badInput(
      'deliveredOn',
      `${deliveredOn} is more than ${mostDaysAway} days away from ${today}.`,
      'Give the day on which the customer got the device.',
    );
  if (firstDueOn < deliveredOn || firstDueOn > addDays(deliveredOn, 366))
    throw badInput(
      'firstDueOn',
      `${firstDueOn} is not within a year after the delivery on ${deliveredOn}.`,
      'Give a day from the delivery on, or leave it out: the first bill after the delivery.',
    );
}
