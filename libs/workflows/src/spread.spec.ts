import { expect, it } from '@jest/globals';
import { spreadMs } from './spread';

const processes = Array.from(
  { length: 10_000 },
  (_, no) => `collection/ten_1/acc_${String(no).padStart(8, '0')}`,
);

it('of 10,000 processes with one instant none wakes early, none after the minutes, few in one second', () => {
  const perSecond = new Map<number, number>();
  for (const process of processes) {
    const laterMs = spreadMs(process, 15);
    expect(laterMs).toBeGreaterThanOrEqual(0);
    expect(laterMs).toBeLessThan(15 * 60_000);
    const second = Math.floor(laterMs / 1_000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  }
  // 11 a second on average: a small Temporal server starts or wakes about 25.
  expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(28);
  expect(perSecond.size).toBe(15 * 60);
});

it('each has its own place, always the same', () => {
  for (const process of processes.slice(0, 10)) expect(spreadMs(process, 15)).toBe(spreadMs(process, 15));
  expect(spreadMs('collection/ten_1/acc_1', 0)).toBe(0);
});
