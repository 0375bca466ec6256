import { defineSignal } from '@temporalio/workflow';
import { defineProcess, type ProcessEvent, type ProcessInput } from './process';

/** Sends one request's refunds and asks about unknown outcomes until each is decided; never pays twice. */
export interface RefundInput extends ProcessInput {
  accountId: string;
  /** All refunds of one request: a credit that came by two cards goes back to both. */
  requestKey: string;
  /** The amount is the account's whole credit, as invoicing says. */
  wholeCredit?: boolean;
  /** The amount is taken from the account's deposit, as far as invoicing still holds it. */
  deposit?: { amountMinor: number; reason: string };
  /** So much of the account's credit: what a payer paid although nothing was owed. */
  surplus?: { amountMinor: number };
  /** Requests that came meanwhile, handed on when it continues as new. */
  waiting?: string[];
}

export const creditRefundIdOf = (tenantId: string, accountId: string): string =>
  `refund/${tenantId}/credit/${accountId}`;

/** One at a time of an account's credit: a second one would be promised the same money. */
export const refund = defineProcess<RefundInput>({
  workflow: 'refund',
  reuse: 'reopenable',
  rank: 'receivables',
  id: ({ tenantId, accountId, requestKey, wholeCredit }) =>
    wholeCredit ? creditRefundIdOf(tenantId, accountId) : `refund/${tenantId}/${requestKey}`,
});

/** The account's credit is to be paid out again; the event's id is the request's key. */
export const creditRefundWanted = defineSignal<[ProcessEvent]>('creditRefundWanted');
