import { readTaxTable } from './read-tax-table';

const header = 'taxId,name,levy,jurisdiction,taxCodes,kind,percent,validFrom,validTo,law';
const good = 'vat,VAT,tax,DE,telecom;device,percentage,19,2021-01-01,,UStG § 12(1)';

it('reads a row', () => {
  const { rules, errors } = readTaxTable(`\uFEFF${header}\r\n${good}\r\n`);
  expect(errors).toEqual([]);
  expect(rules).toMatchObject([
    {
      taxId: 'vat',
      taxCodes: ['telecom', 'device'],
      amount: { kind: 'percentage', percent: '19' },
      roundAt: 'bill',
    },
  ]);
});

it('reads tiers', () => {
  const text =
    'taxId,name,levy,jurisdiction,taxCodes,kind,tiers,validFrom,law\nx,X,tax,DE,a,tiered,1000:5;*:1,2021-01-01,L';
  expect(readTaxTable(text).rules[0]?.amount).toEqual({
    kind: 'tiered',
    tiers: [
      { upToMinor: 1000, percent: '5' },
      { upToMinor: null, percent: '1' },
    ],
  });
});

it.each<[string, string[], number, string | null, string]>([
  ['a rate with a comma', [good.replace('19', '"19,5"')], 2, 'percent', 'must be a plain decimal'],
  [
    'a date that does not exist',
    [good.replace('2021-01-01', '2021-02-30')],
    2,
    'validFrom',
    'must be a date',
  ],
  ['an end before the start', [good.replace(',,', ',2020-01-01,')], 2, 'validTo', 'must be after validFrom'],
  ['an unknown kind', [good.replace('percentage', 'percent')], 2, 'kind', 'Invalid'],
  [
    'two rates for one day',
    [good, good],
    3,
    'validFrom',
    'telecom, device: row 1 has a rate for the same days',
  ],
  [
    "a carrier's own charge under a government's name",
    [good.replace('VAT,tax', 'Federal Universal Service Tax,recoveryFee')],
    ...([2, 'name', "is the carrier's own charge"] as const),
  ],
])('%s is refused with its line', (_, lines, line, column, reason) => {
  const { rules, errors } = readTaxTable([header, ...lines].join('\n'));
  expect(rules).toEqual([]);
  expect(errors[0]).toMatchObject({ line, column });
  expect(errors[0]?.reason).toContain(reason);
});

it.each([
  ['an empty file', '', 'the table has no rows'],
  ['an unknown column', `${header},rate\n${good},19`, 'is not a column of a tax table'],
  ['a column twice', `${header},name\n${good},VAT`, 'is there twice'],
  ['a missing column', 'taxId,name\nvat,VAT', 'is missing'],
])('%s: %s', (_, text, reason) => {
  expect(
    readTaxTable(text)
      .errors.map((error) => error.reason)
      .join('; '),
  ).toContain(reason);
});

it.each([
  ['roundStep', '0.0000001', 'at most 6 decimals'],
  ['roundStep', '1e3', 'at most 6 decimals'],
  ['lineTiers', '75:100;*:101', 'must be from "0" to "100"'],
  ['lineTiers', '0:100;*:0', 'Too small'],
  ['insidePercent', '9,5', 'must be a plain decimal'],
])('%s of %s is refused', (column, cell, reason) => {
  const kinds = { lineTiers: 'perLine,1,,lineMonth', insidePercent: 'percentage,,5,bill' };
  const kind = kinds[column as keyof typeof kinds] ?? 'perMinute,1,,bill';
  const text = `taxId,name,levy,jurisdiction,taxCodes,kind,amount,percent,trigger,${column},validFrom,law\nx,X,tax,DE,a,${kind},"${cell}",2021-01-01,L`;
  const [error] = readTaxTable(text).errors;
  expect(error).toMatchObject({ line: 2, column });
  expect(error?.reason).toContain(reason);
});
