import type { LocalDate } from '@tollkeeper/calendar';
import { type Allocation, allocatePayment } from '../allocate-payment';
import { type OpenItem, settled, lostMinor } from './open-item';
import { draftPosting, type PostingDraft } from './posting-draft';
import { sumOfTax, taxAmounts, taxOfStep } from './proportional-tax';

interface PaymentOfDebt {
  paymentId: string;
  accountId: string;
  invoiceId: string | null;
  amountMinor: number;
  currency: string;
  gateway: string;
}

interface Receipt {
  /** Invoices that changed. */
  items: OpenItem[];
  allocations: Allocation[];
  creditMinor: number;
  recoveredMinor: number;
  postings: PostingDraft[];
}

/** All of a payment finds its place: debt that was written off and is named, what is open, and the rest as credit. */
export function receivePayment(payment: PaymentOfDebt, items: readonly OpenItem[], on: LocalDate): Receipt {
  const { paymentId, amountMinor, invoiceId } = payment;
  const own = items.filter(
    ({ accountId, currency }) => accountId === payment.accountId && currency === payment.currency,
  );
  const lost = own.find((item) => item.invoiceId === invoiceId && lostMinor(item) > 0);
  const recovered = lost ? recover(lost, Math.min(amountMinor, lostMinor(lost))) : null;
  const recoveredMinor = recovered?.amountMinor ?? 0;
  const { allocations, restMinor } = allocatePayment(amountMinor - recoveredMinor, invoiceId, own, on);
  const posting = (rule: PostingDraft['rule'], amounts: Parameters<typeof draftPosting>[2], about?: string) =>
    draftPosting(`${paymentId}/${rule}${about ? `/${about}` : ''}`, rule, amounts, {
      ...payment,
      invoiceId: about ?? null,
    });
  const byId = new Map(own.map((item) => [item.invoiceId, item]));
  return {
    items: [
      ...(recovered ? [recovered.item] : []),
      ...allocations.map((part) => settled(byId.get(part.invoiceId) as OpenItem, part)),
    ],
    allocations,
    creditMinor: restMinor,
    recoveredMinor,
    postings: [
      posting('paymentCaptured', { amount: amountMinor }),
      ...(recovered ? [posting('recoveredFromPayment', recovered.amounts, recovered.item.invoiceId)] : []),
      ...allocations.map((part) => posting('paymentAllocated', { amount: part.amountMinor }, part.invoiceId)),
      posting('overpayment', { amount: restMinor }),
    ].filter(({ lines }) => lines.length > 0),
  };
}

/** Tax that was relieved is owed again in proportion to what is paid after all. */
export function recover(item: OpenItem, amountMinor: number) {
  const { writeOff } = item;
  if (!writeOff) throw new RangeError(`Invoice ${item.invoiceId} is not written off`);
  const recoveredMinor = writeOff.recoveredMinor + amountMinor;
  const { relievedFromMinor } = writeOff;
  const step = {
    fromMinor: writeOff.recoveredMinor - relievedFromMinor,
    toMinor: recoveredMinor - relievedFromMinor,
    ofMinor: writeOff.amountMinor - relievedFromMinor,
  };
  const taxes = taxOfStep(writeOff.reliefs, step);
  return {
    amountMinor,
    item: { ...item, writeOff: { ...writeOff, recoveredMinor } },
    amounts: { total: amountMinor, net: amountMinor - sumOfTax(taxes), tax: taxAmounts(taxes) },
  };
}
