import { Finance } from './ledger-language';
import { Operator, type Subscriber } from './operator';

/** On Feb 1 each has a bill of 50.00 and 2.9 % tax, 51.45, due on Feb 15. */
describe('a debt that is not simply paid', () => {
  let operator: Operator;
  let finance: Finance;
  let emil: Subscriber;
  let fay: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    finance = new Finance(operator);
    emil = await operator.subscriber('smart-5');
    fay = await operator.subscriber('smart-5');
  });

  it('a price reduction: the tax falls with it, and more than is open is refused', async () => {
    await operator.until('2026-02-02T15:00:00.000Z');
    const { id } = await finance.bill(fay, 0);
    const before = await finance.inTheBooks('taxPayable:US-NY');
    const { invoice } = await finance.posts('priceReduction', { invoiceId: id }, 1029, 'a week dark');
    expect(invoice).toMatchObject({ open: { minor: 5145 - 1029 }, paymentState: 'open' });
    expect(await finance.inTheBooks('priceReduction')).toBe(1000);
    expect(await finance.inTheBooks('taxPayable:US-NY')).toBe(before + 29);
    await expect(finance.posts('priceReduction', { invoiceId: id }, 5145, 'too much')).rejects.toThrow(
      /badInput/,
    );
    await expect(finance.posts('paymentCaptured', {}, 100, 'by hand')).rejects.toThrow(/system alone/);
  });

  it('Feb 18: a late fee on an overdue bill is paid after what is due', async () => {
    await operator.until('2026-02-18T20:00:00.000Z');
    const { id, open } = await finance.bill(fay, 0);
    await finance.posts('lateFee', { invoiceId: id }, 300, 'three days late');
    expect(await finance.collectable(fay)).toBe(open.minor + 300);
    await finance.receives(fay, open.minor + 100, { at: '2026-02-18T20:00:00.000Z' });
    expect(await operator.api.get(`/v1/invoicing/invoices/${id}`)).toMatchObject({
      open: { minor: 200 },
      feesOpen: { minor: 200 },
    });
  });

  it('a write-off: the open amount is closed, the case ends, nothing is collected any more', async () => {
    const { id, open } = await finance.bill(emil, 0);
    const { invoice } = await finance.posts(
      'writeOff',
      { invoiceId: id },
      null,
      'moved away without address',
    );
    expect(invoice).toMatchObject({ open: { minor: 0 }, writtenOff: true, paymentState: 'open' });
    expect(await finance.inTheBooks('badDebt')).toBe(open.minor);
    expect(await finance.collectable(emil)).toBe(0);
    const { data } = await operator.api.get<{ data: { state: string; outcome: string }[] }>(
      `/v1/payments/collections?accountId=${emil.accountId}`,
    );
    expect(data).toMatchObject([{ state: 'closed', outcome: 'writtenOff' }]);
  });

  it('then recovery: paid after all, it is no new revenue, and relieved tax is owed again', async () => {
    const { id, total, tax } = await finance.bill(emil, 0);
    await finance.posts('badDebtRelief', { invoiceId: id }, null, 'tax return of February');
    expect(await finance.inTheBooks('badDebt')).toBe(total.minor - tax.minor);
    await finance.receives(emil, total.minor, { invoiceId: id, at: '2026-02-18T20:00:00.000Z' });
    expect(await finance.inTheBooks('badDebt')).toBe(0);
    expect(await finance.bill(emil, 0)).toMatchObject({ paymentState: 'paid' });
    expect(await finance.balances(emil)).toEqual({});
  });
});
