import type { PostingRule } from '@tollkeeper/contracts';
import { type OpenItem, reopened, settled } from './open-item';
import { draftPosting, type PostingDraft } from './posting-draft';

/** Where money that settles an invoice comes from. */
export type AllocationSource = 'payment' | 'credit' | 'deposit' | 'promotional';

export interface PlacedAllocation {
  allocationId: string;
  source: AllocationSource;
  paymentId: string | null;
  accountId: string;
  invoiceId: string;
  currency: string;
  amountMinor: number;
  feesMinor: number;
}

export const applyRules = {
  payment: 'paymentAllocated',
  credit: 'creditApplied',
  deposit: 'depositApplied',
  promotional: 'promotionalSpent',
} as const satisfies Record<AllocationSource, PostingRule>;

export const undoRules = {
  payment: 'allocationUndone',
  credit: 'creditRestored',
  deposit: 'depositRestored',
  promotional: 'promotionalRestored',
} as const satisfies Record<AllocationSource, PostingRule>;

export interface Undone {
  /** Invoices that changed: the one that is open again, and the one that was paid instead. */
  items: OpenItem[];
  /** Of a payment: what became account credit. Other money is back where it came from. */
  creditMinor: number;
  /** What went to the invoice that was named instead. */
  moved: PlacedAllocation | null;
  postings: PostingDraft[];
}

/** A counter-posting, never a change: the invoice is open again, its money is free or pays the invoice that is named. */
export function undoAllocation(
  allocation: PlacedAllocation,
  from: OpenItem,
  to: { item: OpenItem; allocationId: string } | null,
): Undone {
  const { allocationId, source, amountMinor, invoiceId } = allocation;
  const posting = (key: string, rule: PostingRule, minor: number, about: string | null): PostingDraft =>
    draftPosting(key, rule, { amount: minor }, { ...allocation, invoiceId: about });
  const open = reopened(from, allocation);
  const moved = to ? moveTo(allocation, to) : null;
  const creditMinor = source === 'payment' ? amountMinor - (moved?.amountMinor ?? 0) : 0;
  return {
    items: [
      withCredit(open, source, -amountMinor),
      ...(moved && to ? [withCredit(settled(to.item, moved), source, moved.amountMinor)] : []),
    ],
    creditMinor,
    moved,
    postings: [
      posting(`${allocationId}/${undoRules[source]}`, undoRules[source], amountMinor, invoiceId),
      ...(moved
        ? [
            posting(
              `${moved.allocationId}/${applyRules[source]}`,
              applyRules[source],
              moved.amountMinor,
              moved.invoiceId,
            ),
          ]
        : []),
      posting(`${allocationId}/overpayment`, 'overpayment', creditMinor, null),
    ].filter(({ lines }) => lines.length > 0),
  };
}

/** The service before the fee, as every payment. */
export function partFor({ openMinor, feesOpenMinor }: OpenItem, wantedMinor: number) {
  const amountMinor = Math.min(wantedMinor, openMinor);
  return { amountMinor, feesMinor: Math.max(0, amountMinor - (openMinor - feesOpenMinor)) };
}

/** Field by field: the allocation that is undone may be a stored row, with an identity of its own. */
const moveTo = (
  { source, paymentId, accountId, currency, amountMinor }: PlacedAllocation,
  { item, allocationId }: { item: OpenItem; allocationId: string },
): PlacedAllocation => ({
  source,
  paymentId,
  accountId,
  currency,
  ...partFor(item, amountMinor),
  allocationId,
  invoiceId: item.invoiceId,
});

export const withCredit = (item: OpenItem, source: AllocationSource, amountMinor: number): OpenItem =>
  source === 'credit' ? { ...item, creditAppliedMinor: item.creditAppliedMinor + amountMinor } : item;
