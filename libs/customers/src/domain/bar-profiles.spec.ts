import { describe, expect, it } from '@jest/globals';
import {
  barStates,
  findProfileFaults,
  type BarProfile,
  numbersLeftOpen,
  usualProfiles,
} from './bar-profiles';

const always = ['emergency', 'paymentLine'];

describe('a bar profile', () => {
  it.each(barStates)('%s as usual is accepted', (state) => {
    expect(findProfileFaults(state, usualProfiles[state])).toEqual([]);
  });

  it.each<[string, 'barOutgoing' | 'barAll' | 'throttled', BarProfile, RegExp]>([
    ['no emergency numbers', 'barAll', { services: [], lines: ['paymentLine'] }, /must keep "emergency"/],
    ['no payment line', 'barOutgoing', { services: [], lines: ['emergency'] }, /must keep "paymentLine"/],
    ['nothing open, though only slower', 'throttled', { services: ['data'], lines: [] }, /emergency/],
    ['112 written out', 'barAll', { services: [], lines: ['112', 'paymentLine'] }, /must keep "emergency"/],
    [
      'calls out in a bar of them',
      'barOutgoing',
      { services: ['outgoingCalls'], lines: always },
      /bars nothing/,
    ],
    ['calls in', 'barAll', { services: ['incomingCalls'], lines: always }, /bars nothing/],
    ['a word for a number', 'barAll', { services: [], lines: [...always, 'police'] }, /"police"/],
  ])('with %s is refused', (_what, state, profile, reason) => {
    expect(
      findProfileFaults(state, profile)
        .map((fault) => fault.reason)
        .join(),
    ).toMatch(reason);
  });
});

describe('the numbers that stay open', () => {
  it.each([
    [['US'], '+1 800 555 0100', ['112', '911', '18005550100']],
    [['GB'], '0800 555 0100', ['112', '999', '448005550100']],
    [['PT'], '+351 210 000 000', ['112', '115', '351210000000']],
    [['US', 'MX'], '+18005550100', ['112', '911', '060', '065', '066', '068', '080', '18005550100']],
    [['DE', 'DE'], '+49 30 000000', ['112', '110', '4930000000']],
  ])('in %j with %s', (countries, supportPhone, numbers) => {
    expect(numbersLeftOpen(usualProfiles.barAll, { countries, supportPhone })).toEqual({ numbers });
  });

  it("are also the operator's own", () => {
    const profile = { services: [], lines: [...always, '15185550100'] };
    expect(numbersLeftOpen(profile, { countries: ['US'], supportPhone: '+18005550100' })).toEqual({
      numbers: ['112', '911', '18005550100', '15185550100'],
    });
  });

  it.each([
    ['US', ''],
    ['US', 'support@example.com'],
    ['XX', '12345'],
  ])('are none in %s without a line to pay (%j): no bar', (country, supportPhone) => {
    expect(numbersLeftOpen(usualProfiles.suspended, { countries: [country], supportPhone })).toMatchObject({
      fault: expect.stringMatching(/support phone/),
    });
  });
});
