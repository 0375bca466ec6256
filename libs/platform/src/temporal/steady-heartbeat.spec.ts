import { expect, it } from '@jest/globals';
import { steadyHeartbeat } from './steady-heartbeat';

const input = { args: [], headers: {} };

it('an activity that only waits is told alive until it ends, and no longer', async () => {
  let beats = 0;
  let third: () => void = () => undefined;
  const waited = new Promise<string>((resolve) => (third = () => resolve('done')));
  const heartbeat = () => {
    beats += 1;
    if (beats === 3) third();
  };
  const { inbound } = steadyHeartbeat({ heartbeat, info: { heartbeatTimeoutMs: 4 } });
  expect(await inbound?.execute?.(input, () => waited)).toBe('done');
  expect(beats).toBe(3);
});

it('one without a time-out has no heartbeats', async () => {
  const heartbeat = () => expect('a heartbeat').toBe('none');
  const { inbound } = steadyHeartbeat({ heartbeat, info: { heartbeatTimeoutMs: undefined } });
  expect(await inbound?.execute?.(input, async () => 'done')).toBe('done');
});
