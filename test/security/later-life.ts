import type { ApiClient } from '../../tools/sample/api-client';
import { camt, ownIban } from '../scenarios/bank-language';
import { csvOf, subscriberLine } from '../scenarios/bulk-language';
import type { Elsewhere } from './real-ids';

interface Product {
  subscriptionId: string;
  paidPeriods: object[];
}

interface HolderAccount {
  accountId: string;
  subscriptions: Product[];
}

const farAhead = '2027-01-01T00:00:00.000Z';
const firstNumber = '15185570001';
const orderId = 'hold-for-the-shop';

/** What comes about after the first bill: reservations, an order, an import, a renewal by hand, a charge placed, money kept and given back. */
export async function laterLife(
  api: ApiClient,
  accounts: readonly HolderAccount[],
  debtor: string,
): Promise<Elsewhere> {
  const prepaid = accounts
    .flatMap(({ subscriptions }) => subscriptions)
    .find(({ paidPeriods }) => paidPeriods.length > 0);
  const [any] = accounts.flatMap(({ subscriptions }) => subscriptions);
  if (!prepaid || !any) throw new Error('the tenant has no plan paid in advance');
  await api.post('/v1/customers/inventory/number-blocks', { first: firstNumber, last: '15185570009' });
  await api.post('/v1/customers/inventory/reservations', {
    orderId,
    identifiers: [{ kind: 'msisdn', value: firstNumber }],
    until: '2026-02-20T00:00:00.000Z',
  });
  await api.post('/v1/customers/orders', {
    order: {
      kind: 'suspension',
      subscriptionId: any.subscriptionId,
      effectiveAt: farAhead,
      reason: 'a year abroad',
    },
  });
  await api.postCsv(
    '/v1/customers/subscriber-imports?kind=newSubscribers&fileName=base.csv',
    csvOf([subscriberLine(1, { offeringId: 'no-such-plan' })]),
  );
  const amount = { minor: 500, currency: 'USD' };
  const renewal = await api.post<{ id: string }>(
    `/v1/customers/subscriptions/${prepaid.subscriptionId}/renewals`,
  );
  const topUp = await api.post<{ id: string }>('/v1/payments/top-ups', { accountId: debtor, amount });
  await api.post('/v1/payments/top-ups/recorded', {
    accountId: debtor,
    amount,
    method: 'voucher',
    reference: 'V-1',
  });
  await api.post('/v1/payments/refunds', { accountId: debtor, of: 'topUp', amount, reason: 'not wanted' });
  await api.post('/v1/invoicing/one-off-charges', {
    accountId: debtor,
    amount,
    taxCode: 'telecom',
    description: 'SIM swap',
    reason: 'lost phone',
  });
  await api.post('/v1/invoicing/instalment-plans', {
    ...{ accountId: debtor, device: { name: 'Phone', taxCode: 'telecom' }, instalments: 24 },
    ...{ price: { minor: 24000, currency: 'USD' }, deliveredOn: '2026-02-20', reason: 'in the shop' },
  });
  const { data } = await api.get<{ data: { id: string }[] }>(
    `/v1/invoicing/invoices?accountId=${debtor}&state=finalized&limit=1`,
  );
  await api.post(`/v1/invoicing/invoices/${data[0]?.id ?? ''}/credit-notes`, {
    kind: 'exGratia',
    amount: { minor: 1, currency: 'USD' },
    reason: 'a kind word',
  });
  await paidOtherwise(api, debtor);
  await api.put(`/v1/invoicing/tax-places/${debtor}`, { customer: 'consumer', reason: 'asked by care' });
  await api.settle();
  return {
    '/v1/invoicing/tax-places': [{ accountId: debtor }],
    '/v1/invoicing/invoices/lines': [{ lineNo: '1' }],
    '/v1/customers/inventory/reservations': [{ orderId }],
    '/v1/customers/renewal-requests': [{ requestId: renewal.id }],
    '/v1/payments/top-ups': [{ id: topUp.id }],
  };
}

/** A statement with money of nobody, a link to pay by, a batch of vouchers. */
async function paidOtherwise(api: ApiClient, debtor: string): Promise<void> {
  const account = { name: 'Main account', account: ownIban, currency: 'USD', reason: 'opened' };
  await api.put('/v1/payments/bank-accounts/main', account);
  const statement = camt([{ amount: '1.00', reference: 'S1', on: '2026-01-02', text: 'from nobody' }]);
  await api.postText('/v1/payments/bank-statements', statement, 'application/xml');
  await api.post('/v1/payments/pay-links', { accountId: debtor, reason: 'asked by telephone' });
  await api.post('/v1/payments/voucher-batches', {
    ...{ name: 'spring', count: 2, value: { minor: 1000, currency: 'USD' } },
    ...{ expiresAt: '2027-01-01T00:00:00.000Z', reason: 'for the shops' },
  });
}
