export {
  type CompiledCatalog,
  compileCatalog,
  type CompiledOffering,
  inOrderOfUse,
  versionAt,
} from './catalog/compile-catalog';
export {
  type CompiledDeck,
  type CompiledEntry,
  compileDeck,
  entryFor,
  servingZoneOf,
} from './deck/compile-deck';
export {
  addOnRules,
  type GuidedUsage,
  type GuideKnowledge,
  guideOn,
  guideUsage,
  inOpenPeriod,
} from './guiding/guide-usage';
export {
  identifierKey,
  identifierKeysOf,
  type SubscriberAccount,
  SubscriberDirectory,
} from './guiding/subscriber-directory';
export { agreedAsks, asksOnNet } from './guiding/on-net';
export { CyclePeriods, paidPeriodAt, paidPeriodBefore, type UsagePeriod } from './guiding/usage-periods';
export { emptyState, foldGroup, type FoldedUsage, type FoldState } from './rating/fold-group';
export { english, type ExplanationWords } from './rating/explanation-words';
export { type ExplainedUsage, sentenceOf } from './rating/sentence';
export type { ExplainedPart, ExplainedSpan, Explanation } from './rating/explanation';
export { type RatedUsage, rateRecord } from './rating/rate-record';
export type { RunningSum } from './rating/running-sums';
export { type BucketStand, bucketStands } from './buckets/bucket-stands';
export { entitlementOf, grantsIn, grantsOfGroup, type Entitlement } from './buckets/entitlement';
export { type CarriedUnits, type Grant, usableAt } from './buckets/grant';
export {
  bucketOfCounter,
  carriedByBucket,
  carriedOver,
  noRest,
  type PeriodRest,
  restOf,
  sameRest,
} from './buckets/period-rest';
export { type RatedLine, totalsOf } from './rating/rated-totals';
export { callsForHelp, emergencyNumbersOf } from './numbering/emergency-numbers';
export { countryOf, isMcc } from './numbering/mobile-country';
export { type NumberType, numberTypes, readNumber, type ReadNumber } from './numbering/read-number';
export { checkRoamingDeck } from './roaming/check-roaming-deck';
export { inOneSentence, type RoamingFinding } from './roaming/roaming-finding';
export { checkOfferingRoaming, checkRoamingPlan, roamingDeckOf } from './roaming/check-roaming-plan';
export { type FairUseQuestion, type FairUseVolume, fairUseVolume } from './roaming/fair-use-volume';
export { lineFault } from './record/line-faults';
export { maskLine } from './record/mask-line';
export { digitsOf, readUsage, type UsageReading } from './record/read-usage-line';
export {
  type ColumnOrder,
  optionalUsageColumns,
  readHeader,
  type UsageColumn,
  usageColumns,
} from './record/usage-columns';
export { quantityIn, unitsOf } from './record/usage-quantity';
export {
  type RejectReason,
  rejectReasons,
  type SuspenseReason,
  suspenseReasons,
  type UsageRecord,
} from './record/usage-record';
export {
  checkDeckHead,
  checkEntries,
  checkServingZones,
  type DeckHead,
  type DeckZoneIndex,
  indexZones,
} from './file/check-deck';
export { checkOffering, type OfferingDraft, type OfferingSurroundings } from './file/check-offering';
export { usagePriceRuleFields } from './file/usage-price-fields';
export { entryKey, rateEntryFields } from './file/rate-entry-fields';
export { checkCoupon, checkDiscount } from './file/check-discounts';
export type { KnownOfferings } from './file/check-references';
export { accountDiscountFields, couponCodeField, couponTermsFields } from './file/discount-fields';
export { amountField } from './file/charge-fields';
export { deckFields, type DeckZones, deckZonesFields } from './file/deck-fields';
export { type Finding, findRepeats, inside } from './file/finding';
export { offeringFields } from './file/offering-fields';
export { deckCsvColumns } from './file/deck-sheet';
export { deckCsvLimits, type LineError, readDeckCsv } from './file/read-deck-csv';
export {
  extentOf,
  isPartial,
  type PartialRecord,
  type SessionExtent,
  sessionKeyOf,
} from './sessions/aggregate-session';
export {
  correctionOf,
  figuresOf,
  paidMicroOf,
  type PostedRating,
  type RatingCorrection,
  type RatingFigures,
} from './sessions/corrections';
export { partsOfSession, partsOfUsage } from './sessions/parts-of-usage';
export {
  type Crossing,
  defaultSessionRules,
  type SessionRules,
  type UsageEdge,
  usageEdges,
} from './sessions/session-rules';
export { catalogFileSchema } from './file/catalog-file-fields';
export { CsvReader, type CsvRecord } from './file/csv-reader';
export { bandsOf } from './file/check-calendar';
export { checkDeckRules, indexZonesOf } from './file/check-deck';
export {
  type CatalogFault,
  faultLine,
  loadCatalog,
  type LoadedCatalog,
  type OpenDeckFile,
} from './file/load-catalog';
export { planFor, type RatedRecord, type UnratedLine, UsageRun } from './file/rate-usage';
export { inPlainWords } from './file/plain-words';
export { readDocument } from './file/read-document';
export { faultOfCharacters, faultOfEncoding, readText, UnreadableText } from './file/read-text';
export { type Balance, type BalanceDebit, debit, refund } from './buckets/balance';
export { priceEnquiry, quota, type Quota, type QuotaAsk, type QuotaRefusal } from './buckets/grant-quota';
export { type QuotaTariff, quotaTariff } from './buckets/quota-tariff';
export { isCarried, type WholesaleAgreement, WholesaleGuide } from './wholesale/guide-wholesale';
