import { buildPosting, type PostingAmounts, type PostingLine, type PostingRule } from '@tollkeeper/contracts';

/** A posting before it has its day in the books; `key` is its identity within the tenant. */
export interface PostingDraft {
  key: string;
  rule: PostingRule;
  accountId: string | null;
  invoiceId: string | null;
  paymentId: string | null;
  lines: PostingLine[];
}

export interface About {
  accountId: string | null;
  invoiceId?: string | null;
  paymentId?: string | null;
  currency: string;
  gateway?: string;
}

export const draftPosting = (
  key: string,
  rule: PostingRule,
  amounts: PostingAmounts,
  { accountId, invoiceId = null, paymentId = null, ...dimensions }: About,
): PostingDraft => ({
  key,
  rule,
  accountId,
  invoiceId,
  paymentId,
  lines: buildPosting(rule, amounts, dimensions),
});
