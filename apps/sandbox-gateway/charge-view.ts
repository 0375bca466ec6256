import type { ChargeRow } from './books';

/** A charge as the books, the look-up and the webhooks show it. */
export function chargeView(row: ChargeRow) {
  return {
    id: row._id,
    tenantId: row.tenantId,
    status: row.status,
    amountMinor: row.amountMinor.toNumber(),
    refundedMinor: row.refundedMinor.toNumber(),
    currency: row.currency,
    token: row.token,
    reference: row.reference,
    description: row.description,
    networkTransactionId: row.networkTransactionId,
    initiator: row.initiator ?? 'merchant',
    originalNetworkTransactionId: row.originalNetworkTransactionId ?? null,
    debit: row.debit ?? null,
    declineCode: row.declineCode,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}
export type ChargeView = ReturnType<typeof chargeView>;

/** What the answer to a successful new charge tells. */
export function chargedAnswer(row: ChargeRow) {
  const { id, status, amountMinor, currency, reference, networkTransactionId, createdAt } = chargeView(row);
  return { id, status, amountMinor, currency, reference, networkTransactionId, createdAt };
}
