import { advanceUpdate, awakeSignal, delivery, serviceNames, testClockId } from '@tollkeeper/contracts';
import { WorkflowBench } from '@tollkeeper/testing';

const startedAt = '2026-01-01T00:00:00.000Z';

describe('a test clock', () => {
  let bench: WorkflowBench;
  let sweptAt: string[];

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());
  beforeEach(() => {
    sweptAt = [];
    bench.answer({
      notifications: {
        sendDeferred: ({ at }: { at: string }) => {
          sweptAt.push(at);
          return {
            sent: 0,
            nextAt: sweptAt.length < 3 ? `2026-01-0${sweptAt.length + 1}T00:00:00.000Z` : null,
          };
        },
      },
    });
  });

  it('has done all that is due at the very instant it was asked to go to', async () => {
    await bench.start(delivery, { tenantId: 'sbx_exact', at: startedAt, channel: 'email' });
    await bench.advance('sbx_exact', '2026-01-02T00:00:00.000Z');
    expect(sweptAt).toEqual([startedAt, '2026-01-02T00:00:00.000Z']);
  });

  it('asks all services when it gets its order, then those alone that were worked with, until nothing waits there', async () => {
    const asked: string[] = [];
    let waiting = 2;
    const ask = (service: string, pending: () => number) => ({
      pendingWork: () => {
        asked.push(service);
        return { pending: pending() };
      },
    });
    const others = serviceNames.filter((name) => name !== 'notifications');
    bench.answer({
      ...Object.fromEntries(others.map((name) => [name, ask(name, () => 0)])),
      notifications: {
        ...ask('notifications', () => (sweptAt.length > 1 ? waiting-- : 0)),
        sendDeferred: ({ at }: { at: string }) => {
          sweptAt.push(at);
          return { sent: 0, nextAt: sweptAt.length < 2 ? '2026-01-02T00:00:00.000Z' : null };
        },
      },
    });
    await bench.start(delivery, { tenantId: 'sbx_asks', at: startedAt, channel: 'email' });
    await bench.advance('sbx_asks', '2026-01-03T00:00:00.000Z');
    expect(sweptAt).toHaveLength(2);
    expect(asked.slice(0, serviceNames.length).sort()).toEqual([...serviceNames].sort());
    expect(asked.slice(serviceNames.length)).toEqual(Array(3).fill('notifications'));
  });

  it('goes on when someone was killed between telling it of a signal and sending it', async () => {
    const tenantId = 'sbx_lost';
    const processId = await bench.start(delivery, { tenantId, at: startedAt, channel: 'email' });
    await bench.advance(tenantId, '2026-01-01T12:00:00.000Z');
    const clock = bench.client.workflow.getHandle(testClockId(tenantId));
    await clock.signal(awakeSignal, { processId, token: 'killed-before-it-signalled' });
    await clock.signal(awakeSignal, { processId: 'never/started', token: 'killed-before-it-started' });
    await bench.advance(tenantId, '2026-01-03T12:00:00.000Z');
    expect(sweptAt).toHaveLength(3);
  });

  it('on its way: the same order again is told of that way, another one is refused', async () => {
    const tenantId = 'sbx_again';
    const target = '2026-01-02T00:00:00.000Z';
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    bench.answer({
      notifications: { sendDeferred: () => held.then(() => ({ sent: 0, nextAt: null })) },
    });
    await bench.start(delivery, { tenantId, at: startedAt, channel: 'email' });
    const clock = bench.client.workflow.getHandle(testClockId(tenantId));
    const order = (to: string, operationId: string) =>
      clock.executeUpdate(advanceUpdate, { args: [{ to, operationId }] });
    await order(target, 'adv_first');
    expect(await order(target, 'adv_again')).toMatchObject({ operationId: 'adv_first', target });
    await expect(order('2026-01-03T00:00:00.000Z', 'adv_other')).rejects.toThrow();
    letGo();
  });
});
