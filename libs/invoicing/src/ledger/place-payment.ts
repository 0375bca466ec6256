import type { LocalDate } from '@tollkeeper/calendar';
import type { PaymentFact } from '@tollkeeper/contracts';
import type { Allocation } from '../domain/allocate-payment';
import { draftPosting, type PostingDraft } from '../domain/ledger/posting-draft';
import { type Sale, sellRenewal, sellTopUp, type SoldInAdvance } from '../domain/ledger/prepaid-sale';
import { receivePayment } from '../domain/ledger/receive-payment';
import type { TopUpLot } from '../domain/ledger/top-up-lots';
import type { PaymentChange } from './payment.repository';
import type { AppliedPaymentRow } from './payment.schema';
import type { Receivables } from './receivable.service';
import type { SaleTerms } from './sale-tax.service';

/** What a batch of payments starts from; each payment finds what the one before it has left. */
export interface BooksState {
  receivables: Receivables;
  terms: Map<string, SaleTerms>;
  topUps: Map<string, AppliedPaymentRow>;
  /** Top-ups that a renewal of this batch used. */
  spent: Map<string, PaymentChange>;
  /** Invoices whose open amount changed. */
  touched: Set<string>;
}

interface Placement {
  row: Pick<AppliedPaymentRow, 'creditMinor' | 'recoveredMinor'> & SoldInAdvance;
  allocations: Allocation[];
  postings: PostingDraft[];
  /** What a renewal has still to earn. */
  deferred: Sale<TopUpLot>['deferred'] | null;
}

const nothingSold: SoldInAdvance = { taxedAtSale: false, taxes: [], taxesBefore: [], takenFrom: [] };

export function placePayment(fact: PaymentFact, on: LocalDate, state: BooksState): Placement {
  if (fact.purpose === 'invoice') return payDebt(fact, on, state);
  if (fact.purpose === 'deposit') return { ...kept(nothingSold), postings: [depositOf(fact)] };
  const terms = state.terms.get(fact.paymentId);
  if (!terms) throw new Error(`Payment ${fact.paymentId} has no tax terms`);
  const about = { ...fact, id: fact.paymentId };
  const sale =
    fact.purpose === 'topUp' ? sellTopUp(about, terms) : sellRenewal(about, terms, lotsOf(fact, state));
  for (const { paymentId, takenMinor } of sale.lots) spend(state, paymentId, takenMinor);
  const deferred = fact.purpose === 'renewal' ? sale.deferred : null;
  return { ...kept(sale.sold), postings: [sale.posting], deferred };
}

function payDebt(fact: PaymentFact, on: LocalDate, { receivables, touched }: BooksState): Placement {
  const receipt = receivePayment(fact, [...receivables.items.values()], on);
  for (const item of receipt.items) {
    receivables.items.set(item.invoiceId, item);
    touched.add(item.invoiceId);
  }
  const { creditMinor, recoveredMinor, allocations, postings } = receipt;
  return { row: { creditMinor, recoveredMinor, ...nothingSold }, allocations, postings, deferred: null };
}

const depositOf = (fact: PaymentFact): PostingDraft =>
  draftPosting(
    `${fact.paymentId}/depositReceived`,
    'depositReceived',
    { amount: fact.amountMinor },
    {
      ...fact,
      invoiceId: null,
    },
  );

const kept = (sold: SoldInAdvance): Placement => ({
  row: { creditMinor: 0, recoveredMinor: 0, ...sold },
  allocations: [],
  postings: [],
  deferred: null,
});

const lotsOf = ({ accountId, currency }: PaymentFact, { topUps }: BooksState): AppliedPaymentRow[] =>
  [...topUps.values()].filter((lot) => lot.accountId === accountId && lot.currency === currency);

function spend({ topUps, spent }: BooksState, paymentId: string, takenMinor: number): void {
  const row = topUps.get(paymentId);
  if (row) topUps.set(paymentId, { ...row, takenMinor });
  spent.set(paymentId, { paymentId, takenMinor });
}
