import { expect, it } from '@jest/globals';
import { readZipHeader, readZipLine } from './read-zip-line';

const header = ['zip', 'plus4From', 'plus4To', 'jurisdictionCode', 'jurisdictions', 'validFrom', 'validTo'];

it('a line is a range of ZIP+4 codes in a place, for a time', () => {
  const { range } = readZipLine(
    header,
    '75001,0000,4999,ADDISON,US;US-TX;US-TX-ADDISON,2020-01-01,'.split(','),
  );
  expect(range).toEqual({
    ...{ zip: '75001', plus4From: '0000', plus4To: '4999', jurisdictionCode: 'ADDISON' },
    ...{ jurisdictions: ['US', 'US-TX', 'US-TX-ADDISON'], validFrom: '2020-01-01', validTo: null },
  });
});

it.each([
  ['7500,,,A,US,2020-01-01,', 'zip'],
  ['75001,12,,A,US,2020-01-01,', 'plus4From'],
  ['75001,5000,4000,A,US,2020-01-01,', 'plus4To'],
  ['75001,,4000,A,US,2020-01-01,', 'plus4To'],
  ['75001,,,A B,US,2020-01-01,', 'jurisdictionCode'],
  ['75001,,,A,DE;DE-BE,2020-01-01,', 'jurisdictions'],
  ['75001,,,A,US,2020-02-30,', 'validFrom'],
  ['75001,,,A,US,2020-01-01,2020-01-01', 'validTo'],
  ['75001,,,A,US', 'line'],
])('%s: %s is named', (line, column) => {
  const { range, faults } = readZipLine(header, line.split(','));
  expect(range).toBeNull();
  expect(faults.map((fault) => fault.column)).toContain(column);
});

it('a header names what is missing and what nobody knows', () => {
  expect(readZipHeader(['zip', 'city']).map(({ column }) => column)).toEqual([
    ...['city', 'jurisdictionCode', 'jurisdictions', 'validFrom'],
  ]);
});
