import { placeOfSupply, type SupplyInput } from './place-of-supply';

const supply = (change: Partial<SupplyInput> = {}) =>
  placeOfSupply({
    ...{ sellerCountry: 'DE', customer: 'consumer', simCountry: 'DE', vatNumber: null, evidence: [] },
    ...{ address: { country: 'DE', postalCode: '10115' } },
    ...change,
  });

const checked = (country: string) => ({
  ...{ number: `${country}123`, country, valid: true },
  ...{ checkedAt: '2026-03-01T00:00:00.000Z', consultation: null },
});

/** Postal codes as Lago's tests have them (same family as T031), and the law's words on each. */
const territories: [string, string, string, boolean][] = [
  ['ES', '35001', 'ES-CANARY', false],
  ['ES', '38314', 'ES-CANARY', false],
  ['ES', '51001', 'ES-CEUTA', false],
  ['ES', '52001', 'ES-MELILLA', false],
  ['AT', '6691', 'AT-JUNGHOLZ', true],
  ['AT', '6991', 'AT-MITTELBERG', true],
  ['AT', '6992', 'AT-MITTELBERG', true],
  ['AT', '6993', 'AT-MITTELBERG', true],
  ['IT', '23041', 'IT-LIVIGNO', false],
  ['IT', '22061', 'IT-CAMPIONE', false],
  ['DE', '78266', 'DE-BUESINGEN', false],
  ['DE', '27498', 'DE-HELGOLAND', false],
  ['PT', '9500', 'PT-AZORES', true],
  ['PT', '9000', 'PT-MADEIRA', true],
  ['GR', '63086', 'GR-ATHOS', false],
  ['FI', '22000', 'FI-ALAND', false],
];

it.each(territories)('P01 a consumer of %s in %s is in %s', (country, postalCode, territory, hasVat) => {
  const found = supply({ simCountry: country, address: { country, postalCode } });
  expect(found.jurisdictions).toEqual(hasVat ? [country, territory] : [territory]);
  expect(found.treatment).toBe(hasVat ? (country === 'DE' ? 'domestic' : 'otherMember') : 'outsideScope');
});

it.each(territories)(
  'P02 a business there, seller of %s, %s: %s',
  (country, postalCode, territory, hasVat) => {
    const found = supply({
      ...{ sellerCountry: country, simCountry: country, address: { country, postalCode } },
      ...{ customer: 'business', vatNumber: checked(country) },
    });
    expect(found.jurisdictions).toEqual(hasVat ? [country, territory] : [territory]);
    expect(found.treatment).toBe(hasVat ? 'domestic' : 'outsideScope');
  },
);

it.each<[string, Partial<SupplyInput>, string, string]>([
  ['P03 Monaco is taxed as France', { simCountry: 'MC' }, 'FR', 'otherMember'],
  ['P04 the Isle of Man as the United Kingdom', { simCountry: 'IM' }, 'GB', 'outsideScope'],
  ['P05 Northern Ireland is not of the Union for services', { simCountry: 'GB' }, 'GB', 'outsideScope'],
  [
    'P06 a seller of Ireland to a SIM of Ireland',
    { sellerCountry: 'IE', simCountry: 'IE' },
    'IE',
    'domestic',
  ],
  ['P07 a seller of Norway at home', { sellerCountry: 'NO', simCountry: 'NO' }, 'NO', 'domestic'],
  ['P08 a seller of Switzerland to Germany', { sellerCountry: 'CH' }, 'DE', 'otherMember'],
])('%s', (_, change, country, treatment) => {
  expect(supply(change)).toMatchObject({ country, treatment, jurisdictions: [country] });
});

it.each<[string, string, string, string, string]>([
  ['P10 Greece writes EL', 'DE', 'EL', 'GR', 'reverseCharge'],
  ['P11 a Greek seller to a Greek number', 'GR', 'EL', 'GR', 'domestic'],
  ['P12 a number of Northern Ireland is for goods', 'DE', 'XI', 'GB', 'outsideScope'],
  ['P13 a business of Switzerland', 'DE', 'CH', 'CH', 'outsideScope'],
  ['P14 a business of Germany, the seller in Switzerland', 'CH', 'DE', 'DE', 'reverseCharge'],
  ['P15 Swiss to Swiss', 'CH', 'CH', 'CH', 'domestic'],
  ['P16 British to American', 'GB', 'US', 'US', 'outsideScope'],
  ['P17 Monaco has French numbers', 'FR', 'FR', 'FR', 'domestic'],
])('%s: seller %s, number of %s', (_, sellerCountry, prefix, country, treatment) => {
  const address = { country, postalCode: '1000' };
  const found = supply({ sellerCountry, customer: 'business', vatNumber: checked(prefix), address });
  expect(found).toMatchObject({ country, treatment });
});

it.each<[string, Partial<SupplyInput>, string, string]>([
  ['P20 a consumer of France', { simCountry: 'FR' }, 'DE', 'domestic'],
  [
    'P21 on the Canary Islands',
    { simCountry: 'ES', address: { country: 'ES', postalCode: '35001' } },
    'ES',
    'outsideScope',
  ],
  ['P22 of Switzerland', { simCountry: 'CH' }, 'CH', 'outsideScope'],
  ['P23 a business of France', { customer: 'business', vatNumber: checked('FR') }, 'FR', 'reverseCharge'],
  [
    'P24 a seller outside the Union has no threshold',
    { sellerCountry: 'CH', simCountry: 'FR' },
    'FR',
    'otherMember',
  ],
])('%s, below 10,000 a year in other member states', (_, change, country, treatment) => {
  expect(supply({ belowUnionThreshold: true, ...change })).toMatchObject({ country, treatment });
});
