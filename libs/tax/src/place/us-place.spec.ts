import { type ZipRange, ZipTable } from './us-place';

const range = (
  zip: string,
  plus4: [string, string] | null,
  city: string,
  change: Partial<ZipRange> = {},
): ZipRange => ({
  zip,
  plus4From: plus4?.[0] ?? null,
  plus4To: plus4?.[1] ?? null,
  jurisdictionCode: city,
  jurisdictions: ['US', 'US-TX', city],
  validFrom: '2020-01-01',
  validTo: null,
  ...change,
});

const table = new ZipTable([
  range('78701', null, 'US-TX-AUSTIN'),
  range('75001', ['0000', '4999'], 'US-TX-ADDISON'),
  range('75001', ['5000', '9999'], 'US-TX-DALLAS'),
  range('75002', null, 'US-TX-OLD', { validTo: '2026-01-01' }),
  range('75002', null, 'US-TX-NEW', { validFrom: '2026-01-01' }),
]);

it.each([
  ['a ZIP code in one place', '78701', '2026-03-01', 'US-TX-AUSTIN', 'zip5'],
  ['its four digits decide', '75001-1234', '2026-03-01', 'US-TX-ADDISON', 'zip4'],
  ['the edge of a range', '750015000', '2026-03-01', 'US-TX-DALLAS', 'zip4'],
  ['the day before a place changed', '75002', '2025-12-31', 'US-TX-OLD', 'zip5'],
  ['the day it did', '75002', '2026-01-01', 'US-TX-NEW', 'zip5'],
])('%s: %s', (_, zip, on, code, confidence) => {
  expect(table.place(zip, on)).toMatchObject({ jurisdictionCode: code, confidence, review: null });
});

it('a bare ZIP code in two places goes to review, with what they have in common', () => {
  expect(table.place('75001', '2026-03-01')).toEqual({
    jurisdictionCode: null,
    jurisdictions: ['US', 'US-TX'],
    confidence: 'ambiguous',
    review: 'ZIP code 75001 lies in US-TX-ADDISON and US-TX-DALLAS: the four digits behind it decide',
    candidates: ['US-TX-ADDISON', 'US-TX-DALLAS'],
  });
});

it.each([
  ['99999', 'the table has no place for ZIP code 99999 on 2026-03-01'],
  ['7870', '"7870" is not a ZIP code such as 78701 or 78701-1234'],
])('%s is unknown', (zip, review) => {
  expect(table.place(zip, '2026-03-01')).toMatchObject({ confidence: 'unknown', review });
});
