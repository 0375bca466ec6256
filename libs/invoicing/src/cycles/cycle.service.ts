import { Injectable } from '@nestjs/common';
import { addDays, type Instant, type LocalDate, nextCutOffs, startOfDay } from '@tollkeeper/calendar';
import { billingCalendar, type CycleFact, type SteeringInput } from '@tollkeeper/contracts';
import {
  AuditLog,
  conflict,
  isDuplicateKey,
  newId,
  notFound,
  Outbox,
  type Principal,
  refusal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AuditService } from '../audit.service';
import { BillRunRepository } from '../runs/bill-run.repository';
import { cycleOf } from '../runs/billing.service';
import { CycleRepository } from './cycle.repository';
import type { CycleRow } from './cycle.schema';

type NewCycle = Omit<CycleRow, '_id' | 'paused' | 'createdAt'>;

interface CutOff {
  on: LocalDate;
  at: Instant;
}

const pausedBy: Partial<Record<SteeringInput['what'], boolean>> = { pause: true, resume: false };

@Injectable()
export class CycleService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly cycles: CycleRepository,
    private readonly runs: BillRunRepository,
    private readonly outbox: Outbox,
    private readonly auditLog: AuditLog,
    private readonly audit: AuditService,
  ) {}

  /** The row and the start of its calendar in one transaction. */
  async create(principal: Principal, at: Instant, given: NewCycle): Promise<CycleRow> {
    const { tenantId } = principal;
    const row: CycleRow = { _id: newId('cyc'), ...given, paused: false, createdAt: at };
    try {
      await this.db.transaction(async () => {
        await this.cycles.insert(tenantId, row);
        await this.auditLog.record(principal, { at, what: 'createCycle', entity: row._id, after: row });
        await this.outbox.tell(tenantId, at, 'cycleChanged', [factOf(row)]);
        await this.outbox.start(billingCalendar, [{ tenantId, cycleId: row._id, at }]);
      });
    } catch (error) {
      if (isDuplicateKey(error))
        throw conflict(
          'cycleNameTaken',
          `There is a cycle named "${given.name}" already.`,
          'Choose another name.',
        );
      throw error;
    }
    return row;
  }

  async require(tenantId: string, cycleId: string): Promise<CycleRow> {
    const cycle = await this.cycles.find(tenantId, cycleId);
    if (!cycle) throw notFound('cycle', cycleId);
    return cycle;
  }

  list(tenantId: string, limit: number, startingAfter?: string): Promise<CycleRow[]> {
    return this.cycles.list(tenantId, limit, startingAfter);
  }

  /** Cut-offs strictly after `after`; without it those after the day the cycle starts. */
  async nextCutOffs(input: {
    tenantId: string;
    cycleId: string;
    after: LocalDate | null;
    count: number;
  }): Promise<{ cutOffs: CutOff[]; paused: boolean }> {
    const cycle = await this.cycles.find(input.tenantId, input.cycleId);
    if (!cycle) throw refusal('cycleUnknown', `There is no cycle ${input.cycleId}.`);
    return { cutOffs: cutOffsOf(cycle, input.after, input.count), paused: cycle.paused };
  }

  async isCutOff(tenantId: string, cycleId: string, on: LocalDate): Promise<boolean> {
    return nextCutOffs(cycleOf(await this.require(tenantId, cycleId)), addDays(on, -1), 1)[0] === on;
  }

  /** What a person asked of a calendar or a run, written by the process that heard it. */
  async recordSteering(input: SteeringInput): Promise<void> {
    const { tenantId, entity, id, what } = input;
    const paused = pausedBy[what];
    await this.db.transaction(async () => {
      if (paused !== undefined && entity === 'cycle') await this.cycles.setPaused(tenantId, id, paused);
      if (paused !== undefined && entity === 'billRun') await this.runs.change(tenantId, id, { paused });
      await this.audit.steered(input, { what: `${what}${entity === 'cycle' ? 'Cycle' : 'Run'}`, entity: id });
    });
  }
}

export const cutOffsOf = (cycle: CycleRow, after: LocalDate | null, count: number): CutOff[] =>
  nextCutOffs(cycleOf(cycle), after ?? cycle.startsOn, count).map((on) => ({
    on,
    at: startOfDay(on, cycle.zone),
  }));

const factOf = (row: CycleRow): CycleFact => ({ cycleId: row._id, name: row.name, cycle: cycleOf(row) });
