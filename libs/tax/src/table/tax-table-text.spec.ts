import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTaxTable } from './read-tax-table';
import { taxTableText } from './tax-table-text';
import type { TaxRule } from './tax-rule';
import { rule } from '../sample-rules';

const folder = join(__dirname, '../../tables');

it('what is exported is imported again as it was', () => {
  let known: TaxRule[] = [];
  for (const name of readdirSync(folder).sort((left) => (left === 'us-federal.csv' ? -1 : 1))) {
    const { rules, errors } = readTaxTable(readFileSync(join(folder, name), 'utf8'), known);
    expect(errors).toEqual([]);
    known = [...known, ...rules];
  }
  const tiers = [
    { upToMinor: 1000, percent: '5' },
    { upToMinor: null, percent: '1' },
  ];
  known.push(rule({ taxId: 'steps', amount: { kind: 'tiered', tiers } }));
  known.push(
    rule({ taxId: 'gross', amount: { kind: 'percentage', percent: '5', grossUp: true, capMinor: 900 } }),
  );
  known.push(
    rule({
      ...{ taxId: 'inside', onTopOf: ['steps'], roundStep: '0.001', sumRounding: 'down' },
      amount: { kind: 'percentage', percent: '5', grossUp: true, insidePercent: '8.65', taxesOnly: true },
    }),
    rule({ taxId: 'sale', rateDate: 'payment', amount: { kind: 'fixed', amount: '0.40', per: 'bill' } }),
    rule({
      ...{ taxId: 'lines', trigger: 'lineMonth' },
      amount: {
        ...{ kind: 'perLine', amount: '0.35' },
        lineTiers: [
          { upToLines: 75, percent: '100' },
          { upToLines: null, percent: '0' },
        ],
      },
    }),
  );
  expect(readTaxTable(taxTableText(known))).toEqual({ rules: known, errors: [] });
});
