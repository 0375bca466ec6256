import { addDuration } from '@tollkeeper/calendar';
import { networkReconciliation, reconciliationWanted } from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';

const at = '2026-03-01T02:00:00.000Z';
const hours = (count: number) => addDuration(at, { hours: count });

describe('network-reconciliation', () => {
  let bench: WorkflowBench;
  let pages: string[];
  let runs: { runId: string; after: string | null }[];
  let nextAt: string | null;
  /** The network is away at these calls. */
  let away: number[];

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());
  beforeEach(() => {
    [pages, runs, nextAt, away] = [[], [], null, []];
    bench.answer({
      customers: {
        nextReconciliation: () => ({ run: runs.shift() ?? null, nextAt }),
        reconcileNetworkPage: (page: { runId: string; after: string | null; at: string }) => {
          pages.push(`${page.runId} after ${page.after} at ${page.at.slice(11, 16)}`);
          if (away.includes(pages.length))
            return { next: page.after, retryAt: addDuration(page.at, { minutes: 15 }) };
          return { next: page.after === null ? 'sim-500' : null, retryAt: null };
        },
      },
    });
  });

  it('pages through the list and ends when no other is wanted', async () => {
    runs = [{ runId: 'rec_1', after: null }];
    await bench.result(await bench.start(networkReconciliation, { tenantId: 'sbx_rec', at }));
    expect(pages).toEqual(['rec_1 after null at 02:00', 'rec_1 after sim-500 at 02:00']);
  });

  it('goes on where the run got to', async () => {
    runs = [{ runId: 'rec_1', after: 'sim-250' }];
    await bench.result(await bench.start(networkReconciliation, { tenantId: 'sbx_cursor', at }));
    expect(pages).toEqual(['rec_1 after sim-250 at 02:00']);
  });

  it('waits for a network that is away, and takes the same page again', async () => {
    runs = [{ runId: 'rec_1', after: null }];
    away = [2];
    const id = await bench.start(networkReconciliation, { tenantId: 'sbx_away', at });
    await bench.advance('sbx_away', hours(1));
    await bench.result(id);
    expect(pages).toEqual([
      'rec_1 after null at 02:00',
      'rec_1 after sim-500 at 02:00',
      'rec_1 after sim-500 at 02:15',
    ]);
  });

  it('waits for its hour, and stops when it is switched off', async () => {
    nextAt = hours(2);
    const tenantId = 'sbx_daily';
    const id = await bench.start(networkReconciliation, { tenantId, at });
    await bench.advance(tenantId, hours(1));
    expect(pages).toEqual([]);
    nextAt = null;
    await bench.processes.signal(tenantId, id, reconciliationWanted, event('evt_off', hours(1)));
    await bench.result(id);
    expect(pages).toEqual([]);
  });

  it('does the same for a live tenant, on real timers', async () => {
    const started = await bench.liveNow();
    nextAt = addDuration(started, { hours: 5 });
    const id = await bench.start(networkReconciliation, { tenantId: 'ten_daily', at: started });
    await bench.skip('4h');
    expect(pages).toEqual([]);
    [runs, nextAt] = [[{ runId: 'today', after: null }], null];
    await bench.result(id);
    expect(pages).toHaveLength(2);
  });
});
