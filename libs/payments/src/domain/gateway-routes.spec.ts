import { describe, expect, it } from '@jest/globals';
import { keyAt, mayFailOver, routeOf, type RoutingRule } from './gateway-routes';

const rules: RoutingRule[] = [
  { kinds: ['sepaDebit'], gateways: ['stripe'] },
  { currencies: ['EUR'], gateways: ['stripe', 'sandbox'] },
  { gateways: ['sandbox', 'stripe'] },
];
const both = [
  { gateway: 'sandbox', token: 'tok_1' },
  { gateway: 'stripe', token: 'pm_1' },
] as const;

describe('a method is charged at', () => {
  it.each([
    ['card', 'EUR', rules, ['stripe', 'sandbox']],
    ['card', 'USD', rules, ['sandbox', 'stripe']],
    ['sepaDebit', 'EUR', rules, ['stripe']],
    ['card', 'USD', [], ['sandbox']],
    ['card', 'USD', [{ gateways: ['sandboxStandby'] }], ['sandbox']],
  ])('%s, %s', (kind, currency, given, gateways) => {
    expect(routeOf(given, { kind, currency }, [...both]).map(({ gateway }) => gateway)).toEqual(gateways);
  });
});

describe('another gateway is asked', () => {
  it.each([
    ['gatewayFailure', 'unavailable', true],
    ['gatewayFailure', 'refused400', true],
    ['gatewayFailure', 'refused resource_missing', true],
    ['gatewayFailure', 'rateLimit', true],
    ['gatewayFailure', 'neverBooked', false],
    ['gatewayFailure', 'decidedByPerson', false],
    ['unknown', 'unavailable', false],
    ['declined', null, false],
  ])('after %s (%s): %s', (state, cause, may) => {
    expect(mayFailOver({ state, cause })).toBe(may);
  });
});

it('every try has a key of its own', () => {
  expect(keyAt('inv_1/due/1', 'stripe')).toBe('inv_1/due/1@stripe');
  expect(keyAt('inv_1/due/1@stripe', 'pm_2')).toBe('inv_1/due/1@pm_2');
});
