import type { TaxInput, TaxableCharge } from './assess/tax-input';
import type { TaxRule } from './table/tax-rule';

/** 19 % on telecom in Germany, unless a spec says otherwise. */
export const rule = (change: Partial<TaxRule> = {}): TaxRule => ({
  taxId: 'vat',
  name: 'VAT',
  levy: 'tax',
  jurisdiction: 'DE',
  taxCodes: ['telecom'],
  trigger: 'bill',
  rateDate: 'serviceEnd',
  rateChange: 'periodEnd',
  amount: { kind: 'percentage', percent: '19' },
  rounding: 'halfUp',
  roundAt: 'bill',
  onTopOf: [],
  replaces: [],
  onPartialCredit: 'inProportion',
  validFrom: '2020-01-01',
  validTo: null,
  law: 'UStG § 12(1)',
  ...change,
});

export const percent = (taxId: string, rate: string, change: Partial<TaxRule> = {}): TaxRule =>
  rule({ taxId, name: taxId, amount: { kind: 'percentage', percent: rate }, ...change });

/** A charge for March 2026. */
export const charge = (amountMinor: number, change: Partial<TaxableCharge> = {}): TaxableCharge => ({
  chargeId: `c${amountMinor}`,
  taxCode: 'telecom',
  amountMinor,
  from: '2026-03-01',
  to: '2026-04-01',
  ...change,
});

export const taxInput = (change: Partial<TaxInput> = {}): TaxInput => ({
  currency: 'EUR',
  triggers: ['bill', 'lineMonth'],
  billDate: '2026-04-01',
  segment: 'consumer',
  jurisdictions: ['DE'],
  charges: [],
  ...change,
});
