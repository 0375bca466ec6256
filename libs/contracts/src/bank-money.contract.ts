import type { Instant } from '@tollkeeper/calendar';
import type { FactReceiver } from './facts';

/**
 * Money of a bank statement that belongs to no account yet, or no more. Told once per key; the payment that a person
 * makes of it is told by `paymentChanged` as any payment is.
 */
export interface SuspenseMoveFact {
  /** `<bank entry>/<what>`: posted once. */
  key: string;
  rule: 'suspenseReceived' | 'suspensePaidOut' | 'suspenseTaken' | 'suspenseCovered';
  amountMinor: number;
  currency: string;
  /** The bank's clearing account, or another where the money turned out to be that one's (`stripe`, `elsewhere`). */
  gateway: string;
  /** As people see it: `bank transfer of Jane Roe, entry bke_...`. */
  reason: string;
  movedAt: Instant;
}

/** Served by invoicing: the books hear of money that nobody's account has. */
export type SuspenseActivities = FactReceiver<'suspenseMoved'>;

/** Served by payments. */
export interface BankStatementActivities {
  /** Matches and books at most `limit` entries of an import, a hundred in a transaction, in the file's order. */
  bookBankEntries(input: {
    tenantId: string;
    importId: string;
    at: Instant;
    limit: number;
  }): Promise<{ more: boolean }>;
}
