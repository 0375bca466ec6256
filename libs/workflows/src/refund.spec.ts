import { creditRefundIdOf, creditRefundWanted, refund } from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';
import { ApplicationFailure } from '@temporalio/common';

interface Opening {
  requestKey: string;
  of: string;
  wantedMinor: number;
  promisedMinor: number;
}

const at = '2026-03-01T10:00:00.000Z';

describe('a refund', () => {
  let bench: WorkflowBench;
  let sent: string[];
  let opened: string[];
  let released: string[];
  let owed: number;

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());
  beforeEach(() => {
    sent = [];
    opened = [];
    released = [];
    owed = 1200;
    const promised = new Map<string, number>();
    bench.answer({
      payments: {
        creditRefundWait: ({ requestKey, at: asked }: { requestKey: string; at: string }) => ({
          waitUntil:
            requestKey === 'second' && asked < '2026-03-01T11:00:00.000Z' ? '2026-03-01T11:00:00.000Z' : null,
        }),
        openPromisedRefund: ({ requestKey, of, wantedMinor, promisedMinor }: Opening) => {
          if (requestKey === 'broken') throw ApplicationFailure.nonRetryable('cannot be opened');
          opened.push(`${requestKey} ${of} ${promisedMinor} of ${wantedMinor}`);
        },
        sendRefunds: ({ requestKey, at: asked }: { requestKey: string; at: string }) => {
          sent.push(`${requestKey} ${asked.slice(11, 16)}`);
          const isFirst = sent.length === 1;
          return { open: isFirst ? 1 : 0, nextAt: isFirst ? '2026-03-01T10:01:00.000Z' : null };
        },
      },
      invoicing: {
        promiseRefund: ({ key, amountMinor }: { key: string; amountMinor: number | null }) => {
          const wanted = amountMinor ?? owed;
          const minor = promised.get(key) ?? (wanted <= owed ? wanted : 0);
          if (!promised.has(key)) owed -= minor;
          promised.set(key, minor);
          return { minor, currency: 'USD' };
        },
        releaseRefund: ({ key }: { key: string }) => void released.push(key),
      },
    });
  });

  it('of unknown outcome is asked for again until it is decided', async () => {
    const input = { tenantId: 'sbx_refund', at, accountId: 'acc_1', requestKey: 'first' };
    const id = await bench.start(refund, input);
    await bench.advance('sbx_refund', '2026-03-01T12:00:00.000Z');
    await bench.result(id);
    expect(sent).toEqual(['first 10:00', 'first 10:01']);
    expect(opened).toEqual([]);
  });

  it('of credit that is wanted twice waits for the books, and finds nothing left', async () => {
    const input = { tenantId: 'sbx_credit', at, accountId: 'acc_1', requestKey: 'first', wholeCredit: true };
    const id = await bench.start(refund, input);
    expect(id).toBe(creditRefundIdOf('sbx_credit', 'acc_1'));
    await bench.processes.signal('sbx_credit', id, creditRefundWanted, event('second', at));
    await bench.advance('sbx_credit', '2026-03-01T12:00:00.000Z');
    await bench.result(id);
    expect(opened).toEqual(['first credit 1200 of 1200']);
    expect(owed).toBe(0);
  });

  it.each([
    ['goes as far as the books hold it', 1200, ['first deposit 1200 of 1200']],
    ['is refused where the books hold less', 1201, ['first deposit 0 of 1201']],
  ])('of a deposit %s', async (_, amountMinor, expected) => {
    const tenantId = `sbx_deposit${amountMinor}`;
    const deposit = { amountMinor, reason: 'moves away' };
    const id = await bench.start(refund, { tenantId, at, accountId: 'acc_1', requestKey: 'first', deposit });
    await bench.advance(tenantId, '2026-03-01T12:00:00.000Z');
    await bench.result(id);
    expect(opened).toEqual(expected);
    expect(released).toEqual([]);
  });

  it.each([
    ['takes so much of the credit', 700, ['first credit 700 of 700'], 500],
    ['is refused where the credit is used by now', 1201, ['first credit 0 of 1201'], 1200],
  ])('of what was paid although nothing was owed %s', async (_, amountMinor, expected, left) => {
    const tenantId = `sbx_surplus${amountMinor}`;
    const wanted = { accountId: 'acc_1', requestKey: 'first', surplus: { amountMinor } };
    const id = await bench.start(refund, { tenantId, at, ...wanted });
    await bench.advance(tenantId, '2026-03-01T12:00:00.000Z');
    await bench.result(id);
    expect(opened).toEqual(expected);
    expect(owed).toBe(left);
  });

  it('that cannot be opened is promised no longer', async () => {
    const deposit = { amountMinor: 700, reason: 'moves away' };
    const input = { tenantId: 'sbx_broken', at, accountId: 'acc_1', requestKey: 'broken', deposit };
    const id = await bench.start(refund, input);
    await expect(bench.result(id)).rejects.toThrow();
    expect(released).toEqual(['broken']);
  });
});
