import { Finance } from './ledger-language';
import { Operator, type Subscriber } from './operator';

/** On Feb 1 a bill of 50.00 and 2.9 % tax, 51.45; 80.00 were deposited before. */
describe('a deposit', () => {
  let operator: Operator;
  let finance: Finance;
  let dora: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    finance = new Finance(operator);
    dora = await operator.subscriber('smart-5');
    const { now } = await operator.api.get<{ now: string }>('/v1/test-clock');
    await finance.receives(dora, 8000, { purpose: 'deposit', at: now });
  });

  it('a deposit: held for the customer, neither revenue nor tax, and no bill takes it by itself', async () => {
    expect(await finance.inTheBooks('depositLiability')).toBe(-8000);
    expect(await finance.inTheBooks('clearing:bank')).toBe(8000);
    await operator.until('2026-02-02T15:00:00.000Z');
    const bill = await finance.bill(dora, 0);
    expect(bill.open).toEqual(bill.total);
    expect(await finance.balances(dora)).toEqual({ receivable: bill.total.minor, depositLiability: -8000 });
  });

  it('the deposit applied at the end, and its rest returned', async () => {
    const { id, total } = await finance.bill(dora, 0);
    await finance.posts('depositApplied', { invoiceId: id }, total.minor, 'end of contract');
    expect(await finance.bill(dora, 0)).toMatchObject({ paymentState: 'paid' });
    const rest = 8000 - total.minor;
    const back = { accountId: dora.accountId, gateway: 'bank' };
    await expect(finance.posts('depositReturned', back, rest + 1, 'too much')).rejects.toThrow(/deposit is/);
    await finance.posts('depositReturned', back, rest, 'end of contract');
    expect(await finance.balances(dora)).toEqual({});
    expect(await finance.inTheBooks('depositLiability')).toBe(0);
  });
});
