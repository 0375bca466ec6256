export { feeOf, servedLineOf, whyUntaxed } from './assess/assess-taxes';
export { amountRate, type ExactRate, percentRate, times } from './assess/exact-amount';
export { ratesOfNet } from './assess/rate-inside';
export { keepingGross } from './assess/net-of-gross';
export { MissingTaxRule, rulesFor } from './assess/rules-in-force';
export { tableEngine } from './assess/table-engine';
export { capKey, isOfMonth } from './assess/monthly-caps';
export type {
  AssessedTax,
  CappedBefore,
  ExemptionCertificate,
  ServedLine,
  TaxableCharge,
  TaxAssessment,
  TaxEngine,
  TaxInput,
  Unruled,
  UntaxedBase,
} from './assess/tax-input';
export type { AmountRule, Levy, RateDate, TaxRule, TaxTrigger } from './table/tax-rule';
export { ruleKey } from './table/tax-rule';
export { checkTaxTable, type TaxFinding } from './table/check-tax-table';
export { amountFields, taxRuleFields } from './table/read-tax-rule';
export { taxTableText } from './table/tax-table-text';
export { readTaxTable, type TaxLineError, taxTableColumns } from './table/read-tax-table';
export {
  placeOfSupply,
  type PlaceEvidence,
  type PlaceOfSupply,
  type SupplyInput,
  type VatNumberCheck,
} from './place/place-of-supply';
export { type UsPlace, type ZipRange, ZipTable } from './place/us-place';
