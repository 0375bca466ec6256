import { Finance } from './ledger-language';
import { Operator, type Subscriber } from './operator';

/** On Feb 1 a bill of January and February (50.00 and 1.45 tax), on Mar 1 one of March (25.00 and 0.73). */
describe('money that no bill takes', () => {
  let operator: Operator;
  let finance: Finance;
  let ann: Subscriber;
  let bob: Subscriber;
  let cleo: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    finance = new Finance(operator);
    ann = await operator.subscriber('smart-5');
    bob = await operator.subscriber('smart-5');
    cleo = await operator.subscriber('smart-5');
  });

  it('an overpayment: 10.00 too much becomes account credit', async () => {
    await operator.until('2026-02-05T15:00:00.000Z');
    const { id, open } = await finance.bill(ann, 0);
    await finance.receives(ann, open.minor + 1000, { invoiceId: id, at: '2026-02-05T15:00:00.000Z' });
    expect(await finance.bill(ann, 0)).toMatchObject({ paymentState: 'paid', open: { minor: 0 } });
    expect(await finance.balances(ann)).toEqual({ customerCredit: -1000 });
  });

  it('an ex-gratia credit: 5.00 of goodwill, with its reason, and no tax changes', async () => {
    const tax = await finance.inTheBooks('taxPayable:US-NY');
    await finance.posts('exGratiaCredit', { accountId: cleo.accountId }, 500, 'a long outage in Albany');
    expect(await finance.balances(cleo)).toMatchObject({ customerCredit: -500 });
    expect(await finance.inTheBooks('goodwill')).toBe(500);
    expect(await finance.inTheBooks('taxPayable:US-NY')).toBe(tax);
  });

  it('an allocation undone: the bill is open again and payments hears of it, the money is credit', async () => {
    const { id, open } = await finance.bill(bob, 0);
    await finance.receives(bob, open.minor, { invoiceId: id, at: '2026-02-05T15:00:00.000Z' });
    expect(await finance.collectable(bob)).toBe(0);
    const [paid] = await finance.allocations(bob);
    await finance.undoes(paid!, null, 'meant for a bill to come');
    expect(await finance.bill(bob, 0)).toMatchObject({ paymentState: 'open', open });
    expect(await finance.balances(bob)).toEqual({ receivable: open.minor, customerCredit: -open.minor });
    expect(await finance.collectable(bob)).toBe(open.minor);
    await expect(finance.undoes(paid!, id, 'again')).rejects.toThrow(/alreadyUndone/);
  });

  it('Mar 1: the credit pays the next bill, as payment and not as a lower price', async () => {
    await operator.until('2026-03-01T20:00:00.000Z');
    const next = await finance.bill(ann, 1);
    expect(next).toMatchObject({ paymentState: 'partiallyPaid', open: { minor: next.total.minor - 1000 } });
    expect(await finance.allocations(ann)).toMatchObject([
      { source: 'payment' },
      { source: 'credit', invoiceId: next.id, amount: { minor: 1000 } },
    ]);
    expect(await finance.bill(cleo, 1)).toMatchObject({ open: { minor: next.total.minor - 500 } });
    expect(await finance.bill(bob, 1)).toMatchObject({ paymentState: 'paid', total: { minor: 2573 } });
    expect(await finance.balances(bob)).toEqual({ receivable: 5145, customerCredit: -2572 });
  });

  it('put elsewhere: credit that was used for the new bill pays the old one instead', async () => {
    const [first, second] = [await finance.bill(bob, 0), await finance.bill(bob, 1)];
    const [used] = await finance.allocations(bob);
    await finance.undoes(used!, first.id, 'the older bill first, as the customer asked');
    expect(await finance.bill(bob, 0)).toMatchObject({
      paymentState: 'partiallyPaid',
      open: { minor: 2572 },
    });
    expect(await finance.bill(bob, 1)).toMatchObject({ paymentState: 'open', open: second.total });
    expect(await finance.allocations(bob)).toMatchObject([{ source: 'credit', invoiceId: first.id }]);
    expect(await finance.collectable(bob)).toBe(2572 + 2573);
  });

  it('credit that is left is applied by hand to the bill that needs it', async () => {
    const { id } = await finance.bill(bob, 0);
    await expect(finance.posts('creditApplied', { invoiceId: id }, 2573, 'too much')).rejects.toThrow(/2572/);
    await finance.posts('creditApplied', { invoiceId: id }, 2572, 'the rest of it');
    expect(await finance.bill(bob, 0)).toMatchObject({ paymentState: 'paid' });
    expect(await finance.balances(bob)).toEqual({ receivable: 2573 });
  });
});
