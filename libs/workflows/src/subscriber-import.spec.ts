import { subscriberImport } from '@tollkeeper/contracts';
import { WorkflowBench } from '@tollkeeper/testing';

const at = '2026-01-05T12:00:00.000Z';

describe('a subscriber import', () => {
  let bench: WorkflowBench;

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());

  it.each(['ten_bulk', 'sbx_bulk'])(
    '%s: goes on from round to round until the file ends',
    async (tenantId) => {
      let rounds = 0;
      bench.answer({
        customers: {
          importSubscribers: ({ importId }: { importId: string }) => {
            rounds += 1;
            const counts = {
              lines: rounds * 500,
              created: rounds * 499,
              changed: 0,
              unchanged: 0,
              rejected: rounds,
            };
            return { importId, done: rounds === 3, counts };
          },
        },
      });
      const processId = await bench.start(subscriberImport, { tenantId, importId: `imp_${tenantId}`, at });
      expect(processId).toBe(`subscriber-import/${tenantId}/imp_${tenantId}`);
      const ended = { importId: `imp_${tenantId}`, done: true };
      expect(await bench.result(processId)).toMatchObject({ ...ended, counts: { lines: 1500, rejected: 3 } });
    },
  );

  it('of one id runs once: a repeated start finds the first one', async () => {
    let rounds = 0;
    bench.answer({
      customers: {
        importSubscribers: ({ importId }: { importId: string }) => {
          rounds += 1;
          const counts = { lines: 1, created: 1, changed: 0, unchanged: 0, rejected: 0 };
          return { importId, done: true, counts };
        },
      },
    });
    const input = { tenantId: 'ten_bulk', importId: 'imp_twice', at };
    await bench.result(await bench.start(subscriberImport, input));
    await bench.result(await bench.start(subscriberImport, input));
    expect(rounds).toBe(1);
  });
});
