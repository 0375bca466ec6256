import { BooksOf } from './books-language';
import { Operator, type Subscriber } from './operator';

/** 25.00 was charged for February in advance; the subscription ends on Feb 10, and nothing is given back. */
describe('a subscription ends in the middle of what was paid in advance', () => {
  let operator: Operator;
  let books: BooksOf;
  let ada: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    books = new BooksOf(operator);
    ada = await operator.subscriber('smart-5', { card: 'ok' });
    await operator.until('2026-02-10T15:00:00.000Z');
  });

  it('Feb 10: nine days were earned as days; what was kept is earned with the end', async () => {
    const { subscriptionId } = ada;
    await operator.api.post('/v1/customers/orders', {
      order: { kind: 'termination', subscriptionId, reason: 'moves abroad' },
    });
    await operator.settle();
    await operator.until('2026-02-11T15:00:00.000Z');
    await books.recogniseThrough('2026-02-09');
    expect(await books.deferrals(ada)).toEqual([['2026-02-01', 2500, 803, 1697]]);
    await books.recogniseThrough('2026-02-10');
    expect(await books.deferrals(ada)).toEqual([['2026-02-01', 2500, 2500, 0]]);
    const [schedule] = await books.schedules(ada);
    expect(schedule?.days?.at(-1)).toEqual({ on: '2026-02-10', minor: 1697 });
    expect(await books.trialBalance('2026-02-10')).toMatchObject({ deferredRevenue: 0 });
  });

  it('money of a closed day that is told late stands on the first open day, with a note', async () => {
    await operator.api.post('/v1/payments/payments', {
      accountId: ada.accountId,
      amount: { minor: 700, currency: 'USD' },
      method: 'bank',
      reference: 'transfer-9',
      receivedAt: '2026-02-08T15:00:00.000Z',
    });
    const before = await books.journal('2026-02-08', 'totals.csv');
    await operator.until('2026-02-12T15:00:00.000Z');
    await books.recogniseThrough('2026-02-11');
    expect(await books.journal('2026-02-08', 'totals.csv')).toEqual(before);
    const { text } = await books.journal('2026-02-11', 'postings.csv');
    expect(text).toContain('"belongs to 2026-02-08, which was closed"');
  });
});
