import { creditChanged, creditControl, type DepositMatter } from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';

const at = '2026-03-01T10:00:00.000Z';

const giveBack = (change: Partial<Extract<DepositMatter, { kind: 'giveBack' }>>): DepositMatter => ({
  ...{ kind: 'giveBack', accountId: 'acc_1', key: 'dep_1', cause: 'goodPayment', amountMinor: 5000 },
  ...{ currency: 'USD', since: '2025-09-01T00:00:00.000Z', endedAt: null },
  ...change,
});

interface Round {
  matters: DepositMatter[];
  nextAt: string | null;
}

describe('credit control', () => {
  let bench: WorkflowBench;
  let rounds: Round[];
  let looked: string[];
  let done: string[];
  let lateAt: string | null;
  let lookAgain: (string | null)[];

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());
  beforeEach(() => {
    [rounds, looked, done, lookAgain, lateAt] = [[], [], [], [], null];
    bench.answer({
      customers: {
        workCredit: ({ at: on }: { at: string }) => {
          looked.push(on.slice(5, 16));
          return { more: false, ...(rounds.shift() ?? { matters: [], nextAt: null }) };
        },
        recordDeposit: ({ key, attempt, state }: { key: string; attempt: number; state: string }) =>
          void done.push(`${key}/${attempt} ${state}`),
        recordDepositReturn: ({ key, outcome, appliedMinor, refundedMinor }: Record<string, string>) =>
          void done.push(`${key} ${outcome} applied ${appliedMinor} refunded ${refundedMinor}`),
      },
      payments: {
        chargeDeposit: ({ amountMinor }: { amountMinor: number }) => {
          done.push(`charge ${amountMinor}`);
          return { state: 'declined', paymentId: null };
        },
        lateSince: () => ({ lateAt }),
        refundDeposit: ({ amountMinor }: { amountMinor: number }) => {
          done.push(`refund ${amountMinor}`);
          return { requestKey: 'deposit/dep_1' };
        },
      },
      invoicing: {
        finalBillOf: () => ({ lookAgainAt: lookAgain.shift() ?? null }),
        applyDeposit: () => ({ appliedMinor: 4200, leftMinor: 800, currency: 'USD' }),
      },
    });
  });

  const run = async (tenantId: string, until: string) => {
    const id = await bench.start(creditControl, { tenantId, at });
    await bench.advance(tenantId, until);
    return id;
  };

  it('looks when something changed and when the next bar ends, and ends when nothing is awaited', async () => {
    rounds = [{ matters: [], nextAt: '2026-04-01T00:00:00.000Z' }];
    const id = await run('sbx_credit_wait', '2026-03-05T00:00:00.000Z');
    rounds = [{ matters: [], nextAt: '2026-04-01T00:00:00.000Z' }];
    await bench.processes.signal(
      'sbx_credit_wait',
      creditControl.id({ tenantId: 'sbx_credit_wait', at }),
      creditChanged,
      event('news', '2026-03-05T00:00:00.000Z'),
    );
    await bench.advance('sbx_credit_wait', '2026-04-02T00:00:00.000Z');
    await bench.result(id);
    expect(looked).toEqual(['03-01T10:00', '03-05T00:00', '04-01T00:00']);
  });

  it('charges what a live account lacks, once for each time it is asked', async () => {
    const ask = { accountId: 'acc_1', key: 'dep_1', attempt: 1, amountMinor: 3000, currency: 'USD' };
    rounds = [{ matters: [{ kind: 'take', ...ask }], nextAt: null }];
    await bench.result(await run('sbx_credit_take', '2026-03-01T11:00:00.000Z'));
    expect(done).toEqual(['charge 3000', 'dep_1/1 declined']);
  });

  it('gives a deposit back after good payment', async () => {
    rounds = [{ matters: [giveBack({})], nextAt: null }];
    await bench.result(await run('sbx_credit_good', '2026-03-01T11:00:00.000Z'));
    expect(done).toEqual(['refund 5000', 'dep_1 given applied 0 refunded 5000']);
  });

  it('keeps it while payment was late', async () => {
    lateAt = '2026-02-20T00:00:00.000Z';
    rounds = [{ matters: [giveBack({})], nextAt: null }];
    await bench.result(await run('sbx_credit_late', '2026-03-01T11:00:00.000Z'));
    expect(done).toEqual(['dep_1 lateSince applied 0 refunded 0']);
  });

  it('at the end waits for the final bill, pays it and refunds the rest', async () => {
    const ended = giveBack({ cause: 'ended', endedAt: '2026-02-28T00:00:00.000Z' });
    lookAgain = ['2026-03-02T00:00:00.000Z', null];
    rounds = [
      { matters: [ended], nextAt: null },
      { matters: [], nextAt: '2026-03-02T00:00:00.000Z' },
      { matters: [ended], nextAt: null },
    ];
    await bench.result(await run('sbx_credit_end', '2026-03-02T01:00:00.000Z'));
    expect(done).toEqual([
      'dep_1 later applied 0 refunded 0',
      'refund 800',
      'dep_1 given applied 4200 refunded 800',
    ]);
  });

  it('of a live tenant waits on real time', async () => {
    rounds = [{ matters: [], nextAt: new Date(Date.parse(await bench.liveNow()) + 3_600_000).toISOString() }];
    const id = await bench.start(creditControl, { tenantId: 'ten_credit', at: await bench.liveNow() });
    await bench.result(id);
    expect(looked).toHaveLength(2);
  });
});
