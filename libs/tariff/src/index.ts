export { type CompiledCatalog, compileCatalog, inOrderOfUse, versionAt } from './catalog/compile-catalog';
export {
  type CompiledDeck,
  type CompiledEntry,
  compileDeck,
  entryFor,
  servingZoneOf,
} from './deck/compile-deck';
export {
  type GuidedUsage,
  type GuideKnowledge,
  guideUsage,
  inOpenPeriod,
  withAddOns,
} from './guiding/guide-usage';
export {
  identifierKey,
  identifierKeysOf,
  type SubscriberAccount,
  SubscriberDirectory,
} from './guiding/subscriber-directory';
export { CyclePeriods, paidPeriodAt, type UsagePeriod } from './guiding/usage-periods';
export { emptyState, foldGroup, type FoldedUsage, type FoldState } from './rating/fold-group';
export { bucketOf } from './buckets/draw-allowances';
export { type Explanation, type RatedUsage, rateRecord } from './rating/rate-record';
export { type RatedLine, totalsOf } from './rating/rated-totals';
export {
  type ColumnOrder,
  digitsOf,
  maskLine,
  readHeader,
  readUsage,
  usageColumns,
  type UsageReading,
} from './record/read-usage-line';
export {
  type RejectReason,
  rejectReasons,
  type SuspenseReason,
  suspenseReasons,
  type UsageRecord,
} from './record/usage-record';
