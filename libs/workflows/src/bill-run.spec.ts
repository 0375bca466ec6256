import {
  approveRun,
  billRun,
  billRunProgress,
  cancelRun,
  pauseRun,
  resumeRun,
  retryFailedOfRun,
  skipAccountOfRun,
} from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';

const ref = { key: 'k', sha256: 's', count: 0, schemaVersion: 1 };
const cutOffOn = '2026-02-01';
const at = '2026-02-01T00:00:00.000Z';
const batches = 20;

describe('a bill-run', () => {
  let bench: WorkflowBench;
  let did: string[];
  let anomalies: string[];
  let approval: 'required' | 'automatic';

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());
  beforeEach(() => {
    did = [];
    anomalies = [];
    approval = 'required';
    const note = (what: string) => void did.push(what);
    bench.answer({
      rating: {
        closePeriod: () => ({ totals: ref, records: 10 }),
        nameInvoices: () => undefined,
        reopenPeriods: ({ accountIds }: { accountIds: string[] | null }) => (
          note(`reopen ${accountIds?.join() ?? 'all'}`),
          { periods: 1 }
        ),
      },
      invoicing: {
        openRun: () => ({
          runId: 'run_1',
          batches,
          accounts: 40,
          cutOffAt: at,
          collectUntil: '2026-02-01T06:00:00.000Z',
          lateUsageUntil: '2026-02-06T00:00:00.000Z',
          approval,
        }),
        loadBatch: () => ({ accountIds: ['acc_1', 'acc_2'] }),
        draftBatch: ({ batchNo }: { batchNo: number }) => (
          note(`draft ${batchNo}`),
          { drafted: 2, failed: 0 }
        ),
        finalizeBatch: ({ batchNo }: { batchNo: number }) => (
          note(`finalize ${batchNo}`),
          { finalized: 2, named: ref }
        ),
        renderBatch: () => ({ rendered: 2, messages: ref }),
        moveRun: ({ to }: { to: string }) => note(to),
        reviewRun: () => ({
          accounts: 40,
          invoices: 40,
          failed: 0,
          skipped: 0,
          totalMinor: 1000,
          currency: 'USD',
          anomalies,
        }),
        skipAccount: ({ accountId }: { accountId: string }) => (note(`skip ${accountId}`), { skipped: true }),
        openRetryBatch: () => ({ batchNo: 20 }),
        voidDrafts: () => (note('void'), { voided: 40 }),
        recordSteering: ({ what }: { what: string }) => note(what),
        closeRun: () => (note('close'), { reconciled: true, difference: null, setAside: [] }),
      },
      notifications: { sendMessages: () => ({ sent: 2, deferred: 0, failed: 0 }) },
    });
  });

  const start = (tenantId: string) => bench.start(billRun, { tenantId, at, cycleId: 'cyc_1', cutOffOn });
  const stages = () => did.filter((what) => !/^(draft|finalize) /.test(what));

  it('goes stage by stage and waits for approval', async () => {
    const id = await start('sbx_run');
    await bench.advance('sbx_run', '2026-02-03T00:00:00.000Z');
    expect(stages()).toEqual(['drafting', 'checking', 'pendingApproval']);
    expect(did.indexOf('draft 0')).toBeLessThan(did.indexOf('draft 1'));
    await bench.processes.signal(
      'sbx_run',
      id,
      approveRun,
      event('ok', '2026-02-03T00:00:00.000Z', { by: 'usr_1' }),
    );
    await bench.advance('sbx_run', '2026-02-07T00:00:00.000Z');
    expect(stages().slice(3)).toEqual(['finalizing', 'delivering', 'lateUsage', 'close']);
    expect(await bench.result(id)).toMatchObject({ drafted: 40, finalized: 40, rendered: 40, sent: 40 });
  });

  it('approves itself only where the cycle says so and nothing is odd', async () => {
    approval = 'automatic';
    await start('sbx_auto');
    await bench.advance('sbx_auto', '2026-02-07T00:00:00.000Z');
    expect(stages()).toContain('close');
    did = [];
    anomalies = ['the median bill changed by 80 %'];
    await start('sbx_odd');
    await bench.advance('sbx_odd', '2026-02-07T00:00:00.000Z');
    expect(stages().at(-1)).toBe('pendingApproval');
  });

  it('takes an account out before numbering, tries failed ones again', async () => {
    const id = await start('sbx_skip');
    await bench.advance('sbx_skip', '2026-02-02T00:00:00.000Z');
    const now = '2026-02-02T00:00:00.000Z';
    await bench.processes.signal('sbx_skip', id, skipAccountOfRun, {
      ...event('skip', now),
      accountId: 'acc_9',
    });
    await bench.processes.signal('sbx_skip', id, retryFailedOfRun, event('retry', now));
    await bench.processes.signal('sbx_skip', id, approveRun, event('ok', now));
    await bench.advance('sbx_skip', '2026-02-07T00:00:00.000Z');
    expect(did).toEqual(
      expect.arrayContaining([
        'skip acc_9',
        'reopen acc_9',
        'retryFailed',
        'draft 20',
        'finalize 20',
        'close',
      ]),
    );
  });

  it('cancelled before numbering leaves no draft and gives the usage back', async () => {
    const id = await start('sbx_cancel');
    await bench.processes.signal('sbx_cancel', id, cancelRun, event('no', at, { reason: 'wrong price' }));
    await bench.result(id);
    expect(stages()).toEqual(['void', 'reopen all', 'cancelled']);
  });

  it('a pause stops the window until someone resumes', async () => {
    const id = await start('sbx_pause');
    await bench.processes.signal('sbx_pause', id, pauseRun, event('stop', at));
    await bench.advance('sbx_pause', '2026-02-03T00:00:00.000Z');
    expect(did.filter((what) => what.startsWith('draft'))).toEqual([]);
    expect(await bench.processes.shown(id, billRunProgress)).toMatchObject({ paused: true });
    await bench.processes.signal('sbx_pause', id, resumeRun, event('go', '2026-02-03T00:00:00.000Z'));
    await bench.advance('sbx_pause', '2026-02-03T01:00:00.000Z');
    expect(stages().at(-1)).toBe('pendingApproval');
  });
});
