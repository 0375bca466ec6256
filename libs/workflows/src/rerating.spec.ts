import { rerating, sessionClosing, sessionsOpened } from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';

const at = '2026-02-05T12:00:00.000Z';
const counts = {
  periods: 20,
  records: 100,
  changed: 40,
  unratable: 0,
  beforeMicro: 1_000,
  afterMicro: 900,
  correctedMicro: -60,
};

describe('rating again, and sessions that fall silent', () => {
  let bench: WorkflowBench;

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());

  it.each(['ten_again', 'sbx_again'])(
    '%s: goes on from round to round until all is rated',
    async (tenantId) => {
      let rounds = 0;
      bench.answer({
        rating: {
          rerateUsage: ({ reratingId }: { reratingId: string }) => {
            rounds += 1;
            return { reratingId, done: rounds === 3, counts: { ...counts, periods: rounds * 20 } };
          },
        },
      });
      const processId = await bench.start(rerating, { tenantId, reratingId: `rer_${tenantId}`, at });
      expect(await bench.result(processId)).toMatchObject({ done: true, counts: { periods: 60 } });
    },
  );

  it('closes a session when its silence is over, and looks again when one opens', async () => {
    const tenantId = 'sbx_silent';
    const asked: string[] = [];
    const ends = ['2026-02-06T12:00:00.000Z', '2026-02-07T12:00:00.000Z'];
    bench.answer({
      rating: {
        closeSilentSessions: (input: { at: string }) => {
          asked.push(input.at);
          return { closed: 0, nextAt: ends.find((end) => end > input.at) ?? null };
        },
      },
    });
    const processId = await bench.start(sessionClosing, { tenantId, at });
    await bench.advance(tenantId, '2026-02-08T00:00:00.000Z');
    expect(asked).toEqual([at, ...ends]);
    await bench.processes.signal(
      tenantId,
      processId,
      sessionsOpened,
      event('evt_1', '2026-02-08T00:00:00.000Z'),
    );
    await bench.advance(tenantId, '2026-02-09T00:00:00.000Z');
    expect(asked).toEqual([at, ...ends, '2026-02-08T00:00:00.000Z']);
  });
});
