import { BooksOf } from './books-language';
import { CommerceOf } from './commercial-language';
import { Operator, type Subscriber } from './operator';

/** Phone bundle: 30.00 a month in advance less 10 %; revenue 60 : 40 of service and phone, tax base half and half. */
describe('a bundle of service and device', () => {
  let operator: Operator;
  let shop: CommerceOf;
  let ben: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    shop = new CommerceOf(operator);
    await shop.offer();
    ben = await operator.subscriber('phone-bundle');
    await operator.until('2026-02-01T20:00:00.000Z');
  });

  it('Feb 1: one price a month on the bill, taxed by its parts after the saving', async () => {
    expect(await shop.bill(ben, 0)).toEqual([
      'Phone bundle: Phone and service 2026-01-01..2026-02-01 3000',
      'Phone bundle: Phone and service 2026-02-01..2026-03-01 3000',
      'Bundle saving -600',
      'NY excise tax on mobile service on 2700 78',
      'Sales tax on device on 2700 216',
      'total 5694',
    ]);
    const [bill] = await shop.bills(ben);
    expect(
      bill?.lines.map(({ net, allocation }) => [
        net.minor,
        allocation?.revenue.map(({ amountMinor }) => amountMinor),
        allocation?.tax.map(({ amountMinor }) => amountMinor),
      ]),
    ).toEqual([
      [2700, [1620, 1080], [1350, 1350]],
      [2700, [1620, 1080], [1350, 1350]],
    ]);
  });

  it('Feb 1: January is revenue of service and device, February is deferred; Mar 1: earned by the same shares', async () => {
    const books = new BooksOf(operator);
    expect(await books.trialBalance('2026-02-01')).toMatchObject({
      'revenue:service': -1620,
      'revenue:device': -1080,
      deferredRevenue: -2700,
    });
    expect((await books.deferrals(ben)).map(([, total]) => total).sort()).toEqual([1080, 1620]);
    await operator.until('2026-03-01T20:00:00.000Z');
    expect(await books.trialBalance('2026-02-28')).toMatchObject({
      'revenue:service': -3240,
      'revenue:device': -2160,
      deferredRevenue: 0,
    });
  });
});
