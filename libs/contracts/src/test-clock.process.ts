import type { Instant } from '@tollkeeper/calendar';
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import { defineProgress, type WakeRank } from './process';
import type { ServiceName } from './services';
import type { TenantId } from './tenants';

export interface ParkedProcess {
  wakeAt: Instant | null;
  rank: WakeRank;
}

export interface TestClockInput {
  tenantId: TenantId;
  now: Instant;
  target?: Instant;
  operationId?: string;
  parked?: Record<string, ParkedProcess>;
  awake?: Record<string, string[]>;
}

/** Someone is about to start or signal the process: it counts as awake until it reports this token. */
interface AwakeEvent {
  processId: string;
  token: string;
}

/** Services whose activities the process called since it last told its clock; all of them when it does not say. */
interface Stirring {
  stirred?: ServiceName[];
}

export interface ParkEvent extends ParkedProcess, Stirring {
  processId: string;
  tokens: string[];
}

interface CloseEvent extends Stirring {
  processId: string;
}

interface WakeEvent {
  at: Instant;
  token: string;
}

export interface AdvanceInput {
  to: Instant;
  operationId: string;
}

export interface TestClockState {
  now: Instant;
  target: Instant;
  operationId: string | null;
  status: 'ready' | 'advancing' | 'blocked';
  /** Who keeps the clock from going on, and why. */
  blockedBy: { processId: string; activity?: string; error?: string }[];
  nextWakeAt: Instant | null;
  open: number;
}

/** What a clock shows before its own code has run. */
export const clockAt = (now: Instant): TestClockState => ({
  now,
  target: now,
  operationId: null,
  status: 'ready',
  blockedBy: [],
  nextWakeAt: null,
  open: 0,
});

export const testClockId = (tenantId: TenantId): string => `test-clock/${tenantId}`;
export const testClockWorkflow = 'testClock';

export const awakeSignal = defineSignal<[AwakeEvent]>('awake');
export const releaseSignal = defineSignal<[AwakeEvent]>('release');
export const parkSignal = defineSignal<[ParkEvent]>('park');
export const closeSignal = defineSignal<[CloseEvent]>('close');
export const wakeSignal = defineSignal<[WakeEvent]>('wake');
export const advanceUpdate = defineUpdate<TestClockState, [AdvanceInput]>('advance');
export const testClockState = defineProgress<TestClockState>('clockState');

/** Answered by the orchestrator's own queue: what Temporal knows of processes that keep a clock waiting. */
export interface OrchestratorActivities {
  inspectProcesses(input: {
    processIds: string[];
  }): Promise<{ processId: string; open: boolean; activity?: string; error?: string }[]>;
}
