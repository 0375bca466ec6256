export { assessTaxes } from './assess/assess-taxes';
export { MissingTaxRule } from './assess/rules-in-force';
export type {
  AssessedTax,
  ExemptionCertificate,
  ServedLine,
  TaxableCharge,
  TaxAssessment,
  TaxEngine,
  TaxInput,
  UntaxedBase,
} from './assess/tax-input';
export type { AmountRule, Levy, RateDate, TaxRule, TaxTrigger } from './table/tax-rule';
