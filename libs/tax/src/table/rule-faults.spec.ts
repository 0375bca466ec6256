import { percent, rule } from '../sample-rules';
import { checkTaxTable } from './check-tax-table';
import { ruleFaults } from './rule-faults';
import type { AmountRule, TaxRule } from './tax-rule';

const of = (amount: Partial<Extract<AmountRule, { kind: 'percentage' }>>, more: Partial<TaxRule> = {}) =>
  rule({ amount: { kind: 'percentage', percent: '5', ...amount }, ...more });
const lines = (...upTo: (number | null)[]) =>
  rule({
    trigger: 'lineMonth',
    amount: {
      ...{ kind: 'perLine', amount: '1' },
      lineTiers: upTo.map((upToLines) => ({ upToLines, percent: '50' })),
    },
  });
const perBill = { kind: 'fixed' as const, amount: '1', per: 'bill' as const };

it.each<[string, TaxRule, string, string]>([
  ['inside without grossUp', of({ insidePercent: '9' }), 'amount', 'insidePercent goes with grossUp'],
  ['less than itself', of({ grossUp: true, insidePercent: '4' }), 'amount', 'this one included'],
  ['all of the price', of({ grossUp: true, insidePercent: '100' }), 'amount', 'less than 100 %'],
  ['a surcharge on nothing', of({ taxesOnly: true }), 'amount', 'give onTopOf'],
  ['lines that end', lines(75), 'amount', 'the last has no end'],
  ['lines that fall back', lines(75, 25, null), 'amount', 'above the one before'],
  ['per bill by the day of service', rule({ amount: perBill }), 'rateDate', 'day of the bill'],
  ['a step of nothing', rule({ roundStep: '0' }), 'roundStep', 'more than 0'],
  ['a sum without steps', rule({ sumRounding: 'down' }), 'sumRounding', 'give roundStep'],
  ['untaxed in steps', rule({ roundStep: '1', amount: { kind: 'untaxed' } }), 'roundStep', 'not for'],
  [
    'together, with a cap',
    of({ capMinor: 9 }, { roundTogether: 'all' }),
    'roundTogether',
    'plain percentages',
  ],
  ['together, in steps', of({}, { roundTogether: 'all', roundStep: '1' }), 'roundTogether', 'without steps'],
])('%s', (_, row, field, reason) => {
  expect(ruleFaults(row)).toMatchObject([[field, expect.stringContaining(reason)]]);
});

it('one sum is rounded in one way', () => {
  const rows = [
    percent('a', '1', { roundTogether: 'all' }),
    percent('b', '1', { roundTogether: 'all', roundAt: 'line' }),
    percent('c', '1', { roundTogether: 'all' }),
  ];
  expect(checkTaxTable(rows)).toEqual([
    { row: 1, field: 'roundTogether', reason: 'row 1 of the same name is rounded otherwise' },
  ]);
});
