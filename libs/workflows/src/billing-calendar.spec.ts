import { addDays, startOfDay } from '@tollkeeper/calendar';
import {
  billingCalendar,
  billRun,
  calendarState,
  pauseCalendar,
  resumeCalendar,
  runNow,
} from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';

const cycleId = 'cyc_1';

/** Daily cut-offs at midnight UTC: the process knows only what invoicing tells it. */
const dailyCutOffs = (firstOn: string) => ({
  nextCutOffs: ({ after, count }: { after: string | null; count: number }) => ({
    cutOffs: Array.from({ length: count }, (_, n) => {
      const on = addDays(after ?? addDays(firstOn, -1), n + 1);
      return { on, at: startOfDay(on, 'UTC') };
    }),
    paused: false,
  }),
});

describe('billing calendar', () => {
  let bench: WorkflowBench;
  let opened: string[];

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());

  const answer = (firstOn: string) => {
    opened = [];
    bench.answer({
      invoicing: {
        ...dailyCutOffs(firstOn),
        openRun: ({ cutOffOn, at }: { cutOffOn: string; at: string }) => {
          opened.push(cutOffOn);
          return {
            runId: `run_${cutOffOn}`,
            batches: 0,
            accounts: 0,
            cutOffAt: at,
            collectUntil: at,
            lateUsageUntil: at,
            approval: 'automatic',
          };
        },
        moveRun: () => undefined,
        recordSteering: () => undefined,
        reviewRun: () => ({
          accounts: 0,
          invoices: 0,
          failed: 0,
          skipped: 0,
          totalMinor: 0,
          currency: 'USD',
          anomalies: [],
        }),
        closeRun: () => ({ reconciled: true, difference: null, setAside: [] }),
      },
    });
  };

  it('a live tenant: dates missed in an outage are caught up in order, then each date on its day, none twice', async () => {
    const today = (await bench.liveNow()).slice(0, 10);
    answer(addDays(today, -2));
    const tenantId = 'ten_live';
    await bench.start(billingCalendar, { tenantId, at: await bench.liveNow(), cycleId });
    await bench.skip('50 hours');
    const runs = await Promise.all(
      [-2, -1, 0, 1, 2].map((days) =>
        bench.result(billRun.id({ tenantId, at: '', cycleId, cutOffOn: addDays(today, days) })),
      ),
    );
    expect(runs).toHaveLength(5);
    expect(opened).toEqual([-2, -1, 0, 1, 2].map((days) => addDays(today, days)));
  });

  it('a sandbox: paused it starts nothing, resumed it catches up; run-now before the cut-off is refused', async () => {
    answer('2026-02-01');
    const tenantId = 'sbx_calendar';
    const calendarId = await bench.start(billingCalendar, {
      tenantId,
      at: '2026-01-30T00:00:00.000Z',
      cycleId,
    });
    await expect(
      bench.processes.update(tenantId, calendarId, runNow, event('now-1', '2026-01-30T00:00:00.000Z')),
    ).rejects.toMatchObject({ cause: { message: expect.stringContaining('2026-02-01') } });
    await bench.processes.update(
      tenantId,
      calendarId,
      pauseCalendar,
      event('pause', '2026-01-30T00:00:00.000Z'),
    );
    await bench.advance(tenantId, '2026-02-02T12:00:00.000Z');
    expect(opened).toEqual([]);
    await bench.processes.update(tenantId, calendarId, runNow, event('now-2', '2026-02-02T12:00:00.000Z'));
    await bench.advance(tenantId, '2026-02-02T13:00:00.000Z');
    expect(opened).toEqual(['2026-02-01']);
    await bench.processes.update(
      tenantId,
      calendarId,
      resumeCalendar,
      event('resume', '2026-02-02T13:00:00.000Z'),
    );
    await bench.advance(tenantId, '2026-02-03T12:00:00.000Z');
    expect(opened).toEqual(['2026-02-01', '2026-02-02', '2026-02-03']);
    expect(await bench.processes.shown(calendarId, calendarState)).toMatchObject({
      paused: false,
      lastStarted: '2026-02-03',
    });
  });
});
