import { territoryOf } from './eu-territories';
import { type PlaceEvidence, placeOfSupply, type SupplyInput } from './place-of-supply';

const supply = (change: Partial<SupplyInput> = {}) =>
  placeOfSupply({
    sellerCountry: 'DE',
    customer: 'consumer',
    simCountry: 'DE',
    address: { country: 'DE', postalCode: '10115' },
    vatNumber: null,
    evidence: [],
    ...change,
  });

const says = (kind: PlaceEvidence['kind'], country: string): PlaceEvidence => ({
  kind,
  country,
  source: 'test',
});
const checked = (country: string, valid = true) => ({
  ...{ number: `${country}123`, country, valid },
  ...{ checkedAt: '2026-03-01T00:00:00.000Z', consultation: null },
});

it.each<[string, Partial<SupplyInput>, string, string]>([
  ['a consumer at home', {}, 'DE', 'domestic'],
  ['a consumer with a French SIM', { simCountry: 'FR' }, 'FR', 'otherMember'],
  ['a consumer with a Swiss SIM', { simCountry: 'CH' }, 'CH', 'outsideScope'],
  [
    'two items against the SIM are too few',
    { evidence: [says('billingAddress', 'FR'), says('bankCountry', 'FR')] },
    ...(['DE', 'domestic'] as const),
  ],
  [
    'three that agree rebut it',
    { evidence: [says('billingAddress', 'FR'), says('bankCountry', 'FR'), says('ipAddress', 'FR')] },
    ...(['FR', 'otherMember'] as const),
  ],
  [
    'three of which one speaks for the SIM do not',
    { evidence: [says('billingAddress', 'FR'), says('bankCountry', 'FR'), says('ipAddress', 'DE')] },
    ...(['DE', 'domestic'] as const),
  ],
  ['a business of another member', { customer: 'business', vatNumber: checked('FR') }, 'FR', 'reverseCharge'],
  ['a business at home', { customer: 'business', vatNumber: checked('DE') }, 'DE', 'domestic'],
  [
    'a number that the register does not know',
    { customer: 'business', vatNumber: checked('FR', false) },
    'DE',
    'domestic',
  ],
])('%s', (_, change, country, treatment) => {
  expect(supply(change)).toMatchObject({ country, treatment });
});

it('what is not sure goes to review', () => {
  expect(supply({ evidence: [says('billingAddress', 'FR')] }).review).toContain('speak against DE');
  expect(supply({ customer: 'business' }).review).toContain('no checked VAT number');
  expect(supply().review).toBeNull();
});

it.each([
  ['97100', true, 'FR-GUADELOUPE'],
  ['97100', false, 'FR'],
  ['97200', true, 'FR-MARTINIQUE'],
  ['97300', true, 'FR-GUYANE'],
  ['97412', true, 'FR-REUNION'],
  ['97412', false, 'FR'],
  ['97600', true, 'FR-MAYOTTE'],
  ['75001', true, 'FR'],
])('French overseas departments: %s, business %s', (postalCode, isBusiness, place) => {
  const found = supply({
    ...{ sellerCountry: 'FR', simCountry: 'FR', address: { country: 'FR', postalCode } },
    ...(isBusiness ? { customer: 'business' as const, vatNumber: checked('FR') } : {}),
  });
  expect(found.jurisdictions).toEqual([place]);
});

it('a consumer on the Canary Islands is outside the VAT of the Union', () => {
  const address = { country: 'ES', postalCode: '35001' };
  expect(supply({ simCountry: 'ES', address })).toMatchObject({
    jurisdictions: ['ES-CANARY'],
    treatment: 'outsideScope',
  });
});

it('territories with rates of their own stay inside the VAT of their country', () => {
  expect(
    supply({ simCountry: 'PT', address: { country: 'PT', postalCode: '9000-123' } }).jurisdictions,
  ).toEqual(['PT', 'PT-MADEIRA']);
  expect(territoryOf('ES', '28001')).toBeUndefined();
});
