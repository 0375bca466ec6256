/** The one entry that the workflow bundler reads: every export is a process. */
export { testClock } from './test-clock';
export { distribution } from './distribution';
export { publication } from './publication';
export { usageImport } from './usage-import';
export { subscriberImport } from './subscriber-import';
export { billingCalendar } from './billing-calendar';
export { billRun } from './bill-run';
export { billPreview } from './bill-preview';
export { receivables } from './receivables';
export { payNow } from './pay-now';
export { collection } from './collection';
export { renewals } from './renewals';
export { renewal } from './renewal';
export { provisioning } from './provisioning';
export { networkReconciliation } from './network-reconciliation';
export { delivery } from './delivery';
export { books } from './books';
