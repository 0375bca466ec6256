import { identityOf, isAlive, startInStat } from './process-identity';

const stat = (state: string) =>
  `42 (a (odd) name) ${state} 1 42 42 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 777 0 0`;

describe('process identity', () => {
  it.each([
    ['S', '777'],
    ['T', '777'],
    ['Z', undefined],
  ])('of state %s starts at %s', (state, start) => {
    expect(startInStat(stat(state))).toBe(start);
  });

  it('knows this process, and not one that had its pid before', () => {
    const self = identityOf(process.pid);
    expect(self && isAlive(self)).toBe(true);
    expect(isAlive({ pid: process.pid, startedAt: 'long ago' })).toBe(false);
  });
});
