import { Finance } from './ledger-language';
import { Operator, type Subscriber } from './operator';

/** 15.00 for 30 days with 2.9 % tax in it: 0.42 and 14.58. */
describe('tax that is due at the retail sale', () => {
  let operator: Operator;
  let finance: Finance;
  let ivy: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    finance = new Finance(operator);
    await operator.api.put('/v1/invoicing/ledger/settings', {
      taxAt: 'sale',
      topUpTaxCode: 'telecom',
      reason: 'the law of the sample state',
    });
    ivy = await operator.subscriber('prepaid-30', { card: 'ok' });
  });

  it('Jan 30: the tax in a renewal is split off when it is paid, the rest is earned by the day', async () => {
    await operator.until('2026-01-30T20:00:00.000Z');
    const { data } = await operator.api.get<{
      data: object[];
    }>(`/v1/invoicing/ledger/payments?accountId=${ivy.accountId}`);
    expect(data).toMatchObject([
      { amount: { minor: 1500 }, taxes: [{ amount: { minor: 42 } }], taxMissing: null },
    ]);
    expect(await finance.inTheBooks('taxPayable:US-NY')).toBe(-42);
    expect(await finance.inTheBooks('contractLiability:prepaidPeriod')).toBe(-1458);
  });
});
