import type { UsageRow } from './usage.schema';

/** A record as the API shows it. */
export const usageView = (row: UsageRow) => ({
  recordId: row.recordId,
  importId: row.importId,
  usageType: row.usageType,
  servedMsisdn: row.msisdn,
  otherParty: row.otherParty,
  startAt: row.startAt,
  quantity: row.quantity,
  servingNetwork: row.network,
  sessionId: row.sessionId,
  status: row.status,
  reason: row.reason,
  accountId: row.accountId,
  subscriptionId: row.subscriptionId,
  offeringId: row.offeringId,
  billingPeriodId: row.billingPeriodId,
  unbilled: row.unbilled,
  zone: row.zone,
  description: row.description,
  billedQuantity: row.billedQuantity,
  includedQuantity: row.includedQuantity,
  amountMicro: row.amountMicro,
  explanation: row.explanation,
});
