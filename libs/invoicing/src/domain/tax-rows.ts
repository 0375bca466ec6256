import { checkTaxTable, ruleKey, type TaxFinding, type TaxRule } from '@tollkeeper/tax';
import { parseRate } from '@tollkeeper/money';

/** What a rate in percent says of itself; the rest is usual. */
type PercentRow = Pick<
  TaxRule,
  'taxId' | 'name' | 'jurisdiction' | 'taxCodes' | 'rounding' | 'validFrom' | 'validTo' | 'law'
>;

/** A plain rate: a tax of everybody, due by bill, with the rate of the last service day, rounded once on the sum. */
export const ruleOfPercent = (row: PercentRow, percent: string): TaxRule => ({
  levy: 'tax',
  trigger: 'bill',
  rateDate: 'serviceEnd',
  rateChange: 'periodEnd',
  roundAt: 'bill',
  onTopOf: [],
  replaces: [],
  onPartialCredit: 'inProportion',
  ...row,
  amount: parseRate(percent) === 0n ? { kind: 'untaxed' } : { kind: 'percentage', percent },
});

/** Findings of rows that are to be put, among those that stay; one of the same place, tax and day is replaced. */
export function findingsOf(fresh: readonly TaxRule[], present: readonly TaxRule[]): TaxFinding[] {
  const keys = new Set(fresh.map(ruleKey));
  const staying = present.filter((rule) => !keys.has(ruleKey(rule)));
  return checkTaxTable([...fresh, ...staying]);
}
