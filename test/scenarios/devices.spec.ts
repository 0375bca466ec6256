import { DeviceShop } from './devices-language';
import { Operator } from './operator';
import { OrderCounter } from './orders-language';

/** Phones of 480.00 in 24 instalments of 20.00, delivered on January 10; 8 % sales tax on devices, none on service. */
describe('devices on instalments, and lines that are barred for debt', () => {
  let operator: Operator;
  let shop: DeviceShop;

  beforeAll(async () => {
    operator = await Operator.open();
    shop = new DeviceShop(operator);
    const counter = new OrderCounter(operator);
    const leave = (name: string) =>
      counter.place({
        ...{ kind: 'termination', subscriptionId: shop.owner(name).subscriptionId, reason: 'moves abroad' },
      });
    const late = ['bar-charge', 'bar-stop', 'bar-credit'];
    const buyers = ['keeps', 'payoff', 'default', 'atonce', 'goeson', 'returns', 'dented'];
    await shop.open(
      {
        ...Object.fromEntries(buyers.map((name) => [name, 'line-10'])),
        ...{ subsidised: 'term-10', fullprice: 'term-10', regrets: 'line-10' },
        ...{ 'bar-charge': 'barred-charge', 'bar-stop': 'barred-stop', 'bar-credit': 'barred-credit' },
      },
      late,
    );
    await operator.until('2026-01-10T15:00:00.000Z');
    for (const name of ['payoff', 'default', 'goeson', 'returns', 'dented', 'regrets']) await shop.sell(name);
    await shop.sell('keeps', { downPayment: 4800 });
    await shop.sell('atonce', { onTermination: 'accelerate' });
    await shop.sell('subsidised', { price: { minor: 24000, currency: 'USD' }, value: 60000 });
    await shop.sell('fullprice', { price: { minor: 24000, currency: 'USD' } });
    await shop.ask('regrets', 'cancel');
    await operator.until('2026-03-01T20:00:00.000Z');
    await operator.until('2026-03-10T15:00:00.000Z');
    for (const name of ['atonce', 'goeson', 'subsidised', 'fullprice']) await leave(name);
    await shop.ask('payoff', 'pay-off');
    await shop.ask('default', 'acceleration', { because: 'default' });
    await shop.ask('returns', 'credit', { kind: 'return' });
    await shop.ask('dented', 'credit', {
      kind: 'priceReduction',
      amount: { minor: 10000, currency: 'USD' },
    });
    await pay(late);
    await operator.until('2026-05-01T20:00:00.000Z');
  }, 240_000);

  /** What is overdue is paid at the bank, and the bars are lifted. */
  async function pay(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const { accountId } = shop.owner(name);
      const { data } = await operator.api.get<{ data: { invoiceId: string; open: object; dueOn: string }[] }>(
        `/v1/payments/payables?open=true&accountId=${accountId}`,
      );
      for (const { invoiceId, open } of data)
        await operator.api.post('/v1/payments/payments', {
          ...{ accountId, invoiceId, amount: open, method: 'bank', reference: `transfer ${invoiceId}` },
          receivedAt: '2026-03-10T15:00:00.000Z',
        });
    }
    await operator.settle();
  }

  it('D01 Feb 1: the delivery has the whole price and all its tax, 48.00 down, the first of 24', async () => {
    expect(await shop.bill('keeps', 0)).toEqual([
      'Ten: Line 1000',
      'Phone 48000',
      'Phone: to be paid in 24 instalments -43200',
      'Phone: instalment 1 of 24, 23 left, $414.00 remaining 1800',
      'Sales tax on 48000 3840',
      'total 11440', // 48.00 + 18.00 + 10.00 + 38.40
    ]);
  });

  it('D02 May 1: the fourth instalment bears no tax; the ledger owes the 20 that are left', async () => {
    expect(await shop.bill('keeps', 3)).toEqual([
      'Ten: Line 1000',
      'Phone: instalment 4 of 24, 20 left, $360.00 remaining 1800',
      'total 2800',
    ]);
    expect(await shop.owes('keeps', 'deviceReceivable')).toBe(36000);
    expect(await shop.owes('keeps', 'revenue:device')).toBe(-48000);
    expect(await shop.plan('keeps')).toMatchObject({ state: 'running', open: { minor: 36000 } });
  });

  it('D03 Mar 10: paid off: the rest is one line of the April bill, then nothing', async () => {
    expect(await shop.bill('payoff', 2)).toEqual([
      'Ten: Line 1000',
      'Phone: instalment 3 of 24, 21 left, $420.00 remaining 2000',
      'Phone: 21 remaining instalments, paid off early 42000',
      'total 45000',
    ]);
    expect(await shop.bill('payoff', 3)).toEqual(['Ten: Line 1000', 'total 1000']);
    expect(await shop.plan('payoff')).toMatchObject({
      ...{ state: 'completed', billed: { minor: 6000 }, paidOff: { minor: 42000 }, open: { minor: 0 } },
    });
    expect(await shop.owes('payoff', 'deviceReceivable')).toBe(0);
  });

  it('D04 Mar 10: default: all that is open is asked for at once', async () => {
    expect(await shop.bill('default', 2)).toContain(
      'Phone: 21 remaining instalments, due at once for default 42000',
    );
    expect(await shop.plan('default')).toMatchObject({ accelerated: { minor: 42000 } });
  });

  it('D05 Mar 10: the service ends, and with it the plan that was sold so', async () => {
    expect(await shop.bill('atonce', 2)).toEqual([
      'Ten: Line 290', // 9 of 31 days
      'Phone: instalment 3 of 24, 21 left, $420.00 remaining 2000',
      'Phone: 21 remaining instalments, due at once with the end of the service 42000',
      'total 44290',
    ]);
  });

  it('D06 Mar 10: the service ends, the instalments go on: May has a bill of one instalment', async () => {
    expect(await shop.bill('goeson', 2)).toContain('Ten: Line 290');
    expect(await shop.bill('goeson', 3)).toEqual([
      'Phone: instalment 4 of 24, 20 left, $400.00 remaining 2000',
      'total 2000',
    ]);
  });

  it('D07 EU: worth 600.00, sold at 240.00: the fee is the remaining charges, 217.10 of 300.00', async () => {
    expect(await shop.bill('subsidised', 2)).toContain('Term: Early termination 21710');
  });

  it('D08 EU: all of its worth is paid by instalments: nothing is owed for leaving', async () => {
    expect((await shop.bill('fullprice', 2)).filter((line) => line.includes('Early'))).toEqual([]);
  });

  it('D09 Mar 10: returned: 440.00 open fall, 40.00 and the tax are account credit', async () => {
    expect(await shop.plan('returns')).toMatchObject({
      ...{ state: 'returned', open: { minor: 0 }, reduced: { minor: 44000 }, billed: { minor: 4000 } },
    });
    expect(await shop.bill('returns', 2)).toEqual(['Ten: Line 1000', 'total 1000, 1000 from credit']);
    expect(await shop.owes('returns', 'deviceReceivable')).toBe(0);
    expect(await shop.owes('returns', 'taxPayable:US-NY')).toBe(0);
    expect(await shop.owes('returns', 'customerCredit')).toBe(-7840 + 2000); // two bills of 10.00 are paid from it
  });

  it('D10 Mar 10: 100.00 off a dented one: with 8.00 of tax the last instalments fall by 108.00', async () => {
    expect((await shop.bill('dented', 2))[1]).toBe(
      'Phone: instalment 3 of 24, 16 left, $312.00 remaining 2000',
    );
    expect(await shop.plan('dented')).toMatchObject({ reduced: { minor: 10800 }, open: { minor: 29200 } });
    expect(await shop.owes('dented', 'deviceReceivable')).toBe(29200);
  });

  it('D11 a sale that was cancelled before its bill leaves nothing', async () => {
    expect(await shop.bill('regrets', 0)).toEqual(['Ten: Line 1000', 'total 1000']);
    expect(await shop.plan('regrets')).toMatchObject({ state: 'cancelled' });
  });

  it('D12 asking again changes nothing; a plan without open instalments is refused; credit beyond the price too', async () => {
    expect(await shop.ask('payoff', 'pay-off')).toMatchObject({ state: 'completed' });
    await expect(shop.ask('returns', 'pay-off')).rejects.toMatchObject({ status: 409 });
    const tooMuch = { kind: 'priceReduction', amount: { minor: 38001, currency: 'USD' } };
    await expect(shop.ask('dented', 'credit/preview', tooMuch)).rejects.toMatchObject({ status: 422 });
  });

  it('B01 barred from Feb 25 to Mar 10, charged on: March and April in full', async () => {
    expect(await shop.bill('bar-charge', 1)).toEqual(['Barred: Line 3100', 'total 3100']);
    expect(await shop.bill('bar-charge', 2)).toEqual(['Barred: Line 3100', 'total 3100']);
  });

  it('B02 stop: March is charged from the day on which the service goes on, 22 of 31 days', async () => {
    expect(await shop.bill('bar-stop', 1)).toEqual(['Barred: Line 2200', 'Barred: Line 3100', 'total 5300']);
  });

  it('B03 credit: the 4 days of February that were billed are given back as well', async () => {
    expect(await shop.bill('bar-credit', 1)).toEqual(['Barred: Line, given back -443', 'total -443']);
    expect((await shop.bill('bar-credit', 2)).slice(0, 2)).toEqual([
      'Barred: Line 2200',
      'Barred: Line 3100',
    ]);
  });
});
