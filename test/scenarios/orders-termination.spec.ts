import { Operator, type Subscriber } from './operator';
import { OrderCounter } from './orders-language';

describe('termination with credit left', () => {
  let operator: Operator;
  let counter: OrderCounter;
  let fay: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    counter = new OrderCounter(operator);
    fay = await operator.subscriber('smart-5', { card: 'ok' });
    await operator.until('2026-01-20T12:00:00.000Z');
  });

  it('Jan 20: a termination tells the network; credit waits for the final bill', async () => {
    await operator.api.post('/v1/payments/payments', {
      accountId: fay.accountId,
      amount: { minor: 5000, currency: 'USD' },
      method: 'bank',
      reference: 'transfer 4711',
      receivedAt: '2026-01-20T11:00:00.000Z',
    });
    const orderId = await counter.place({
      kind: 'termination',
      subscriptionId: fay.subscriptionId,
      reason: 'moves abroad',
    });
    expect(await counter.told(orderId)).toBe(
      'inProgress: disconnect done, endService done, payOutCredit waiting',
    );
    expect(await operator.inNetwork(fay)).toBe('deactivated');
  });

  it('Feb 1: the final bill is prorated and paid from the credit; the rest is paid out', async () => {
    await operator.until('2026-02-02T20:00:00.000Z');
    const [bill] = await operator.bills(fay);
    expect(bill).toMatchObject({ paymentState: 'paid', open: { minor: 0 } });
    const [order] = await operator.api.all<{ orderId: string; state: string }>(
      `/v1/customers/orders?accountId=${fay.accountId}&kind=termination`,
      ({ orderId }) => orderId,
    );
    expect(order?.state).toBe('completed');
    await operator.settle();
    const { data } = await operator.api.get<{ data: unknown[] }>(
      `/v1/payments/refunds?accountId=${fay.accountId}`,
    );
    expect(data).toHaveLength(1);
  });
});
