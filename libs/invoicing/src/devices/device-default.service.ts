import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import type { CollectionLedgerActivities } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { accelerationFault } from '../domain/devices/acceleration-law';
import { type Instalment, openInstalments, planState } from '../domain/devices/instalment-plan';
import { InvoiceRepository } from '../invoices/invoice.repository';
import { InstalmentPlanRepository } from './instalment-plan.repository';
import type { InstalmentPlanRow } from './instalment-plan.schema';

type Result = Awaited<ReturnType<CollectionLedgerActivities['accelerateDevicePlans']>>;

/** Devices that an account has. */
const mostPlans = 500;

/** A collection that gives up asks for all that is left of the account's devices, as far as the law allows. */
@Injectable()
export class DeviceDefaultService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly plans: InstalmentPlanRepository,
    private readonly invoices: InvoiceRepository,
    private readonly copies: CopyRepository,
  ) {}

  async accelerate(tenantId: string, accountId: string, at: Instant): Promise<Result> {
    const [account] = await this.copies.accountsByIds(tenantId, [accountId]);
    const { zone = 'UTC', customerKind = 'person', address } = account?.profile ?? {};
    const debtor = { country: address?.country ?? '', kind: customerKind };
    const today = localDateOf(at, zone);
    return this.db.transaction(async () => {
      const result: Result = { accelerated: [], leftAlone: [] };
      const open = await this.plans.list(tenantId, { accountId, open: true }, mostPlans);
      for (const plan of open.filter(mayEnd)) {
        const arrears = await this.arrearsOf(tenantId, plan, today);
        const why = accelerationFault(plan, arrears, debtor);
        if (why !== null) {
          result.leftAlone.push({ planId: plan._id, why });
          continue;
        }
        const on = today < plan.deliveredOn ? plan.deliveredOn : today;
        const ended = { ...plan, endedEarly: { on, because: 'default' as const } };
        if (!(await this.plans.change(tenantId, plan, ended)))
          throw new Error(`plan ${plan._id} changed while it was accelerated`);
        result.accelerated.push(plan._id);
      }
      return result;
    });
  }

  /** Of an instalment: what its bill, once overdue, is still owed. */
  private async arrearsOf(
    tenantId: string,
    { instalments }: InstalmentPlanRow,
    today: string,
  ): Promise<(instalment: Instalment) => number> {
    const named = [...new Set(instalments.flatMap(({ billedBy }) => billedBy?.invoiceId ?? []))];
    const bills = named.length === 0 ? [] : await this.invoices.payableOf(tenantId, [], named);
    const owed = new Map(
      bills.flatMap(({ _id, dueOn, openMinor }) =>
        dueOn && dueOn < today ? [[_id, openMinor] as const] : [],
      ),
    );
    return ({ billedBy }) => owed.get(billedBy?.invoiceId ?? '') ?? 0;
  }
}

const mayEnd = (plan: InstalmentPlanRow): boolean =>
  plan.endedEarly === null &&
  ['sold', 'running'].includes(planState(plan)) &&
  openInstalments(plan).length > 0;
