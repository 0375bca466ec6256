import { Operator, type Subscriber } from './operator';
import { OrderCounter } from './orders-language';

describe('a number that leaves', () => {
  let operator: Operator;
  let counter: OrderCounter;
  let eve: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    counter = new OrderCounter(operator);
    eve = await operator.subscriber('smart-5');
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
