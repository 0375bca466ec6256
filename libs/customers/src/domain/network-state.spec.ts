import { describe, expect, it } from '@jest/globals';
import { desiredNetworkState, linesToKeepOpen, productStatusIn } from './network-state';

describe('what the network should let a SIM do', () => {
  it.each([
    ['active', null, 'active'],
    ['active', 'active', 'active'],
    ['active', 'failing', 'active'],
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

describe('the lines that stay open', () => {
  it.each([
    ['US', '+1 800 555 0100', ['112', '911', '18005550100']],
    ['GB', '0800 555 0100', ['112', '999', '448005550100']],
    ['PT', '+351 210 000 000', ['112', '351210000000']],
  ])('in %s with %s', (country, phone, lines) => expect(linesToKeepOpen(country, phone)).toEqual(lines));

  it.each([
    ['US', ''],
    ['US', 'support@example.com'],
    ['XX', '12345'],
  ])('refuses a bar in %s without a line to pay (%j)', (country, phone) => {
    expect(() => linesToKeepOpen(country, phone)).toThrow(/support phone/);
  });
});
