import type { PostingRule } from '@tollkeeper/contracts';
import { type OpenItem, reopened } from './open-item';
import { draftPosting, type PostingDraft } from './posting-draft';
import { type PlacedAllocation, withCredit } from './undo-allocation';

interface TakenBack {
  reversalId: string;
  rule: Extract<PostingRule, 'chargeback' | 'returnedDebit' | 'paymentUndone'>;
  paymentId: string;
  accountId: string;
  amountMinor: number;
  currency: string;
  gateway: string;
}

export interface TakeBackState {
  /** What the payment settles, newest first. */
  allocations: readonly PlacedAllocation[];
  /** What the account's credit settles, newest first. */
  creditAllocations: readonly PlacedAllocation[];
  items: ReadonlyMap<string, OpenItem>;
  /** Of the payment: what no invoice took. */
  creditMinor: number;
  /** What is left of the account's credit. */
  creditAtHandMinor: number;
  newAllocationId: () => string;
}

/** Of a deposit no invoice took anything by itself: what is held goes first, then what it was used for is open again. */
export const takeBackDeposit = (
  reversal: TakenBack,
  deposit: Pick<TakeBackState, 'items' | 'newAllocationId'> & {
    /** What the account's deposit settles, newest first. */
    allocations: readonly PlacedAllocation[];
    heldMinor: number;
  },
): TakeBack =>
  takeBack(
    reversal,
    {
      ...{ items: deposit.items, newAllocationId: deposit.newAllocationId, allocations: [] },
      creditAllocations: deposit.allocations,
      creditMinor: reversal.amountMinor,
      creditAtHandMinor: deposit.heldMinor,
    },
    'depositTakenBack',
  );

interface TakeBack {
  items: OpenItem[];
  undone: string[];
  /** What is left of an allocation that was undone in part. */
  kept: PlacedAllocation[];
  /** Taken out of the payment's own allocations, out of what was credit, and out of neither. */
  allocatedMinor: number;
  creditMinor: number;
  lossMinor: number;
  postings: PostingDraft[];
}

/**
 * Finds what is open again when a payment is taken back: the invoices that it paid, then account credit that is still
 * there, then invoices that such credit paid. The rest is a loss: no invoice is left that could ask for it.
 */
export function takeBack(
  reversal: TakenBack,
  state: TakeBackState,
  atHandRule: PostingRule = 'creditTakenBack',
): TakeBack {
  const { amountMinor, reversalId, rule } = reversal;
  const items = new Map(state.items);
  const own = reopen(state.allocations, amountMinor, items, state.newAllocationId);
  const wantedCredit = Math.min(amountMinor - own.takenMinor, state.creditMinor);
  const atHand = Math.min(wantedCredit, state.creditAtHandMinor);
  const used = reopen(state.creditAllocations, wantedCredit - atHand, items, state.newAllocationId);
  const lossMinor = amountMinor - own.takenMinor - atHand - used.takenMinor;
  const parts = [...own.parts, ...used.parts];
  const posting = (name: PostingRule, minor: number, invoiceId: string | null, no: number) =>
    draftPosting(
      `${reversalId}/${name}/${no}`,
      name,
      { amount: minor },
      {
        ...reversal,
        invoiceId,
      },
    );
  return {
    items: [...new Set(parts.map(({ allocation }) => allocation.invoiceId))].flatMap(
      (id) => items.get(id) ?? [],
    ),
    undone: parts.map(({ allocation }) => allocation.allocationId),
    kept: parts.flatMap(({ kept }) => kept ?? []),
    allocatedMinor: own.takenMinor,
    creditMinor: wantedCredit,
    lossMinor,
    postings: [
      ...parts.map(({ allocation, takenMinor }, at) =>
        posting(rule, takenMinor, allocation.invoiceId, at + 1),
      ),
      posting(atHandRule, atHand, null, 1),
      posting('reversalLoss', lossMinor, null, 1),
    ].filter(({ lines }) => lines.length > 0),
  };
}

interface Part {
  allocation: PlacedAllocation;
  takenMinor: number;
  kept: PlacedAllocation | null;
}

/** What a written-off invoice was paid before stays; late fees are open again first. */
function reopen(
  allocations: readonly PlacedAllocation[],
  wantedMinor: number,
  items: Map<string, OpenItem>,
  newAllocationId: () => string,
): { parts: Part[]; takenMinor: number } {
  const parts: Part[] = [];
  let leftMinor = wantedMinor;
  for (const allocation of allocations) {
    const item = items.get(allocation.invoiceId);
    if (leftMinor === 0) break;
    if (!item || item.writeOff) continue;
    const amountMinor = Math.min(leftMinor, allocation.amountMinor);
    const feesMinor = Math.min(amountMinor, allocation.feesMinor);
    items.set(
      item.invoiceId,
      withCredit(reopened(item, { amountMinor, feesMinor }), allocation.source, -amountMinor),
    );
    parts.push({ allocation, takenMinor: amountMinor, kept: restOf(allocation, amountMinor, feesMinor) });
    leftMinor -= amountMinor;
  }
  return { parts, takenMinor: wantedMinor - leftMinor };

  function restOf(from: PlacedAllocation, amountMinor: number, feesMinor: number): PlacedAllocation | null {
    if (amountMinor === from.amountMinor) return null;
    const { source, paymentId, accountId, invoiceId, currency } = from;
    return {
      ...{ allocationId: newAllocationId(), source, paymentId, accountId, invoiceId, currency },
      amountMinor: from.amountMinor - amountMinor,
      feesMinor: from.feesMinor - feesMinor,
    };
  }
}
