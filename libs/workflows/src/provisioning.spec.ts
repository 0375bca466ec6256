import { addDuration } from '@tollkeeper/calendar';
import { ordersPlaced, provisioning } from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';

const at = '2026-03-01T12:00:00.000Z';
const minutes = (count: number) => addDuration(at, { minutes: count });

describe('provisioning', () => {
  let bench: WorkflowBench;
  let worked: string[];
  let limits: number[];
  /** What a round answers, one after the other; then nothing is open. */
  let rounds: { more: boolean; nextAt: string | null }[];
  let meanwhile: () => Promise<unknown>;

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());
  beforeEach(() => {
    [worked, limits, rounds] = [[], [], []];
    meanwhile = () => Promise.resolve();
    bench.answer({
      customers: {
        workProvisioning: async ({ at: now, limit }: { at: string; limit: number }) => {
          worked.push(now);
          limits.push(limit);
          await meanwhile();
          return rounds.shift() ?? { more: false, nextAt: null };
        },
      },
    });
  });

  const placed = (tenantId: string, name: string, when: string) =>
    bench.processes.signal(tenantId, provisioning.id({ tenantId, at }), ordersPlaced, event(name, when));

  it('ends when the network has acknowledged all at once', async () => {
    const id = await bench.start(provisioning, { tenantId: 'sbx_once', at });
    await bench.result(id);
    expect(worked).toEqual([at]);
  });

  it('goes on at once while there is more, in rounds of a stated size', async () => {
    rounds = [
      { more: true, nextAt: at },
      { more: true, nextAt: at },
    ];
    await bench.result(await bench.start(provisioning, { tenantId: 'sbx_more', at }));
    expect([worked, new Set(limits)]).toEqual([[at, at, at], new Set([500])]);
  });

  it('asks for late acknowledgements at the instants it is given, hours of virtual time long', async () => {
    rounds = [1, 6, 21, 81, 141].map((next) => ({ more: false, nextAt: minutes(next) }));
    const id = await bench.start(provisioning, { tenantId: 'sbx_late', at });
    await bench.advance('sbx_late', minutes(600));
    await bench.result(id);
    expect(worked).toEqual([0, 1, 6, 21, 81, 141].map(minutes));
  });

  it('looks at once at orders that are placed while it waits', async () => {
    rounds = [{ more: false, nextAt: minutes(60) }];
    const id = await bench.start(provisioning, { tenantId: 'sbx_news', at });
    await bench.advance('sbx_news', minutes(10));
    await placed('sbx_news', 'evt_1', minutes(10));
    await bench.result(id);
    expect(worked).toEqual([at, minutes(10)]);
  });

  it('misses no order that is placed while its last round is under way', async () => {
    meanwhile = async () => {
      meanwhile = () => Promise.resolve();
      await placed('sbx_race', 'evt_1', at);
    };
    await bench.result(await bench.start(provisioning, { tenantId: 'sbx_race', at }));
    expect(worked).toEqual([at, at]);
  });

  it('does the same for a live tenant, on real timers', async () => {
    const started = await bench.liveNow();
    rounds = [{ more: false, nextAt: addDuration(started, { hours: 3 }) }];
    const id = await bench.start(provisioning, { tenantId: 'ten_live', at: started });
    await bench.result(id);
    expect(worked).toHaveLength(2);
    expect((worked[1] ?? '') >= addDuration(started, { hours: 2, minutes: 59 })).toBe(true);
  });
});
