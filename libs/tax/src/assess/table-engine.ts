import type { TaxRule } from '../table/tax-rule';
import { assessTaxes } from './assess-taxes';
import { netOfGross } from './net-of-gross';
import type { TaxEngine } from './tax-input';

/** Our own engine: the dated rows of a table decide. */
export const tableEngine = (rules: readonly TaxRule[]): TaxEngine => ({
  assess: (input) => assessTaxes(rules, input),
  net: (input) => netOfGross(rules, input).charges,
});
