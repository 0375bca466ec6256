import { addDays, type Instant, type LocalDate } from '@tollkeeper/calendar';
import { buildPosting } from '@tollkeeper/contracts';
import { paymentStateOf } from '../domain/allocate-payment';
import { devicePostings, invoicePosting } from '../domain/invoice-posting';
import type { PlacedAllocation } from '../domain/ledger/undo-allocation';
import { placedIdOf } from '../domain/one-off-charges';
import type { InvoiceRow } from './invoice.schema';
import { newAllocationId } from '../ledger/allocation.repository';
import type { PostingRow } from '../ledger/posting.schema';

/** Charges placed by hand that the bill has. */
export const placedOn = ({ onceKeys = [] }: InvoiceRow): string[] =>
  onceKeys.flatMap((key) => placedIdOf(key) ?? []);

export const billedCharges = (invoice: InvoiceRow) =>
  placedOn(invoice).map((placedChargeId) => ({
    placedChargeId,
    invoiceId: invoice._id,
    periodTo: invoice.periodTo,
  }));

type Final = Pick<
  InvoiceRow,
  | 'state'
  | 'number'
  | 'creditAppliedMinor'
  | 'openMinor'
  | 'paymentState'
  | 'revision'
  | 'finalizedAt'
  | 'issuedOn'
  | 'dueOn'
>;

export function finalOf(
  draft: InvoiceRow,
  number: string,
  issuedOn: LocalDate,
  at: Instant,
  creditMinor: number,
): Final {
  const creditAppliedMinor = Math.min(creditMinor, draft.totalMinor);
  const openMinor = draft.totalMinor - creditAppliedMinor;
  return {
    state: 'finalized',
    number,
    creditAppliedMinor,
    openMinor,
    paymentState: paymentStateOf(draft.totalMinor, openMinor),
    revision: 1,
    finalizedAt: at,
    issuedOn,
    dueOn: addDays(issuedOn, draft.customer.termsDays),
  };
}

export function postingsOf(invoice: InvoiceRow, on: LocalDate, at: Instant): PostingRow[] {
  const { _id: invoiceId, accountId, currency, creditAppliedMinor } = invoice;
  const about = { at, on, accountId, invoiceId, paymentId: null };
  const credit = buildPosting('creditApplied', { amount: creditAppliedMinor }, { currency });
  return [
    {
      _id: `${invoiceId}/invoiceFinalized`,
      rule: 'invoiceFinalized',
      ...about,
      lines: invoicePosting(invoice),
    },
    ...devicePostings(invoice).map(({ rule, lines }) => ({
      _id: `${invoiceId}/${rule}`,
      rule,
      ...about,
      lines,
    })),
    { _id: `${invoiceId}/creditApplied`, rule: 'creditApplied', ...about, lines: credit },
  ];
}

export const creditAllocations = (final: InvoiceRow[]): PlacedAllocation[] =>
  final
    .filter(({ creditAppliedMinor }) => creditAppliedMinor > 0)
    .map(({ _id: invoiceId, accountId, currency, creditAppliedMinor }) => ({
      allocationId: newAllocationId(),
      source: 'credit',
      paymentId: null,
      accountId,
      invoiceId,
      currency,
      amountMinor: creditAppliedMinor,
      feesMinor: 0,
    }));
