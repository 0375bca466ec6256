import { compareInstants, type LocalDate } from '@tollkeeper/calendar';
import {
  billingCalendar as definition,
  type BillingCalendarInput,
  billRun,
  calendarState,
  type CalendarState,
  pauseCalendar,
  resumeCalendar,
  runNow,
  type ProcessEvent,
  type SteeringInput,
} from '@tollkeeper/contracts';
import { ApplicationFailure, condition } from '@temporalio/workflow';
import { historyIsLong } from './history-length';
import { invoicing } from './services';
import { startProcess } from './start-process';
import { carryOn, show, showAgain } from './show';
import { carriedTime, keepTime, now, onUpdate, until } from './until';

const shownCutOffs = 5;

/** Waits for a cycle's cut-offs and starts their bill-runs; what an outage made late is started one by one, in order. */
export async function billingCalendar(input: BillingCalendarInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId, cycleId } = input;
    let after = input.after ?? null;
    let paused = input.paused ?? false;
    let next: CalendarState['next'] = [];
    const steered: Pick<SteeringInput, 'what' | 'by' | 'reason'>[] = [];
    const wanted: { cutOffOn?: LocalDate; answer?: LocalDate; refusal?: string }[] = [];
    const state = (): CalendarState => ({ paused, lastStarted: after, next });

    show(calendarState, state);
    onUpdate(pauseCalendar, (event) => steer('pause', event));
    onUpdate(resumeCalendar, (event) => steer('resume', event));
    onUpdate(runNow, async (event) => {
      const request: (typeof wanted)[number] = { cutOffOn: event.cutOffOn };
      wanted.push(request);
      steer('runNow', event);
      await condition(() => request.answer !== undefined || request.refusal !== undefined);
      if (request.refusal) throw ApplicationFailure.nonRetryable(request.refusal, 'cutOffNotReached');
      return { cutOffOn: request.answer as LocalDate };
    });

    while (!historyIsLong()) {
      next = (await invoicing.nextCutOffs({ tenantId, cycleId, after, at: now(), count: shownCutOffs }))
        .cutOffs;
      const [due] = next;
      const why = await until(paused ? null : (due?.at ?? null), () => steered.length > 0);
      if (why === 'due' && due) await start(due.on);
      for (const request of wanted.splice(0)) await answer(request);
      for (const each of steered.splice(0)) {
        await invoicing.recordSteering({ tenantId, entity: 'cycle', id: cycleId, at: now(), ...each });
      }
    }
    await carryOn<typeof billingCalendar>({
      tenantId,
      cycleId,
      after: after ?? undefined,
      paused,
      ...carriedTime(),
    });

    function steer(what: SteeringInput['what'], { by, reason }: ProcessEvent): CalendarState {
      if (what !== 'runNow') paused = what === 'pause';
      steered.push({ what, by, reason });
      showAgain();
      return state();
    }

    async function start(cutOffOn: LocalDate): Promise<void> {
      await startProcess(billRun, { tenantId, at: now(), cycleId, cutOffOn });
      if (after === null || cutOffOn > after) after = cutOffOn;
    }

    /** A person's "run now": the named cut-off, else the earliest that is due and not started, else the last one again. */
    async function answer(request: (typeof wanted)[number]): Promise<void> {
      const reached = next.filter(({ at }) => compareInstants(at, now()) <= 0).map(({ on }) => on);
      const cutOffOn = request.cutOffOn ?? reached[0] ?? after;
      if (!cutOffOn || (!reached.includes(cutOffOn) && (after === null || cutOffOn > after))) {
        request.refusal = `no cut-off${cutOffOn ? ` ${cutOffOn}` : ''} has been reached; the next is on ${next[0]?.on ?? 'no date'}`;
        return;
      }
      await start(cutOffOn);
      request.answer = cutOffOn;
    }
  });
}
