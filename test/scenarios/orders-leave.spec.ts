import { Operator, type Subscriber } from './operator';
import { OrderCounter } from './orders-language';

describe('those who leave', () => {
  let operator: Operator;
  let counter: OrderCounter;
  let eve: Subscriber;
  let fay: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    counter = new OrderCounter(operator);
    eve = await operator.subscriber('smart-5');
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
  });

  it('Feb 20: a port-out with debt is done at once', async () => {
    await operator.until('2026-02-20T12:00:00.000Z');
    expect((await operator.bills(eve))[0]?.paymentState).toBe('open');
    const orderId = await counter.place({
      kind: 'portOut',
      subscriptionId: eve.subscriptionId,
      recipient: 'Oakline Wireless',
    });
    expect(await counter.told(orderId)).toBe('completed: releaseNumber done');
    expect(await operator.inNetwork(eve)).toBe('deactivated');
  });

  it('Mar 1: the final bill has the usage that came late', async () => {
    await operator.until('2026-02-25T12:00:00.000Z');
    await counter.calls([
      { at: '2026-02-19T15:00:00Z', msisdn: eve.msisdn },
      { at: '2026-02-21T15:00:00Z', msisdn: eve.msisdn }, // the number is another operator's by then
    ]);
    expect(await counter.guided(eve)).toEqual(['2026-02-19T15:00']);
    await operator.until('2026-03-01T20:00:00.000Z');
    const lines = await operator.lines(eve, 1);
    expect(lines.some(([what]) => what === 'Calls within the US')).toBe(true);
  });
});
