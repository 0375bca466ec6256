import { compareInstants, type Instant } from '@tollkeeper/calendar';
import {
  closeSignal,
  isSandbox,
  parkSignal,
  type ProcessEvent,
  type ProcessInput,
  type ServiceName,
  testClockId,
  type WakeRank,
  wakeSignal,
} from '@tollkeeper/contracts';
import type { UpdateDefinition } from '@temporalio/common';
import {
  condition,
  getExternalWorkflowHandle,
  setHandler,
  type SignalDefinition,
  workflowInfo,
} from '@temporalio/workflow';
import { showAgain } from './show';
import { spreadMs } from './spread';

/**
 * A process's business time: the one place in this lib that reads a clock or sets a timer. A live tenant's
 * process waits on a timer; a sandbox's parks with its tenant's test clock until that wakes it.
 */
interface Time {
  sandbox: boolean;
  clockId: string;
  rank: WakeRank;
  now: Instant;
  /** Why the clock counts us as awake; reported with the next park. */
  tokens: string[];
  /** Who may have work for others because of us; reported with the next park, or at the end. */
  stirred: Set<ServiceName>;
  seenEvents: Set<string>;
}

let time: Time | null = null;

const seenEventsLimit = 2_000;

const openTime = (): Time => {
  if (!time) throw new Error('a process begins with keepTime(input, rank, ...)');
  return time;
};

/**
 * Wraps a whole process: keeps its time and tells a sandbox's clock when it is over, however it ends.
 * Handlers are set inside `run`, before its first await.
 */
export async function keepTime<Result>(
  input: ProcessInput,
  rank: WakeRank,
  run: () => Promise<Result>,
): Promise<Result> {
  const { tenantId, at, tokens = [], stirred = [] } = input;
  time = {
    sandbox: isSandbox(tenantId),
    clockId: testClockId(tenantId),
    rank,
    now: at,
    tokens: [...tokens],
    stirred: new Set(stirred),
    seenEvents: new Set(),
  };
  setHandler(wakeSignal, (wake) => {
    openTime().tokens.push(wake.token);
    advanceTo(wake.at);
  });
  try {
    const result = await run();
    showAgain();
    await reportClosed();
    return result;
  } catch (error) {
    if (!isContinueAsNew(error)) await reportClosed();
    throw error;
  }
}

/** Business time as this process knows it. */
export function now(): Instant {
  const { sandbox, now: virtual } = openTime();
  return sandbox ? virtual : new Date().toISOString();
}

/**
 * Waits for an instant, or for `orWhen` (looked at after every signal), whichever is first; `null` waits for
 * `orWhen` alone. Nothing else of the process may be under way meanwhile: a parked process counts as idle.
 * `spreadMinutes`: live processes that thousands of others share an instant with wake within so many minutes after it,
 * each at its own time; what is due already does not wait.
 */
export async function until(
  instant: Instant | null,
  orWhen: () => boolean = () => false,
  { spreadMinutes = 0 }: { spreadMinutes?: number } = {},
): Promise<'due' | 'told'> {
  const { sandbox } = openTime();
  if (orWhen()) return 'told';
  showAgain();
  const laterMs = spreadMs(workflowInfo().workflowId, spreadMinutes);
  return sandbox ? parkUntil(instant, orWhen) : sleepUntil(instant, orWhen, laterMs);
}

async function sleepUntil(
  instant: Instant | null,
  orWhen: () => boolean,
  laterMs: number,
): Promise<'due' | 'told'> {
  if (instant === null) {
    await condition(orWhen);
    return 'told';
  }
  const waitMs = Date.parse(instant) - Date.now();
  if (waitMs <= 0) return 'due';
  return (await condition(orWhen, waitMs + laterMs)) ? 'told' : 'due';
}

async function parkUntil(instant: Instant | null, orWhen: () => boolean): Promise<'due' | 'told'> {
  for (;;) {
    if (orWhen()) return 'told';
    if (instant !== null && compareInstants(instant, now()) <= 0) return 'due';
    await park(instant);
    await condition(() => openTime().tokens.length > 0);
  }
}

async function park(wakeAt: Instant | null): Promise<void> {
  const { clockId, rank, tokens } = openTime();
  const reported = tokens.splice(0);
  await getExternalWorkflowHandle(clockId).signal(parkSignal, {
    processId: workflowInfo().workflowId,
    wakeAt,
    rank,
    tokens: reported,
    stirred: takeStirred(),
  });
}

/** Every signal of a process is handled through this: it keeps time, ignores repeats, and lets `until` look again. */
export function onSignal<Event extends ProcessEvent>(
  signal: SignalDefinition<[Event]>,
  handle: (event: Event) => void,
): void {
  setHandler(signal, (event) => {
    if (firstTime(event)) handle(event);
  });
}

/** Updates answer their caller; a repeat has the same update id and is answered by Temporal. */
export function onUpdate<Result, Event extends ProcessEvent>(
  update: UpdateDefinition<Result, [Event]>,
  handle: (event: Event) => Result | Promise<Result>,
): void {
  setHandler(update, (event) => {
    firstTime(event);
    return handle(event);
  });
}

/** What a process that continues as new hands to its next run, so that its clock does not take it for idle. */
export const carriedTime = (): Pick<ProcessInput, 'at' | 'tokens' | 'stirred'> => ({
  at: now(),
  tokens: [...openTime().tokens],
  stirred: [...openTime().stirred],
});

/** Called for every activity: its service may now hold work for others, which the clock has to ask it for. */
export function stir(service: ServiceName): void {
  time?.stirred.add(service);
}

function takeStirred(): ServiceName[] {
  const { stirred } = openTime();
  const taken = [...stirred];
  stirred.clear();
  return taken;
}

function firstTime({ eventId, at }: ProcessEvent): boolean {
  const { tokens, seenEvents } = openTime();
  tokens.push(eventId);
  advanceTo(at);
  if (seenEvents.has(eventId)) return false;
  seenEvents.add(eventId);
  if (seenEvents.size > seenEventsLimit) seenEvents.delete([...seenEvents][0] as string);
  return true;
}

function advanceTo(at: Instant): void {
  const current = openTime();
  if (compareInstants(at, current.now) > 0) current.now = at;
}

async function reportClosed(): Promise<void> {
  const { sandbox, clockId } = openTime();
  if (!sandbox) return;
  await getExternalWorkflowHandle(clockId)
    .signal(closeSignal, { processId: workflowInfo().workflowId, stirred: takeStirred() })
    .catch(() => undefined);
}

const isContinueAsNew = (error: unknown): boolean => error instanceof Error && error.name === 'ContinueAsNew';
