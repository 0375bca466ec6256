import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assessTaxes } from '../assess/assess-taxes';
import type { TaxInput } from '../assess/tax-input';
import { charge, taxInput } from '../sample-rules';
import { checkTaxTable } from './check-tax-table';
import { readTaxTable } from './read-tax-table';

const folder = join(__dirname, '../../tables');
const tables = readdirSync(folder);
const table = (...names: string[]) =>
  names.flatMap((name) => readTaxTable(readFileSync(join(folder, `${name}.csv`), 'utf8')).rules);

it.each(tables.filter((name) => name.startsWith('us-federal') || !name.startsWith('us-')))(
  '%s has no fault',
  (name) => {
    expect(readTaxTable(readFileSync(join(folder, name), 'utf8')).errors).toEqual([]);
  },
);

it('all tables of the United States together have none', () => {
  const names = tables.filter((name) => name.startsWith('us-'));
  const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
  const [first = '', ...others] = texts;
  const whole = [first.trimEnd(), ...others.map((text) => text.trimEnd().split('\n').slice(1).join('\n'))];
  const { rules, errors } = readTaxTable(whole.join('\n'));
  expect(errors).toEqual([]);
  expect(checkTaxTable(rules)).toEqual([]);
});

const whole = (...names: string[]) => {
  const [first = '', ...others] = names.map((name) =>
    readFileSync(join(folder, `${name}.csv`), 'utf8').trimEnd(),
  );
  const text = [first, ...others.map((each) => each.split('\n').slice(1).join('\n'))].join('\n');
  return readTaxTable(text).rules;
};

it.each([
  ['2022-03-31', '25.2'],
  ['2022-04-01', '23.8'],
  ['2024-09-30', '34.4'],
  ['2024-10-01', '35.8'],
  ['2025-09-30', '36.0'],
  ['2025-10-01', '38.1'],
  ['2026-01-01', '37.6'],
])('the universal service factor of a bill of %s is %s %%', (billDate, percent) => {
  const charges = [charge(3000, { taxCode: 'voice' })];
  const input = taxInput({ currency: 'USD', jurisdictions: ['US'], billDate, charges });
  expect(assessTaxes(table('us-federal'), input).taxes).toMatchObject([{ taxId: 'usf', percent }]);
});

const amounts = (names: string[], change: Partial<TaxInput>) =>
  Object.fromEntries(
    assessTaxes(
      whole('us-federal', ...names),
      taxInput({ currency: 'USD', billDate: '2026-03-01', ...change }),
    ).taxes.map(({ taxId, amountMinor }) => [taxId, amountMinor]),
  );

it('a Texan line: 20.00 of voice and 10.00 of internet access, which nobody taxes', () => {
  const charges = [charge(2000, { taxCode: 'voice' }), charge(1000, { taxCode: 'internet' })];
  const lines = [{ lineId: 'a', month: '2026-02', taxCodes: ['voice'] }];
  expect(amounts(['us-texas'], { jurisdictions: ['US', 'US-TX'], charges, lines })).toEqual({
    ...{ e911: 50, equalization911: 6 },
    // 20.00 x 37.1 % x 37.6 % = 2.78992, cut.
    usf: 278,
    // 6.25 % of 22.78.
    sales: 142,
  });
});

it.each([
  ['2023-12-31', 450],
  ['2024-01-01', 150],
  ['2024-08-05', 0],
  ['2024-11-01', 450],
])('50.00 of prepaid service sold in Chicago on %s: %i cents', (paidOn, expected) => {
  const sale = { triggers: ['retailSale' as const], paidOn, billDate: paidOn };
  const charges = [charge(5000, { taxCode: 'voice' })];
  const found = amounts(['us-illinois'], { ...sale, jurisdictions: ['US-IL', 'US-IL-CHICAGO'], charges });
  expect(Object.values(found)).toEqual([expected]);
});

it('a German bill for 2020: the lowered rate counts for services that end in the second half', () => {
  const charges = [
    charge(1000, { chargeId: 'june', from: '2020-06-01', to: '2020-07-01' }),
    charge(1000, { chargeId: 'july', from: '2020-07-01', to: '2020-08-01' }),
  ];
  const { taxes } = assessTaxes(table('germany'), taxInput({ charges }));
  expect(taxes.map(({ percent, amountMinor }) => [percent, amountMinor])).toEqual([
    ['19', 190],
    ['16', 160],
  ]);
});
