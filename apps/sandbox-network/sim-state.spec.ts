import { expect, it } from '@jest/globals';
import { type SimState, lacksOpenLines } from './sim-state';

it.each<[SimState, string[], boolean]>([
  ['active', [], false],
  ['throttled', [], false],
  ['barOutgoing', [], true],
  ['barAll', [], true],
  ['suspended', [], true],
  ['barOutgoing', ['112'], false],
  ['barAll', ['112', '+18005550100'], false],
  ['suspended', ['112'], false],
])('%s with %j kept open: refused %p', (state, keepOpen, refused) => {
  expect(lacksOpenLines(state, keepOpen)).toBe(refused);
});
