import { Injectable } from '@nestjs/common';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import { billingCalendar, billRun, type BillRunInput, type ProcessEvent } from '@tollkeeper/contracts';
import { BusinessClock, conflict, newId, notFound, type Principal, Processes } from '@tollkeeper/platform';
import { BillRunRepository } from './bill-run.repository';
import type { BillRunRow } from './bill-run.schema';
import type { CycleRow } from '../cycles/cycle.schema';
import { canStill, isAlreadyDone, type RunAction } from '../domain/run-transitions';
import { byOf } from '../domain/steered-by';

/** The door's half of steering: it tells a process and writes nothing; the process has the change and its audit row written. */
@Injectable()
export class SteeringService {
  constructor(
    private readonly clock: BusinessClock,
    private readonly processes: Processes,
    private readonly runs: BillRunRepository,
  ) {}

  async requireRun({ tenantId }: Principal, runId: string): Promise<BillRunRow> {
    const run = await this.runs.find(tenantId, runId);
    if (!run) throw notFound('bill-run', runId);
    return run;
  }

  async signalRun<Event extends ProcessEvent>(
    principal: Principal,
    runId: string,
    action: RunAction,
    signal: SignalDefinition<[Event]>,
    more: Omit<Event, keyof ProcessEvent> & { reason?: string },
  ): Promise<void> {
    const { tenantId } = principal;
    const run = await this.requireRun(principal, runId);
    const { state } = run;
    if (isAlreadyDone(action, state)) return;
    if (!canStill(action, state))
      throw conflict('runNotInState', `The run is ${state}; ${action} is not possible any more or not yet.`);
    const event = { ...(await this.eventOf(principal)), ...more } as ProcessEvent as Event;
    const processId = billRun.id(processOf(tenantId, run));
    const { delivered } = await this.processes.signal(tenantId, processId, signal, event);
    if (!delivered) throw conflict('runClosed', 'The process of this run has ended.');
  }

  async updateCalendar<Result, Event extends ProcessEvent>(
    principal: Principal,
    { _id: cycleId }: CycleRow,
    update: UpdateDefinition<Result, [Event]>,
    more: Omit<Event, keyof ProcessEvent> & { reason?: string },
  ): Promise<Result> {
    const { tenantId } = principal;
    const event = { ...(await this.eventOf(principal)), ...more } as ProcessEvent as Event;
    const processId = billingCalendar.id({ tenantId, cycleId, at: event.at });
    const result = await this.processes.update(tenantId, processId, update, event).catch(asConflict);
    if (result === null)
      throw conflict(
        'calendarNotRunning',
        'The calendar of this cycle does not run yet or has ended.',
        'Try again in a moment.',
      );
    return result;
  }

  private async eventOf(principal: Principal): Promise<ProcessEvent> {
    return { eventId: newId('evt'), at: await this.clock.now(principal.tenantId), by: byOf(principal) };
  }
}

/** What its process was started with. */
export const processOf = (
  tenantId: string,
  { _id: runId, cycleId, cutOffOn, openedAt: at, onDemand }: BillRunRow,
): BillRunInput => ({
  ...{ tenantId, cycleId, cutOffOn, at },
  ...(onDemand ? { onDemand: { runId, ...onDemand } } : {}),
});

/** A process that refuses says why in the failure's cause. */
function asConflict(error: unknown): never {
  if (error instanceof WorkflowUpdateFailedError)
    throw conflict('refused', error.cause?.message ?? error.message);
  throw error;
}
