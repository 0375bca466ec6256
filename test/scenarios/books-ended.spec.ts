import { BooksOf } from './books-language';
import { Operator, type Subscriber } from './operator';

/** The card is charged 15.00 on Jan 30 for the 30 days from Jan 31; the subscription ends on Feb 10, after ten of them. */
describe('a subscription ends in the middle of what was paid in advance', () => {
  let operator: Operator;
  let books: BooksOf;
  let ivy: Subscriber;
  let ada: Subscriber;

  const end = ({ subscriptionId }: Subscriber) =>
    operator.api.post(`/v1/customers/subscriptions/${subscriptionId}/terminate`, { reason: 'moves abroad' });

  beforeAll(async () => {
    operator = await Operator.open();
    books = new BooksOf(operator);
    ivy = await operator.subscriber('prepaid-30', { card: 'ok' });
    ada = await operator.subscriber('smart-5', { card: 'ok' });
    await operator.until('2026-02-10T15:00:00.000Z');
  });

  it('Feb 1, 04:00: January is closed; the payment of Jan 30 was a liability until its first day', async () => {
    expect(await books.closedThrough()).toBe('2026-01-31');
    expect(await books.trialBalance('2026-01-30')).toMatchObject({
      'contractLiability:prepaidPeriod': -1500,
    });
    const [[from, total, recognized, deferred] = []] = await books.deferrals(ivy);
    expect([from, total, (recognized ?? 0) + (deferred ?? 0)]).toEqual(['2026-01-31', 1500, 1500]);
  });

  it('Feb 10: both end; nothing is given back, so what their days did not earn is earned with the end', async () => {
    await end(ivy);
    await end(ada);
    await operator.settle();
    await operator.until('2026-02-12T15:00:00.000Z');
    await books.recogniseThrough('2026-02-09');
    expect(await books.deferrals(ivy)).toEqual([['2026-01-31', 1500, 500, 1000]]);
    await books.recogniseThrough('2026-02-10');
    expect(await books.deferrals(ivy)).toEqual([['2026-01-31', 1500, 1500, 0]]);
    expect(await books.deferrals(ada)).toEqual([['2026-02-01', 2500, 2500, 0]]);
    const [schedule] = await books.schedules(ada);
    // Nine days of 89.28 cents, then all that is left.
    expect(schedule?.days?.at(-1)).toEqual({ on: '2026-02-10', minor: 2500 - 803 });
    expect(await books.trialBalance('2026-02-10')).toMatchObject({
      deferredRevenue: 0,
      'contractLiability:prepaidPeriod': 0,
    });
  });

  it('money of a closed day that is told late stands on the first open day, with a note', async () => {
    await operator.api.post('/v1/payments/payments', {
      accountId: ada.accountId,
      amount: { minor: 700, currency: 'USD' },
      method: 'bank',
      reference: 'transfer-9',
      receivedAt: '2026-02-08T15:00:00.000Z',
    });
    await operator.settle();
    const before = await books.journal('2026-02-08', 'totals.csv');
    await books.recogniseThrough('2026-02-11');
    expect(await books.journal('2026-02-08', 'totals.csv')).toEqual(before);
    const { text } = await books.journal('2026-02-11', 'postings.csv');
    expect(text).toContain('"belongs to 2026-02-08, which was closed"'.replaceAll('"', ''));
  });
});
