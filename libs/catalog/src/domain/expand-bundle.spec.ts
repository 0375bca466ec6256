import { describe, expect, it } from '@jest/globals';
import type { OfferingVersion } from '@tollkeeper/contracts';
import { expandBundle } from './expand-bundle';

const allowance = (allowanceId: string, units: number) => ({
  allowanceId, name: allowanceId, usageType: 'voice', zones: ['home'], units, priority: 1, shared: false,
}) as const; // prettier-ignore
const offering = (offeringId: string, change: object = {}): OfferingVersion => ({
  offeringId,
  version: 3,
  name: offeringId,
  currency: 'USD',
  validFrom: '2026-01-01T00:00:00.000Z',
  deckId: 'retail',
  recurringCharges: [],
  allowances: [],
  usageTaxCode: 'voice',
  paidInAdvance: null,
  ...change,
});
const component = (componentId: string, offeringId?: string) => ({
  componentId,
  name: componentId,
  ...(offeringId ? { offeringId } : {}),
  taxCode: 'voice',
  taxCategory: 'voice',
  revenueCategory: 'voice',
});
const bundle = (offeringId: string, components: object[], change: object = {}) =>
  offering(offeringId, { kind: 'bundle', bundle: { components }, ...change });

const known = new Map(
  [
    offering('talk', {
      allowances: [allowance('minutes', 6000)],
      usagePrices: [{ priceId: 'night', name: 'Night', when: { bands: ['night'] }, price: { charge: { model: 'flat', amount: '0' } } }],
    }),
    bundle('pair', [component('one', 'talk'), component('two', 'talk')]),
  ].map((each) => [each.offeringId, each]),
); // prettier-ignore
const expand = (version: OfferingVersion) => expandBundle(version, (id) => known.get(id));
const allowancesOf = (version: OfferingVersion | null) =>
  version?.allowances.map(({ allowanceId, units }) => `${allowanceId} ${units}`);

describe('a bundle, written out', () => {
  it.each([
    ['products alone', bundle('b', [component('box'), component('tv')]), undefined],
    ['a plan in it', bundle('b', [component('box'), component('line', 'talk')]), ['line:minutes 6000']],
    ['its own come first', bundle('b', [component('line', 'talk')], { allowances: [allowance('more', 60)] }), ['more 60', 'line:minutes 6000']],
    ['the same plan twice stays two', bundle('b', [component('a', 'talk'), component('b', 'talk')]), ['a:minutes 6000', 'b:minutes 6000']],
    ['a bundle in a bundle', bundle('b', [component('family', 'pair')]), ['family:one:minutes 6000', 'family:two:minutes 6000']],
  ])('%s', (_, version, allowances) => expect(allowancesOf(expand(version))).toEqual(allowances)); // prettier-ignore

  it('names the versions and has the prices of its components', () => {
    const told = expand(bundle('b', [component('line', 'talk'), component('box')]));
    expect(told?.bundle?.components.map(({ offeringVersion }) => offeringVersion)).toEqual([3, undefined]);
    expect(told?.usagePrices?.map(({ priceId }) => priceId)).toEqual(['line:night']);
  });
});
