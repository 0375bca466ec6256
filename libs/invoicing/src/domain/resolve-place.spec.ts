import { describe, expect, it } from '@jest/globals';
import type { ZipRange } from '@tollkeeper/tax';
import { addressKey, type PlaceInput, resolvePlace, type TaxFacts } from './resolve-place';
import { sampleAccount, sampleSubscription } from './sample-billing';

const facts = (more: Partial<TaxFacts> = {}): TaxFacts => ({
  ...{ customer: 'consumer', vatNumber: null, evidence: [], decision: null },
  ...more,
});

const range = (zip: string, code: string, plus4: [string, string] | null = null): ZipRange => ({
  ...{ zip, plus4From: plus4?.[0] ?? null, plus4To: plus4?.[1] ?? null, jurisdictionCode: code },
  ...{ jurisdictions: ['US', 'US-TX', `US-TX-${code}`], validFrom: '2020-01-01', validTo: null },
});

const texan = (postalCode: string, region = 'TX', more: Partial<PlaceInput> = {}): PlaceInput => ({
  profile: {
    ...sampleAccount(sampleSubscription('1', 'plan')),
    address: { lines: ['1'], city: 'Addison', region, postalCode, country: 'US' },
  },
  ...{ facts: null, sellerCountry: 'US', placeBy: 'address', on: '2026-02-01' },
  zipRanges: [range('75001', 'ADDISON', ['0000', '4999']), range('75001', 'DALLAS', ['5000', '9999'])],
  ...more,
});

describe('an address in the United States', () => {
  it.each<[string, PlaceInput, string[] | undefined, RegExp | null]>([
    [
      'no table: country and state as they are written',
      texan('75001', 'TX', { zipRanges: null }),
      undefined,
      null,
    ],
    ['ZIP+4 decides', texan('75001-6000'), ['US', 'US-TX', 'US-TX-DALLAS'], null],
    ['a bare ZIP code in two places: what they share', texan('75001'), ['US', 'US-TX'], /ADDISON and DALLAS/],
    [
      'not in the table: by the address',
      texan('10001', 'TX', { zipRanges: [] }),
      ['US', 'US-TX'],
      /no place/,
    ],
    [
      'a ZIP code of another state: by the address, and looked at',
      texan('75001-6000', 'OK'),
      ['US', 'US-OK'],
      /says US-OK, its ZIP code lies in US-TX/,
    ],
  ])('%s', (_, input, jurisdictions, review) => {
    const resolved = resolvePlace(input);
    expect(resolved.place?.jurisdictions).toEqual(jurisdictions);
    if (review === null) expect(resolved.review).toBeNull();
    else expect(resolved.review).toMatch(review);
  });

  it("a person's decision holds until the address changes", () => {
    const input = texan('75001');
    const decision = { jurisdictions: ['US', 'US-TX', 'US-TX-ADDISON'], reason: 'the deed' };
    const decided = facts({ decision: { ...decision, address: addressKey(input.profile.address) } });
    expect(resolvePlace({ ...input, facts: decided })).toMatchObject({
      place: { jurisdictions: decision.jurisdictions, confidence: 'decided' },
      review: null,
    });
    const moved = { ...texan('75001-6000'), facts: decided };
    expect(resolvePlace(moved).place?.jurisdictions).toEqual(['US', 'US-TX', 'US-TX-DALLAS']);
  });
});

describe('telecommunications of a German seller', () => {
  const sim = (mcc: string) =>
    sampleSubscription('1', 'plan', {
      identifiers: [
        { kind: 'imsi', value: `${mcc}010000000001`, from: '2026-01-01T00:00:00.000Z', to: null },
      ],
    });
  const german = (mcc: string, more: Partial<TaxFacts> | null = null): PlaceInput => ({
    ...{ profile: sampleAccount(sim(mcc)), facts: more && facts(more), sellerCountry: 'DE' },
    ...{ placeBy: 'telecom', zipRanges: null, on: '2026-02-01' },
  });
  const vatNumber = (country: string, valid: boolean) => ({
    ...{ number: `${country}123456789`, country, valid },
    ...{ checkedAt: '2026-01-02T00:00:00.000Z', consultation: null },
  });

  it.each<[string, PlaceInput, string, string, boolean]>([
    ['a consumer with a German SIM', german('262'), 'DE', 'domestic', false],
    ['a consumer with an Austrian SIM', german('232'), 'AT', 'otherMember', false],
    ['a SIM of Monaco is taxed as one of France', german('212'), 'FR', 'otherMember', false],
    [
      'a small seller keeps to his own tax',
      { ...german('232'), belowUnionThreshold: true },
      'DE',
      'domestic',
      false,
    ],
    [
      'a business in Switzerland is outside the scope, not under reverse charge',
      german('262', { customer: 'business', vatNumber: vatNumber('CH', true) }),
      'CH',
      'outsideScope',
      false,
    ],
    [
      'a business in Austria',
      german('262', { customer: 'business', vatNumber: vatNumber('AT', true) }),
      'AT',
      'reverseCharge',
      false,
    ],
    [
      'a business at home',
      german('262', { customer: 'business', vatNumber: vatNumber('DE', true) }),
      'DE',
      'domestic',
      false,
    ],
    [
      'a number that the register does not know',
      german('262', { customer: 'business', vatNumber: vatNumber('AT', false) }),
      'DE',
      'domestic',
      true,
    ],
  ])('%s', (_, input, country, treatment, isReviewed) => {
    const { place, review } = resolvePlace(input);
    expect(place).toMatchObject({ country, treatment });
    expect(review !== null).toBe(isReviewed);
  });
});
