import type { PaymentFact } from '@tollkeeper/contracts';
import { percentRate } from '@tollkeeper/tax';
import { type BooksState, placePayment } from './place-payment';

const terms = {
  taxAt: 'sale' as const,
  rates: [{ jurisdiction: 'DE', rate: percentRate({ percent: '19' }), rounding: 'halfUp' as const }],
  missing: null,
};

const money = (paymentId: string, purpose: 'topUp' | 'renewal', gateway: string): PaymentFact => ({
  paymentId,
  revision: 1,
  accountId: 'acc_1',
  invoiceId: null,
  amountMinor: 1190,
  currency: 'EUR',
  gateway,
  purpose,
  state: 'succeeded',
  receivedAt: '2026-02-01T00:00:00.000Z',
});

const emptyBooks = (): BooksState => ({
  receivables: { items: new Map(), owed: new Map() } as never,
  terms: new Map(['pay_top', 'pay_renewal'].map((id) => [id, terms])),
  topUps: new Map(),
  spent: new Map(),
  touched: new Set(),
});

const renewal = money('pay_renewal', 'renewal', 'topUp');
const on = '2026-02-01';

it('a renewal spends the top-up that came in the same batch, and is not taxed again', () => {
  const state = emptyBooks();
  placePayment(money('pay_top', 'topUp', 'sandbox'), on, state);
  const { row } = placePayment(renewal, on, state);
  expect(row).toMatchObject({
    taxes: [],
    taxesBefore: [{ jurisdiction: 'DE', amountMinor: 190 }],
    takenFrom: [{ paymentId: 'pay_top', amountMinor: 1190 }],
  });
  expect(state.spent.get('pay_top')).toEqual({ paymentId: 'pay_top', takenMinor: 1190 });
});

it('a renewal that overtook its top-up waits for it', () => {
  expect(() => placePayment(renewal, on, emptyBooks())).toThrow(
    'A top-up that payment pay_renewal spends has not arrived yet',
  );
});
