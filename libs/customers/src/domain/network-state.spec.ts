import { describe, expect, it } from '@jest/globals';
import { desiredNetworkState, productStatusIn } from './network-state';

describe('what the network should let a SIM do', () => {
  it.each([
    ['active', null, 'active'],
    ['active', 'active', 'active'],
    ['active', 'grace', 'active'],
    ['active', 'lapsed', 'suspended'],
    ['barOutgoing', null, 'barOutgoing'],
    ['barOutgoing', 'lapsed', 'suspended'],
    ['suspended', 'active', 'suspended'],
  ] as const)('account %s, renewal %s -> %s', (restriction, renewal, state) => {
    expect(desiredNetworkState(restriction, renewal)).toBe(state);
  });

  it.each([
    ['barOutgoing', 'active', 'active'],
    ['suspended', 'active', 'suspended'],
    ['active', 'suspended', 'active'],
    ['active', 'terminated', 'terminated'],
    ['suspended', 'pendingActive', 'pendingActive'],
  ] as const)('%s makes a product that is %s %s', (state, before, after) => {
    expect(productStatusIn(state, before)).toBe(after);
  });
});
