/**
 * Business refusals that may cross a boundary. They are results or non-retryable failures with one of these
 * codes; everything else that goes wrong is unexpected, throws, and is retried by policy.
 */
export const refusalCodes = [
  'tenantUnknown',
  'accountUnknown',
  'cycleUnknown',
  'runUnknown',
  'runNotInState',
  'importUnknown',
  'reratingUnknown',
  'offeringUnknown',
  'publicationInvalid',
  'collectionUnknown',
  'paymentMethodMissing',
  'invoiceUnknown',
  'orderUnknown',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];
