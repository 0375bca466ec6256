import { Injectable } from '@nestjs/common';
import { addDuration, type Instant, startOfDay } from '@tollkeeper/calendar';
import type { BillRunState, FinalBillActivities } from '@tollkeeper/contracts';
import { BillRunRepository } from '../runs/bill-run.repository';
import { cycleOf } from '../runs/billing.service';
import { CopyRepository } from '../copies/copy.repository';
import { CycleRepository } from '../cycles/cycle.repository';
import type { CycleRow } from '../cycles/cycle.schema';
import { cutOffsFrom } from '../domain/final-cut-off';

/** A run that was cancelled leaves its accounts to the next one; so many at most are looked at. */
const mostRuns = 12;
const hoursAfterCollecting = 2;
const hoursBetweenLooks = 24;

const finalized = new Set<BillRunState>(['delivering', 'lateUsage', 'completed']);

/** Whether the bill of an account's last day is there. */
@Injectable()
export class FinalBillService {
  constructor(
    private readonly copies: CopyRepository,
    private readonly cycles: CycleRepository,
    private readonly runs: BillRunRepository,
  ) {}

  async finalBillOf({
    tenantId,
    accountId,
    endedAt,
    at,
  }: Parameters<FinalBillActivities['finalBillOf']>[0]): Promise<{ lookAgainAt: Instant | null }> {
    const [account] = await this.copies.accountsByIds(tenantId, [accountId]);
    if (!account?.cycleId) return { lookAgainAt: null };
    const cycle = await this.cycles.find(tenantId, account.cycleId);
    if (!cycle) return { lookAgainAt: null };
    for (const cutOffOn of cutOffsFrom(cycleOf(cycle), endedAt, mostRuns)) {
      const run = await this.runs.findByCutOff(tenantId, cycle._id, cutOffOn);
      if (run?.state === 'cancelled') continue;
      if (run && finalized.has(run.state)) {
        // Left to a later run: its final bill waits for late usage, or its invoicing was off.
        if (!account.leftOut || (await this.runs.findAccount(tenantId, run._id, accountId)))
          return { lookAgainAt: null };
        continue;
      }
      return { lookAgainAt: nextLook(cycle, cutOffOn, at) };
    }
    throw new Error(
      `${mostRuns} runs in a row of cycle ${cycle._id} were cancelled or left ${accountId} out`,
    );
  }
}

/** Soon after the run has collected its usage; then once a day, for somebody may have to approve it. */
function nextLook(cycle: CycleRow, cutOffOn: string, at: Instant): Instant {
  const hours = cycle.collectHours + hoursAfterCollecting;
  const first = addDuration(startOfDay(cutOffOn, cycle.zone), { hours });
  return first > at ? first : addDuration(at, { hours: hoursBetweenLooks });
}
