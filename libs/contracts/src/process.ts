import type { Instant } from '@tollkeeper/calendar';
import type { ServiceName } from './services';
import type { TenantId } from './tenants';

/** What every durable process starts from. `tokens` are how a sandbox's clock knows that the process woke. */
export interface ProcessInput {
  tenantId: TenantId;
  /** Business time of the start. */
  at: Instant;
  tokens?: string[];
  /** Services that the run before worked with since it last told its clock; none when left out. */
  stirred?: ServiceName[];
}

/** What every signal and update carries: its own identity (a repeat is ignored) and the business time it was sent. */
export interface ProcessEvent {
  eventId: string;
  at: Instant;
  /** Who steered, for the audit row; absent when a process did. */
  by?: string;
  reason?: string;
}

/** Processes that are due at one instant of a sandbox wake in this order. */
export const wakeOrder = [
  'order',
  'usage',
  'calendar',
  'bill-run',
  'receivables',
  'provisioning',
  'collection',
  'renewal',
  'delivery',
  'books',
] as const;

export type WakeRank = (typeof wakeOrder)[number];

/**
 * Identity and start policy of a process, stated once.
 * `once`: an id runs once for ever (a cycle's cut-off). `reopenable`: the id may start again after it closed.
 * Either way a start while one is open finds the open one.
 */
export interface ProcessDefinition<Input extends ProcessInput> {
  workflow: string;
  reuse: 'once' | 'reopenable';
  rank: WakeRank;
  id(input: Pick<Input, 'tenantId'> & Input): string;
}

/**
 * What a process shows of itself. It lies in the process's memo, so Temporal answers for it by itself: a query would
 * have a worker replay a history that is not at rest, and that worker's next step may then not fit the history.
 */
export interface ProgressDefinition<Shown> {
  readonly memo: string;
  readonly shown?: Shown;
}

export const defineProgress = <Shown>(memo: string): ProgressDefinition<Shown> => ({ memo });

export const defineProcess = <Input extends ProcessInput>(
  definition: ProcessDefinition<Input>,
): ProcessDefinition<Input> => definition;
