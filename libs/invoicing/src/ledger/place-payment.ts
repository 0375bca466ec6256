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

type KeptTopUp = Pick<
  AppliedPaymentRow,
  'paymentId' | 'accountId' | 'currency' | 'amountMinor' | 'takenMinor'
> &
  SoldInAdvance;

/** What a batch of payments starts from; each payment finds what the one before it has left. */
export interface BooksState {
  receivables: Receivables;
  terms: Map<string, SaleTerms>;
  topUps: Map<string, KeptTopUp>;
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
  if (fact.gateway === 'topUp') requireCover(fact, lotsOf(fact, state));
  const sale =
    fact.purpose === 'topUp' ? sellTopUp(about, terms) : sellRenewal(about, terms, lotsOf(fact, state));
  for (const { paymentId, takenMinor } of sale.lots) spend(state, paymentId, takenMinor);
  if (fact.purpose === 'topUp') keepLot(fact, sale.sold, state);
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

const lotsOf = ({ accountId, currency }: PaymentFact, { topUps }: BooksState): KeptTopUp[] =>
  [...topUps.values()].filter((lot) => lot.accountId === accountId && lot.currency === currency);

/** Facts of different batches come in any order: money that is spent has to be known, or its tax is taken twice. */
function requireCover({ paymentId, amountMinor }: PaymentFact, lots: readonly KeptTopUp[]): void {
  const left = lots.reduce((sum, lot) => sum + lot.amountMinor - lot.takenMinor, 0);
  if (left < amountMinor) throw new Error(`A top-up that payment ${paymentId} spends has not arrived yet`);
}

/** A renewal of the same batch may spend it. */
function keepLot(
  { paymentId, accountId, currency, amountMinor }: PaymentFact,
  sold: SoldInAdvance,
  { topUps }: BooksState,
): void {
  topUps.set(paymentId, { ...sold, paymentId, accountId, currency, amountMinor, takenMinor: 0 });
}

function spend({ topUps, spent }: BooksState, paymentId: string, takenMinor: number): void {
  const row = topUps.get(paymentId);
  if (row) topUps.set(paymentId, { ...row, takenMinor });
  spent.set(paymentId, { paymentId, takenMinor });
}
