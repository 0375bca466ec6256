import { describe, expect, it } from '@jest/globals';
import { addOnEnding, endedPlans, hasAddOn, withAddOn, withoutAddOn, withoutPlan } from './dated-plans';
import { periodEndOf } from './period-end';
import { liveStateOf, simStateOf } from './sim-state';

const [jan, feb, mar] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'];
const plans = [
  { offeringId: 'old', from: jan, to: feb },
  { offeringId: 'new', from: feb, to: null },
];

describe('dated plans and add-ons', () => {
  it('a planned change that is taken back never was', () => {
    expect(withoutPlan(plans, 'new', feb)).toEqual([{ offeringId: 'old', from: jan, to: null }]);
  });
  it('one that another has replaced stays', () => {
    expect(withoutPlan(plans, 'new', mar)).toEqual(plans);
  });
  it('a service that ends ends its plans; later ones do not begin', () => {
    expect(endedPlans(plans, '2026-01-15T00:00:00.000Z')).toEqual([
      { offeringId: 'old', from: jan, to: '2026-01-15T00:00:00.000Z' },
    ]);
  });
  it('an add-on is added, removed, and its removal taken back', () => {
    const added = withAddOn([], 'data', jan);
    expect(hasAddOn(added, 'data', feb)).toBe(true);
    const removed = addOnEnding(added, 'data', feb, feb);
    expect(hasAddOn(removed, 'data', feb)).toBe(false);
    expect(addOnEnding(removed, 'data', feb, null)).toEqual(added);
    expect(withoutAddOn(added, 'data', jan)).toEqual([]);
  });
});

describe('the end of the period that runs', () => {
  const cycle = { frequency: 'monthly' as const, anchorDay: 1, zone: 'America/New_York' };
  it.each([
    ['of a cycle, in its zone', null, cycle, '2026-02-01T05:00:00.000Z'],
    [
      'of a period that is paid for',
      { paidUntil: '2026-01-30T10:00:00.000Z' },
      null,
      '2026-01-30T10:00:00.000Z',
    ],
    ['of neither', null, null, null],
  ])('%s', (_, renewal, given, expected) =>
    expect(periodEndOf(renewal, given, '2026-01-15T12:00:00.000Z')).toBe(expected),
  );
});

describe("what a SIM shall be, with the customer's own wish", () => {
  it.each([
    [{ renewal: null, suspendedSince: jan }, 'active', 'suspended'],
    [{ renewal: null, suspendedSince: jan }, 'barOutgoing', 'suspended'],
    [{ renewal: null, suspendedSince: null }, 'barOutgoing', 'barOutgoing'],
    [{ renewal: { state: 'lapsed' as const } }, 'active', 'suspended'],
  ] as const)('%j with %s -> %s', (reasons, restriction, state) =>
    expect(liveStateOf(reasons, restriction)).toBe(state),
  );
  it('ended it is out of service', () =>
    expect(simStateOf({ status: 'terminated', renewal: null }, 'active')).toBe('deactivated'));
});
