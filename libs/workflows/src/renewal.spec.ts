import { type DueRenewal, renewal, renewalPaymentChanged } from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';

const due: DueRenewal = {
  subscriptionId: 'sub_1',
  accountId: 'acc_1',
  offeringId: 'prepaid-30',
  amountMinor: 1500,
  currency: 'USD',
  from: '2026-02-01T00:00:00.000Z',
  to: '2026-03-03T00:00:00.000Z',
};

/** The first attempt failed a day before the period ends. */
const failedAt = '2026-01-31T00:00:00.000Z';

interface Asked {
  at: string;
  attempt: number;
  renewals: DueRenewal[];
  onlyReport?: boolean;
}

describe('a renewal whose first charge failed', () => {
  let bench: WorkflowBench;
  let attempts: string[];
  let extended: { from: string; to: string; paidAt: string }[];
  let lapsedAt: string | null;
  let succeedsAtAttempt: number;
  let payers: string[];
  let still: { due: DueRenewal | null; inGrace: boolean };
  let settled: string;

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());
  beforeEach(() => {
    attempts = [];
    extended = [];
    lapsedAt = null;
    succeedsAtAttempt = 0;
    payers = [];
    still = { due, inGrace: true };
    settled = 'declined';
    bench.answer({
      payments: {
        chargeRenewals: ({ at, attempt, renewals, onlyReport }: Asked) => {
          if (onlyReport) return { outcomes: [{ subscriptionId: 'sub_1', state: settled }] };
          attempts.push(at);
          payers.push(...renewals.map(({ accountId }) => accountId));
          return {
            outcomes: [
              { subscriptionId: 'sub_1', state: attempt === succeedsAtAttempt ? 'succeeded' : 'declined' },
            ],
          };
        },
      },
      customers: {
        extendPaidPeriods: ({ items }: { items: { from: string; to: string; paidAt: string }[] }) =>
          void extended.push(...items.map(({ from, to, paidAt }) => ({ from, to, paidAt }))),
        renewalStillDue: () => still,
        lapseSubscription: ({ at }: { at: string }) => void (lapsedAt = at),
      },
    });
  });

  const start = (tenantId: string) => bench.start(renewal, { tenantId, at: failedAt, renewal: due });

  it('is tried again inside the grace time, then the service lapses and nothing is owed', async () => {
    await start('sbx_lapse');
    await bench.advance('sbx_lapse', '2026-02-05T00:00:00.000Z');
    expect(attempts).toEqual([
      '2026-01-31T12:00:00.000Z',
      '2026-02-01T12:00:00.000Z',
      '2026-02-02T12:00:00.000Z',
    ]);
    expect(lapsedAt).toBe('2026-02-04T00:00:00.000Z');
    expect(extended).toEqual([]);
  });

  it('paid before the period ends it goes on without a gap', async () => {
    succeedsAtAttempt = 2;
    await start('sbx_intime');
    await bench.advance('sbx_intime', '2026-02-01T00:00:00.000Z');
    expect(extended).toEqual([{ from: due.from, to: due.to, paidAt: '2026-01-31T12:00:00.000Z' }]);
  });

  it('paid late it says when it was paid: the period begins then', async () => {
    succeedsAtAttempt = 4;
    const id = await start('sbx_late');
    await bench.advance('sbx_late', '2026-02-02T18:00:00.000Z');
    expect(extended).toEqual([{ from: due.from, to: due.to, paidAt: '2026-02-02T12:00:00.000Z' }]);
    expect(await bench.result(id)).toBe('renewed');
  });

  it('goes by the rules of its tenant', async () => {
    const rules = { retryHours: [6], graceHours: 24 };
    const id = await bench.start(renewal, { tenantId: 'sbx_rules', at: failedAt, renewal: due, rules });
    await bench.advance('sbx_rules', '2026-02-03T00:00:00.000Z');
    expect(await bench.result(id)).toBe('lapsed');
    expect(attempts).toEqual(['2026-01-31T06:00:00.000Z']);
    expect(lapsedAt).toBe('2026-02-02T00:00:00.000Z');
  });

  it('a changed card is tried at once', async () => {
    succeedsAtAttempt = 2;
    const id = await start('sbx_card');
    await bench.processes.signal(
      'sbx_card',
      id,
      renewalPaymentChanged,
      event('card', '2026-01-31T03:00:00.000Z'),
    );
    expect(await bench.result(id)).toBe('renewed');
    expect(attempts).toEqual(['2026-01-31T03:00:00.000Z']);
  });

  it('is charged to who pays by now', async () => {
    still = { due: { ...due, accountId: 'acc_2' }, inGrace: true };
    succeedsAtAttempt = 2;
    const id = await start('sbx_transferred');
    await bench.advance('sbx_transferred', '2026-02-01T00:00:00.000Z');
    expect(await bench.result(id)).toBe('renewed');
    expect(payers).toEqual(['acc_2']);
  });

  it('with nothing to renew any more it ends, uncharged and without a lapse', async () => {
    still = { due: null, inGrace: false };
    const id = await start('sbx_over');
    await bench.advance('sbx_over', '2026-02-01T00:00:00.000Z');
    expect(await bench.result(id)).toBe('over');
    expect([attempts, extended, lapsedAt]).toEqual([[], [], null]);
  });

  it('no longer wanted it is not charged, and lapses when grace ends', async () => {
    still = { due: null, inGrace: true };
    const id = await start('sbx_unwanted');
    await bench.advance('sbx_unwanted', '2026-02-05T00:00:00.000Z');
    expect(await bench.result(id)).toBe('lapsed');
    expect([attempts, lapsedAt]).toEqual([[], '2026-02-04T00:00:00.000Z']);
  });

  it('what had been paid by then counts', async () => {
    still = { due: null, inGrace: false };
    settled = 'succeeded';
    const id = await start('sbx_settled');
    await bench.advance('sbx_settled', '2026-02-01T00:00:00.000Z');
    expect(await bench.result(id)).toBe('renewed');
    expect(extended).toHaveLength(1);
  });
});
