import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { AccountCopies } from '../copies/copy.schema';
import { openInstalments } from '../domain/devices/instalment-plan';
import { type InstalmentPlanRow, InstalmentPlans } from './instalment-plan.schema';

interface InstalmentPlanFilter {
  accountId?: string;
  subscriptionId?: string;
  open?: boolean;
}

const stillOpen = (plan: InstalmentPlanRow): boolean =>
  plan.cancelledAt === null && (plan.sale === null || openInstalments(plan).length > 0);

@Injectable()
export class InstalmentPlanRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async insert(tenantId: string, row: InstalmentPlanRow): Promise<void> {
    await this.plans(tenantId).insertOne(row);
    await this.markAccount(tenantId, row.accountId, true);
  }

  find(tenantId: string, planId: string): Promise<InstalmentPlanRow | null> {
    return this.plans(tenantId).findOne({ _id: planId });
  }

  findMany(tenantId: string, planIds: string[]): Promise<InstalmentPlanRow[]> {
    return this.plans(tenantId).find({ _id: { $in: planIds } });
  }

  /** Newest first. */
  async list(
    tenantId: string,
    filter: InstalmentPlanFilter,
    limit: number,
    startingAfter?: string,
  ): Promise<InstalmentPlanRow[]> {
    const last = startingAfter ? await this.find(tenantId, startingAfter) : null;
    const older = last
      ? { $or: [{ soldAt: { $lt: last.soldAt } }, { soldAt: last.soldAt, _id: { $lt: last._id } }] }
      : {};
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    return this.plans(tenantId).find({ ...given, ...older }, { sort: { soldAt: -1, _id: -1 }, limit });
  }

  /** What the bills of a cut-off may charge: what is open, and what this very cut-off has billed. */
  dueBefore(tenantId: string, accountIds: string[], cutOffOn: LocalDate): Promise<InstalmentPlanRow[]> {
    const billedNow = [{ 'sale.periodTo': cutOffOn }, { 'instalments.billedBy.periodTo': cutOffOn }];
    const filter = {
      accountId: { $in: accountIds },
      deliveredOn: { $lt: cutOffOn },
      $or: [{ open: true }, ...billedNow],
    };
    return this.plans(tenantId).find(filter, { sort: { accountId: 1, deliveredOn: 1, _id: 1 } });
  }

  /** Only onto the plan as it was read; false: somebody changed it meanwhile. */
  async change(tenantId: string, read: InstalmentPlanRow, changed: InstalmentPlanRow): Promise<boolean> {
    const { _id, ...row } = { ...changed, revision: read.revision + 1, open: stillOpen(changed) };
    const filter = { _id, revision: read.revision };
    const done = (await this.plans(tenantId).updateOne(filter, { $set: row })).matchedCount === 1;
    if (done && !row.open) {
      const others = await this.plans(tenantId).count({ accountId: row.accountId, open: true });
      if (others === 0) await this.markAccount(tenantId, row.accountId, false);
    }
    return done;
  }

  /** The account's bills go on after its last service, as long as something is to be paid for a device. */
  private async markAccount(tenantId: string, accountId: string, owesDevice: boolean): Promise<void> {
    await this.db
      .tenant(tenantId)
      .collection(AccountCopies)
      .updateOne({ accountId }, { $set: { owesDevice } });
  }

  private plans(tenantId: string) {
    return this.db.tenant(tenantId).collection(InstalmentPlans);
  }
}
