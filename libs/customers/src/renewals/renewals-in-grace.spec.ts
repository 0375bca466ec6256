import { expect, it } from '@jest/globals';
import type { PaymentFact } from '@tollkeeper/contracts';
import { itemsOf } from './renewals-in-grace.service';

const [due, due30] = ['2026-02-01T00:00:00.000Z', '2026-03-03T00:00:00.000Z'];
const [late, late30] = ['2026-02-05T12:00:00.000Z', '2026-03-07T12:00:00.000Z'];
const renewal = { subscriptionId: 'sub_1', offeringId: 'prepaid-30', dueFrom: due };
const paid = (receivedAt: string, change: Partial<PaymentFact>): PaymentFact => ({
  ...{
    paymentId: 'pay_1',
    revision: 1,
    accountId: 'acc_1',
    invoiceId: null,
    amountMinor: 1500,
    currency: 'USD',
  },
  ...{ gateway: 'sandbox', purpose: 'renewal', state: 'succeeded', receivedAt, ...change },
});

it.each<[string, PaymentFact]>([
  ['in time', paid('2026-01-31T00:00:00.000Z', { renewal: { ...renewal, from: due, to: due30 } })],
  ['late', paid(late, { renewal: { ...renewal, from: late, to: late30 } })],
])('a renewal paid %s names the period as it fell due, by the key of whoever charged it', (_, fact) =>
  expect(itemsOf(fact)).toEqual([
    {
      ...{ subscriptionId: 'sub_1', offeringId: 'prepaid-30', from: due, to: due30 },
      ...{ key: `sub_1/${due}`, paidAt: fact.receivedAt },
    },
  ]),
);

it('other money extends nothing', () => expect(itemsOf(paid(late, { purpose: 'topUp' }))).toEqual([]));
