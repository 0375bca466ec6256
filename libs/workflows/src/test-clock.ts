import { compareInstants } from '@tollkeeper/calendar';
import {
  type AdvanceInput,
  advanceUpdate,
  awakeSignal,
  closeSignal,
  parkSignal,
  releaseSignal,
  type TestClockInput,
  testClockState,
  wakeSignal,
} from '@tollkeeper/contracts';
import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  getExternalWorkflowHandle,
  patched,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import { historyIsLong } from './history-length';
import { everyService, orchestrator } from './services';
import { carryOn, show, showAgain } from './show';
import { Stirred } from './stirred';
import { Wakefulness } from './wakefulness';

const stallMs = 10_000;
/** One look of the watch to the next; a stall is seen after one to two of them. */
const watchMs = 5_000;
const pendingPauseMs = 25;

/**
 * A sandbox tenant's clock: steps from wake-up to wake-up while nothing is awake and no service has work that
 * will wake someone. It knows processes only by what they report; their code is the one that live tenants run.
 */
export async function testClock(input: TestClockInput): Promise<void> {
  const { tenantId } = input;
  const processes = new Wakefulness(input.parked, input.awake);
  const stirred = new Stirred();
  const asksTheStirred = patched('clock-asks-the-stirred');
  /** Runs that began before ask every service, twice. */
  const quietRoundsNeeded = asksTheStirred ? 1 : 2;
  let now = input.now;
  let target = input.target ?? input.now;
  let operationId = input.operationId ?? null;
  let blockedBy: { processId: string; activity?: string; error?: string }[] = [];
  let arrivals = 0;
  let rounds = 0;
  let stalled = false;

  /** False until all that is due at the target, too, has happened. */
  let arrived = input.target === undefined;
  const state = () => ({
    now,
    target,
    operationId,
    status:
      blockedBy.length > 0 ? ('blocked' as const) : arrived ? ('ready' as const) : ('advancing' as const),
    blockedBy,
    nextWakeAt: processes.next()?.at ?? null,
    open: processes.open,
  });

  show(testClockState, state);
  setHandler(awakeSignal, ({ processId, token }) => heard(() => processes.awaken(processId, token)));
  setHandler(releaseSignal, ({ processId, token }) => heard(() => processes.release(processId, token)));
  setHandler(parkSignal, (event) =>
    heard(() => {
      stirred.add(event.stirred);
      processes.park(event);
    }),
  );
  setHandler(closeSignal, (event) =>
    heard(() => {
      stirred.add(event.stirred);
      processes.drop(event.processId);
    }),
  );
  setHandler(
    advanceUpdate,
    (advance) => {
      if (!arrived) return state();
      target = advance.to;
      operationId = advance.operationId;
      arrived = false;
      stirred.add();
      showAgain();
      return state();
    },
    {
      validator: ({ to }: AdvanceInput) => {
        // Whoever did not hear the answer asks again, and is told of the way that it is on.
        if (!arrived && to === target) return;
        if (!arrived)
          throw ApplicationFailure.nonRetryable(`the clock is still on its way to ${target}`, 'clockBusy');
        if (compareInstants(to, now) <= 0)
          throw ApplicationFailure.nonRetryable(`the clock already shows ${now}`, 'clockPast');
      },
    },
  );

  if (asksTheStirred) void watchForStalls();
  for (;;) {
    await condition(() => !arrived || historyIsLong());
    if (historyIsLong()) break;
    await settle();
    const group = processes.next();
    if (!group || compareInstants(group.at, target) > 0) {
      now = target;
      arrived = true;
      showAgain();
      continue;
    }
    if (compareInstants(group.at, now) > 0) now = group.at;
    showAgain();
    await wake(group.processIds);
  }
  await condition(allHandlersFinished);
  await carryOn<typeof testClock>({
    tenantId,
    now,
    target: arrived ? undefined : target,
    operationId: operationId ?? undefined,
    ...processes.snapshot(),
  });

  /** While the clock stands still, what it shows of others goes on. */
  function heard(act: () => void): void {
    arrivals++;
    act();
    if (arrived) showAgain();
  }

  /**
   * Until nothing is awake and no service that was stirred has pending work. Once is enough: whoever carries work on
   * registers the process with us before the row is gone, so a row is counted, or what it causes has arrived here.
   */
  async function settle(): Promise<void> {
    let quietRounds = 0;
    let pendingSince = 0;
    while (quietRounds < quietRoundsNeeded) {
      if (!(await allParked())) {
        await inspectAwake();
        continue;
      }
      rounds++;
      const mark = arrivals;
      const answers = await Promise.all(
        servicesToAsk().map(async ({ name, activities }) => ({
          name,
          ...(await activities.pendingWork({ tenantId })),
        })),
      );
      const busy = answers.filter(({ pending }) => pending > 0);
      if (busy.length === 0) {
        quietRounds = mark === arrivals && processes.allParked ? quietRounds + 1 : 0;
        pendingSince = 0;
        continue;
      }
      quietRounds = 0;
      stirred.add(busy.map(({ name }) => name));
      pendingSince += pendingPauseMs;
      if (pendingSince > stallMs) {
        blockedBy = busy.map(({ name, pending, oldestError }) => ({
          processId: `${name}: ${pending} rows wait`,
          error: oldestError,
        }));
        showAgain();
      }
      await sleep(pendingPauseMs);
    }
    blockedBy = [];
  }

  /** False when nothing moves. A timer for each wait would be a fifth of what a clock does. */
  async function allParked(): Promise<boolean> {
    if (!asksTheStirred) return condition(() => processes.allParked, stallMs);
    await condition(() => processes.allParked || stalled);
    stalled = false;
    return processes.allParked;
  }

  async function watchForStalls(): Promise<void> {
    for (;;) {
      await condition(() => !arrived);
      const before = rounds;
      await sleep(watchMs);
      stalled = !arrived && rounds === before;
    }
  }

  function servicesToAsk(): typeof everyService {
    if (!asksTheStirred) return everyService;
    const asked = stirred.take();
    return everyService.filter(({ name }) => asked.includes(name));
  }

  /** No progress for a while: processes that are closed without having said so are dropped, the rest are named. */
  async function inspectAwake(): Promise<void> {
    const found = await orchestrator.inspectProcesses({ processIds: processes.awakeIds });
    for (const { processId, open, activity } of found) {
      if (!open) lose(processId);
      else if (!activity) await nudge(processId);
    }
    blockedBy = found
      .filter(({ open }) => open)
      .map(({ processId, activity, error }) => ({ processId, activity, error }));
    showAgain();
  }

  /** Whoever was killed between its registration and its act left a token behind: the process reports it instead. */
  async function nudge(processId: string): Promise<void> {
    for (const token of processes.tokensOf(processId)) await rouse(processId, token);
  }

  async function wake(processIds: string[]): Promise<void> {
    await Promise.all(processIds.map((processId) => rouse(processId, processes.wake(processId, now))));
  }

  /** A process that is gone by now has nothing to wait for. */
  async function rouse(processId: string, token: string): Promise<void> {
    await getExternalWorkflowHandle(processId)
      .signal(wakeSignal, { at: now, token })
      .catch(() => lose(processId));
  }

  /** Gone without a word: whom it worked with is not known. */
  function lose(processId: string): void {
    stirred.add();
    processes.drop(processId);
  }
}
