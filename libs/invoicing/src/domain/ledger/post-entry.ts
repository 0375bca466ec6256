import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { PostingAmounts } from '@tollkeeper/contracts';
import type { EntryRuleName } from './entry-rules';
import { adjusted, lostMinor, type OpenItem, settled, writtenOff } from './open-item';
import { allocateReduction, reliefOf } from './reduce-price';
import { sumOfTax, taxAmounts } from './proportional-tax';
import { recover } from './receive-payment';
import { type AllocationSource, partFor, withCredit } from './undo-allocation';

/** More than this is a price reduction or a debt, no rounding. */
const roundingLimitMinor = 99;

export interface EntryState {
  at: Instant;
  on: LocalDate;
  item: OpenItem | null;
  /** Owed to the customer, 0 or more. */
  owedMinor: { credit: number; deposit: number; promotional: number };
}

interface EntryRefusal {
  field: string;
  reason: string;
  hint: string;
}

export interface EntryEffect {
  amounts: PostingAmounts;
  /** The invoice after the entry. */
  item: OpenItem | null;
  allocation: { source: AllocationSource; amountMinor: number; feesMinor: number } | null;
}

type Outcome = EntryEffect | EntryRefusal;

export const isRefusal = (outcome: Outcome): outcome is EntryRefusal => 'reason' in outcome;

const refuse = (reason: string, hint: string, field = 'amount.minor'): EntryRefusal => ({
  field,
  reason,
  hint,
});

const booked = (amounts: PostingAmounts, item: OpenItem | null = null): EntryEffect => ({
  amounts,
  item,
  allocation: null,
});

/** Decides one entry of a person: what it posts and how the invoice stands then, or why not and what else to do. */
export function postEntry(rule: EntryRuleName, amountMinor: number | null, state: EntryState): Outcome {
  const { item } = state;
  return item
    ? postOnInvoice(rule, amountMinor ?? 0, item, state)
    : postOnAccount(rule, amountMinor ?? 0, state.owedMinor);
}

function postOnAccount(rule: EntryRuleName, amount: number, owed: EntryState['owedMinor']): Outcome {
  if (rule === 'promotionalExpired' && amount > owed.promotional)
    return refuse(`the account has ${owed.promotional} of promotional credit`, 'Post at most that.');
  if (rule === 'depositReturned' && amount > owed.deposit)
    return refuse(`the account's deposit is ${owed.deposit}`, 'Post at most that.');
  return booked({ amount });
}

function postOnInvoice(rule: EntryRuleName, amount: number, item: OpenItem, state: EntryState): Outcome {
  switch (rule) {
    case 'creditApplied':
      return apply('credit', amount, item, state.owedMinor.credit);
    case 'depositApplied':
      return apply('deposit', amount, item, state.owedMinor.deposit);
    case 'promotionalSpent':
      return apply('promotional', amount, item, state.owedMinor.promotional);
    case 'priceReduction':
      return reducePrice(amount, item);
    case 'lateFee':
      return chargeLateFee(amount, item, state.on);
    case 'lateFeeWaived':
      return amount > item.feesOpenMinor
        ? refuse(`${item.feesOpenMinor} of late fees are open`, 'Waive at most that.')
        : booked({ amount }, adjusted(item, -amount, -amount));
    case 'roundingDifference':
      return roundOff(amount, item);
    case 'writeOff':
      return writeOff(amount, item, state.at);
    case 'badDebtRelief':
      return relieve(amount, item);
    case 'recovery':
      return recoverDebt(amount, item);
    default:
      return refuse(`${rule} is not about an invoice`, 'Leave invoiceId out.', 'invoiceId');
  }
}

function apply(source: AllocationSource, amount: number, item: OpenItem, owedMinor: number): Outcome {
  if (amount > owedMinor) return refuse(`the account has ${owedMinor} of it`, 'Post at most that.');
  if (amount > item.openMinor)
    return refuse(`${item.openMinor} of the invoice is open`, 'Post at most that.');
  const part = partFor(item, amount);
  return {
    amounts: { amount },
    item: withCredit(settled(item, part), source, amount),
    allocation: { source, ...part },
  };
}

function reducePrice(amount: number, item: OpenItem): Outcome {
  const openMinor = item.openMinor - item.feesOpenMinor;
  if (amount > openMinor)
    return refuse(
      `${openMinor} of the invoice's price is open`,
      'Reduce by at most that; for what is paid already post an exGratiaCredit.',
    );
  const taxes = allocateReduction(item, amount);
  return booked(
    { total: amount, net: amount - sumOfTax(taxes), tax: taxAmounts(taxes) },
    adjusted(item, -amount),
  );
}

function chargeLateFee(amount: number, item: OpenItem, on: LocalDate): Outcome {
  if (item.openMinor === 0 || item.dueOn >= on)
    return refuse(
      `the invoice is not overdue on ${on}`,
      'A late fee needs an open invoice past its due date.',
      'invoiceId',
    );
  return booked({ amount }, adjusted(item, amount, amount));
}

function roundOff(amount: number, item: OpenItem): Outcome {
  if (amount > roundingLimitMinor)
    return refuse(
      `a rounding difference is at most ${roundingLimitMinor}`,
      'Post a priceReduction or a writeOff.',
    );
  const openMinor = item.openMinor - item.feesOpenMinor;
  if (amount > openMinor) return refuse(`${openMinor} of the invoice's price is open`, 'Post at most that.');
  return booked({ amount }, adjusted(item, -amount));
}

function writeOff(amount: number, item: OpenItem, at: Instant): Outcome {
  if (item.openMinor === 0)
    return refuse('nothing of the invoice is open', 'There is nothing to write off.', 'invoiceId');
  if (amount !== 0 && amount !== item.openMinor)
    return refuse(
      `${item.openMinor} of the invoice is open: a write-off gives up all of it`,
      'Leave the amount out; for a part post a priceReduction.',
    );
  return booked({ amount: item.openMinor }, writtenOff(item, at));
}

function relieve(amount: number, item: OpenItem): Outcome {
  if (!item.writeOff)
    return refuse('the invoice is not written off', 'Post the writeOff first.', 'invoiceId');
  if (item.writeOff.reliefs.length > 0)
    return refuse('the tax of this invoice was relieved before', 'It is relieved once.', 'invoiceId');
  const reliefs = reliefOf(item, item.writeOff);
  const total = sumOfTax(reliefs);
  if (total === 0)
    return refuse('there is no tax in what was written off', 'There is nothing to relieve.', 'invoiceId');
  if (amount !== 0 && amount !== total)
    return refuse(`the tax in what was written off and not paid since is ${total}`, 'Leave the amount out.');
  return booked(
    { total, tax: taxAmounts(reliefs) },
    { ...item, writeOff: { ...item.writeOff, reliefs, relievedFromMinor: item.writeOff.recoveredMinor } },
  );
}

function recoverDebt(amount: number, item: OpenItem): Outcome {
  const lost = lostMinor(item);
  if (lost === 0)
    return refuse('nothing of the invoice is written off', 'Record a payment instead.', 'invoiceId');
  if (amount > lost)
    return refuse(
      `${lost} of it is written off and not paid`,
      'Post at most that; what is more is a payment.',
    );
  const { amounts, item: after } = recover(item, amount);
  return booked(amounts, after);
}
