import { Injectable } from '@nestjs/common';
import { billedOnto, planIdsOf, staleDevices } from '../domain/devices/billed-devices';
import type { InvoiceRow } from '../invoices/invoice.schema';
import { InstalmentPlanRepository } from './instalment-plan.repository';

/** What a bill's numbering asks of the devices on it, and what it tells them. */
@Injectable()
export class DeviceBillingService {
  constructor(private readonly plans: InstalmentPlanRepository) {}

  /** By bill: plans on it that changed since it was drafted. */
  async changed(tenantId: string, drafts: readonly InvoiceRow[]): Promise<Map<string, string[]>> {
    const planIds = drafts.flatMap(planIdsOf);
    const plans = planIds.length > 0 ? await this.plans.findMany(tenantId, planIds) : [];
    return new Map(drafts.map((draft) => [draft._id, staleDevices(draft, plans)]));
  }

  /** In the transaction of the final bills. */
  async billed(tenantId: string, final: readonly InvoiceRow[]): Promise<void> {
    for (const invoice of final) {
      const planIds = planIdsOf(invoice);
      if (planIds.length === 0) continue;
      for (const plan of await this.plans.findMany(tenantId, planIds))
        if (!(await this.plans.change(tenantId, plan, billedOnto(plan, invoice))))
          throw new Error(`Instalment plan ${plan.planId} changed while its bill became final`);
    }
  }
}
