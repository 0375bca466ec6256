import { BooksOf } from './books-language';
import { type Bill, Operator, type Subscriber } from './operator';

/** No card: the bill of February 1 is due on the 15th, paid in part on February 20 and in full on March 19. */
describe('a debt grows older, and a past day shows it as it was', () => {
  let operator: Operator;
  let books: BooksOf;
  let ben: Subscriber;
  let bill: Bill;

  const pay = async (minor: number, receivedAt: string) => {
    await operator.api.post('/v1/payments/payments', {
      accountId: ben.accountId,
      invoiceId: bill.id,
      amount: { minor, currency: 'USD' },
      method: 'bank',
      reference: `transfer of ${receivedAt.slice(0, 10)}`,
      receivedAt,
    });
    await operator.settle();
  };

  beforeAll(async () => {
    operator = await Operator.open({ approval: 'required' });
    books = new BooksOf(operator);
    ben = await operator.subscriber('smart-5');
    await operator.until('2026-02-01T20:00:00.000Z');
    await operator.api.post(`/v1/invoicing/runs/${(await operator.run('2026-02-01')).id}/approve`, {
      reason: 'looks right',
    });
  });

  it('Feb 20: 51.45 was due on Feb 15; 20.00 of it is paid today', async () => {
    await operator.until('2026-02-20T15:00:00.000Z');
    [bill] = (await operator.bills(ben)) as [Bill];
    expect([bill.total.minor, bill.dueOn]).toEqual([5145, '2026-02-15']);
    await pay(2000, '2026-02-20T15:00:00.000Z');
    expect(await books.ageing(ben, '2026-02-15')).toEqual({ notDue: 5145 });
    expect(await books.ageing(ben, '2026-02-16')).toEqual({ days1To30: 5145 });
    expect(await books.ageing(ben, '2026-02-19')).toEqual({ days1To30: 5145 });
    expect(await books.ageing(ben, '2026-02-20')).toEqual({ days1To30: 3145 });
    expect(await books.ageing(ben, '2026-03-17')).toEqual({ days1To30: 3145 });
    expect(await books.ageing(ben, '2026-03-18')).toEqual({ days31To60: 3145 });
    expect(await books.ageing(ben, '2026-04-17')).toEqual({ days61To90: 3145 });
    expect(await books.ageing(ben, '2026-05-17')).toEqual({ over90: 3145 });
  });

  it('Mar 19: the rest is paid; what was open on a past day stays open on that day', async () => {
    await operator.until('2026-03-19T15:00:00.000Z');
    await pay(3145, '2026-03-19T15:00:00.000Z');
    expect(await books.ageing(ben, '2026-01-31')).toEqual({});
    expect(await books.ageing(ben, '2026-02-19')).toEqual({ days1To30: 5145 });
    expect(await books.ageing(ben, '2026-03-12')).toEqual({ days1To30: 3145 });
    expect(await books.ageing(ben, '2026-03-18')).toEqual({ days31To60: 3145 });
    expect(await books.ageing(ben, '2026-03-19')).toEqual({});
  });

  it('the statement of February opens, moves and closes as the days of the books say', async () => {
    const statement = await operator.api.get<{
      statements: {
        opening: { minor: number };
        closing: { minor: number };
        lines: { what: string; on: string }[];
      }[];
    }>(`/v1/invoicing/statements/${ben.accountId}/plain?from=2026-02-02&through=2026-02-28`);
    expect(statement.statements).toMatchObject([
      {
        opening: { minor: 5145 },
        lines: [{ on: '2026-02-20', what: 'Payment received' }],
        closing: { minor: 3145 },
      },
    ]);
  });
});
