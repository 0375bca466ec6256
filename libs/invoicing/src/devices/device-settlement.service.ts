import { Injectable } from '@nestjs/common';
import { type LocalDate, localDateOf } from '@tollkeeper/calendar';
import {
  AuditLog,
  BusinessClock,
  conflict,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { type InstalmentPlan, openInstalments, planState } from '../domain/devices/instalment-plan';
import { InstalmentPlanRepository } from './instalment-plan.repository';
import type { InstalmentPlanRow } from './instalment-plan.schema';

type Because = NonNullable<InstalmentPlan['endedEarly']>['because'];

/** The rest of a plan asked for at once: by the customer who pays it off, or by the seller's right. */
@Injectable()
export class DeviceSettlementService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly plans: InstalmentPlanRepository,
    private readonly copies: CopyRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** The plan as it would be; nothing is written. */
  async preview(tenantId: string, planId: string, because: Because): Promise<InstalmentPlanRow> {
    const plan = await this.require(tenantId, planId);
    return ended(plan, because, await this.today(tenantId, plan));
  }

  /** Asked for by the account's next bill, as one line. */
  async settle(
    principal: Principal,
    planId: string,
    because: Because,
    reason: string,
  ): Promise<InstalmentPlanRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const plan = await this.require(tenantId, planId);
      const settled = ended(plan, because, await this.today(tenantId, plan));
      if (settled === plan) return plan;
      if (!(await this.plans.change(tenantId, plan, settled)))
        throw conflict('planChanged', 'The plan changed meanwhile.', 'Look at it and ask again.');
      const after = { because, on: settled.endedEarly?.on };
      await this.audit.record(principal, { at, what: 'endInstalments', entity: planId, after, reason });
      return settled;
    });
  }

  private async require(tenantId: string, planId: string): Promise<InstalmentPlanRow> {
    const plan = await this.plans.find(tenantId, planId);
    if (!plan) throw notFound('instalment plan', planId);
    return plan;
  }

  private async today(tenantId: string, { accountId }: InstalmentPlanRow): Promise<LocalDate> {
    const [account] = await this.copies.accountsByIds(tenantId, [accountId]);
    return localDateOf(await this.clock.now(tenantId), account?.profile.zone ?? 'UTC');
  }
}

/** Asking again changes nothing; the first reason stays. */
function ended(plan: InstalmentPlanRow, because: Because, on: LocalDate): InstalmentPlanRow {
  if (plan.endedEarly) return plan;
  const state = planState(plan);
  if ((state !== 'sold' && state !== 'running') || openInstalments(plan).length === 0)
    throw conflict(
      'nothingOpen',
      `The plan is ${state}: no instalment is open.`,
      'GET /v1/invoicing/instalment-plans/{planId} shows what was billed.',
    );
  return { ...plan, endedEarly: { on: on < plan.deliveredOn ? plan.deliveredOn : on, because } };
}
