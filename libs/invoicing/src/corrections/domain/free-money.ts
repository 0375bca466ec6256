import { type OpenItem, reopened, settled } from '../../domain/ledger/open-item';
import { draftPosting, type PostingDraft } from '../../domain/ledger/posting-draft';
import {
  applyRules,
  type PlacedAllocation,
  undoRules,
  withCredit,
} from '../../domain/ledger/undo-allocation';

export interface FreedMoney {
  item: OpenItem;
  undone: PlacedAllocation[];
  /** What of an undone allocation still pays the invoice. */
  placed: PlacedAllocation[];
  postings: PostingDraft[];
  /** Of payments: what became account credit. Other money is back where it came from. */
  credit: { paymentId: string; amountMinor: number }[];
}

/**
 * What paid for that which is now credited is free again, the last money first. An allocation is undone as a whole by
 * counter-postings, and the rest of it is placed anew: nothing that was posted changes. `keepFees`: late fees stay paid.
 */
export function freeMoney(
  item: OpenItem,
  allocations: readonly PlacedAllocation[],
  { neededMinor, keepFees }: { neededMinor: number; keepFees: boolean },
  newId: () => string,
): FreedMoney {
  const freed: FreedMoney = { item, undone: [], placed: [], postings: [], credit: [] };
  let leftMinor = neededMinor;
  for (const allocation of allocations) {
    if (leftMinor <= 0) break;
    const { amountMinor, feesMinor } = allocation;
    const freeMinor = Math.min(leftMinor, keepFees ? amountMinor - feesMinor : amountMinor);
    if (freeMinor <= 0) continue;
    freeOne(freed, allocation, freeMinor, newId);
    leftMinor -= freeMinor;
  }
  if (leftMinor > 0) throw new RangeError(`Invoice ${item.invoiceId}: ${leftMinor} was never paid`);
  return freed;
}

function freeOne(freed: FreedMoney, allocation: PlacedAllocation, freeMinor: number, newId: () => string) {
  const { source, amountMinor, allocationId, paymentId, invoiceId } = allocation;
  const posting = (id: string, rule: PostingDraft['rule'], amount: number, about: string | null) =>
    draftPosting(`${id}/${rule}`, rule, { amount }, { ...allocation, invoiceId: about });
  const open = withCredit(reopened(freed.item, allocation), source, -amountMinor);
  const keptMinor = amountMinor - freeMinor;
  freed.undone.push(allocation);
  freed.postings.push(posting(allocationId, undoRules[source], amountMinor, invoiceId));
  freed.item = open;
  if (keptMinor > 0) {
    const part = { amountMinor: keptMinor, feesMinor: Math.min(allocation.feesMinor, keptMinor) };
    const { accountId, currency } = allocation;
    const again = { allocationId: newId(), source, paymentId, accountId, invoiceId, currency, ...part };
    freed.placed.push(again);
    freed.postings.push(posting(again.allocationId, applyRules[source], part.amountMinor, invoiceId));
    freed.item = withCredit(settled(open, part), source, part.amountMinor);
  }
  if (source === 'payment' && paymentId !== null) {
    freed.postings.push(posting(allocationId, 'overpayment', freeMinor, null));
    freed.credit.push({ paymentId, amountMinor: freeMinor });
  }
}
