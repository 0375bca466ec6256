import { creditRefundIdOf, creditRefundWanted, refund } from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';

const at = '2026-03-01T10:00:00.000Z';

describe('a refund', () => {
  let bench: WorkflowBench;
  let sent: string[];
  let opened: string[];

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());
  beforeEach(() => {
    sent = [];
    opened = [];
    const credits = [1200, 0];
    bench.answer({
      payments: {
        creditRefundWait: ({ requestKey, at: asked }: { requestKey: string; at: string }) => ({
          waitUntil:
            requestKey === 'second' && asked < '2026-03-01T11:00:00.000Z' ? '2026-03-01T11:00:00.000Z' : null,
        }),
        openCreditRefund: ({ requestKey, amountMinor }: { requestKey: string; amountMinor: number }) =>
          void opened.push(`${requestKey} ${amountMinor}`),
        sendRefunds: ({ requestKey, at: asked }: { requestKey: string; at: string }) => {
          sent.push(`${requestKey} ${asked.slice(11, 16)}`);
          const isFirst = sent.length === 1;
          return { open: isFirst ? 1 : 0, nextAt: isFirst ? '2026-03-01T10:01:00.000Z' : null };
        },
      },
      invoicing: { customerCredit: () => ({ minor: credits.shift() ?? 0, currency: 'USD' }) },
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
    expect(opened).toEqual(['first 1200']);
  });
});
