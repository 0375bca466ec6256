import { Injectable } from '@nestjs/common';
import { localDateOf } from '@tollkeeper/calendar';
import {
  badInput,
  BusinessClock,
  conflict,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import type { CreditNoteRow } from '../corrections/credit-note.schema';
import { CreditNoteService } from '../corrections/credit-note.service';
import { type CreditPlan, isRefused } from '../corrections/domain/credit-note';
import { planDeviceCredit } from '../corrections/domain/plan-device-credit';
import { nothingSince } from '../corrections/domain/plan-credit';
import { deviceKeys } from '../domain/devices/device-lines';
import {
  type DeviceCredit,
  openInstalments,
  planState,
  reduced,
  sumLeft,
} from '../domain/devices/instalment-plan';
import { InvoiceRepository } from '../invoices/invoice.repository';
import type { InvoiceRow } from '../invoices/invoice.schema';
import { InstalmentPlanRepository } from './instalment-plan.repository';
import type { InstalmentPlanRow } from './instalment-plan.schema';

export interface DeviceCreditRequest {
  kind: DeviceCredit['kind'];
  /** Before tax; `null`: all that is left of the price. */
  amount: { minor: number; currency: string } | null;
  payOut: boolean;
  reason: string;
}

interface Decided {
  plan: InstalmentPlanRow;
  invoice: InvoiceRow;
  credit: CreditPlan;
}

/** The price of a delivered device falls, in part or with its return: a credit note on the bill of the delivery. */
@Injectable()
export class DeviceCreditService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly plans: InstalmentPlanRepository,
    private readonly invoices: InvoiceRepository,
    private readonly notes: CreditNoteService,
    private readonly clock: BusinessClock,
  ) {}

  /** The same decision; nothing is written and no number taken. */
  async preview(tenantId: string, planId: string, request: DeviceCreditRequest): Promise<Decided> {
    const plan = await this.plans.find(tenantId, planId);
    if (!plan) throw notFound('instalment plan', planId);
    if (request.amount && request.amount.currency !== plan.currency)
      throw badInput(
        'amount.currency',
        `The device is sold in ${plan.currency}.`,
        `Give it in ${plan.currency}.`,
      );
    await this.refuseUnbilled(tenantId, plan);
    const invoice = await this.notes.creditable(tenantId, plan.sale?.invoiceId ?? '');
    const amountMinor = request.amount?.minor ?? null;
    const openMinor = sumLeft(openInstalments(plan));
    const credited = { ...invoice, credited: invoice.credited ?? [], since: nothingSince };
    const credit = planDeviceCredit(credited, { planId, amountMinor, openMinor });
    if (isRefused(credit)) throw badInput(credit.field, `Not credited: ${credit.reason}.`, credit.hint);
    return { plan, invoice, credit };
  }

  async issue(
    principal: Principal,
    planId: string,
    request: DeviceCreditRequest,
  ): Promise<{ note: CreditNoteRow; plan: InstalmentPlanRow }> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const tenant = await this.notes.seller(tenantId);
    return this.db.transaction(async () => {
      const { plan, invoice, credit } = await this.preview(tenantId, planId, request);
      const { payOut, reason } = request;
      const asked = { kind: 'partial' as const, lines: [], amountMinor: null, payOut, reason };
      const given = { invoice, plan: credit, request: asked, at, tenant, reissuedAs: null };
      const note = await this.notes.write(principal, given);
      const { offInstalmentsMinor = 0, accountCreditMinor = 0 } = credit.device ?? {};
      const done: DeviceCredit = {
        ...{ creditNoteId: note._id, on: localDateOf(at, tenant.zone), kind: request.kind },
        ...{ totalMinor: credit.totalMinor, offInstalmentsMinor, accountCreditMinor },
      };
      const changed = {
        ...plan,
        instalments: reduced(plan.instalments, offInstalmentsMinor),
        credits: [...plan.credits, done],
      };
      if (!(await this.plans.change(tenantId, plan, changed)))
        throw conflict('planChanged', 'The plan changed meanwhile.', 'Look at it and ask again.');
      return { note, plan: changed };
    });
  }

  /** Only what is on final bills: a draft asks for instalments as they were. */
  private async refuseUnbilled(tenantId: string, plan: InstalmentPlanRow): Promise<void> {
    const state = planState(plan);
    if (state === 'sold' || state === 'cancelled' || state === 'returned')
      throw conflict(
        'notCreditable',
        `The plan is ${state}.`,
        state === 'sold' ? 'Cancel the sale: no final bill has it.' : 'Nothing of it is left.',
      );
    const open = new Set(openInstalments(plan).map(({ no }) => no));
    const keys = deviceKeys([
      { ...plan, instalments: plan.instalments.filter(({ no }) => open.has(no)) },
    ]).slice(1);
    const [draft] = keys.length > 0 ? await this.invoices.billedOnce(tenantId, [], keys, () => false) : [];
    if (draft)
      throw conflict(
        'onDraft',
        `Draft bill ${draft.invoiceId} asks for an instalment of it.`,
        'Finish its run, or skip the account in it, and ask again.',
      );
  }
}
