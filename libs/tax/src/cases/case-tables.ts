import { assessTaxes } from '../assess/assess-taxes';
import type { TaxInput } from '../assess/tax-input';
import { charge, taxInput } from '../sample-rules';
import type { TaxRule } from '../table/tax-rule';

/** Charges of these amounts, named by their place. */
export const charges = (...amounts: number[]) =>
  amounts.map((minor, at) => charge(minor, { chargeId: `${at}` }));

/** `vat 20 % 1000 200`: tax, rate, base, amount. */
export const taxesOf = (rules: readonly TaxRule[], change: Partial<TaxInput>): string[] =>
  assessTaxes(rules, taxInput(change)).taxes.map(
    ({ taxId, percent, baseMinor, amountMinor }) =>
      `${taxId} ${percent ?? '-'} % ${baseMinor} ${amountMinor}`,
  );

export const amountsOf = (rules: readonly TaxRule[], change: Partial<TaxInput>): number[] =>
  assessTaxes(rules, taxInput(change)).taxes.map(({ amountMinor }) => amountMinor);
