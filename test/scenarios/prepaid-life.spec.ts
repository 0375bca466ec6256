import { Operator, type Subscriber } from './operator';
import { Prepaid } from './prepaid-language';

/** All plans begin on January 1 at 05:00 UTC, are paid for until January 31 and charged a day before. */
describe('the life of a plan paid in advance', () => {
  let operator: Operator;
  let prepaid: Prepaid;
  let lou: Subscriber;
  let eve: Subscriber;
  let off: Subscriber;
  let pia: Subscriber;
  let gus: Subscriber;
  let tom: Subscriber;
  let rae: Subscriber;
  let kim: Subscriber;

  const paidPeriods = async (subscriber: Subscriber): Promise<string[]> =>
    (await prepaid.subscription(subscriber)).paidPeriods.map(
      ({ from, to }) => `${from.slice(5, 16)} ${to.slice(5, 16)}`,
    );

  beforeAll(async () => {
    operator = await Operator.open();
    prepaid = new Prepaid(operator);
    await prepaid.sellWeeks();
    await prepaid.rules({ retryHours: [60], keepNumberDays: 5, refundUnused: true, refundRounding: 'down' });
    lou = await operator.subscriber('prepaid-30', { card: 'hard' });
    eve = await operator.subscriber('prepaid-30');
    off = await operator.subscriber('prepaid-30', { card: 'ok' });
    pia = await operator.subscriber('prepaid-30', { card: 'ok' });
    gus = await operator.subscriber('prepaid-30', { card: 'expired' });
    tom = await operator.subscriber('prepaid-30');
    rae = await operator.subscriber('prepaid-30', { card: 'ok' });
    kim = await operator.subscriber('prepaid-30', { card: 'ok' });
    await prepaid.change(off, { autoRenew: false });
    await prepaid.change(pia, { nextOfferingId: 'prepaid-7' });
    await prepaid.voucher(tom, 2000, 'VOUCHER-1');
  });

  it('a voucher is good once, and a top-up has its receipt', async () => {
    await expect(prepaid.voucher(kim, 2000, 'VOUCHER-1')).rejects.toMatchObject({ status: 409 });
    expect(await prepaid.balance(kim)).toBe(0);
    expect(await operator.messages(tom)).toEqual(['2026-01-01 topUpReceipt']);
  });

  it('Jan 30: a renewal is paid from the top-up balance, not by card, with a receipt and no invoice', async () => {
    await operator.until('2026-01-30T20:00:00.000Z');
    expect(await prepaid.movements(tom)).toEqual(['topUp 2000', 'renewal -1500']);
    expect(await prepaid.balance(tom)).toBe(500);
    expect(await paidPeriods(tom)).toEqual(['01-01T05:00 01-31T05:00', '01-31T05:00 03-02T05:00']);
    expect((await operator.messages(tom)).at(-1)).toBe('2026-01-30 renewalReceipt');
    expect(await operator.bills(tom)).toEqual([]);
  });

  it('Jan 30: plan change at renewal: the planned plan’s price and days, from the new period on', async () => {
    expect(await prepaid.atGateway(pia)).toEqual({ taken: 500, returned: 0 });
    expect(await paidPeriods(pia)).toEqual(['01-01T05:00 01-31T05:00', '01-31T05:00 02-07T05:00']);
    expect((await prepaid.subscription(pia)).plans).toEqual([
      { offeringId: 'prepaid-30', from: '2026-01-01T05:00:00.000Z', to: '2026-01-31T05:00:00.000Z' },
      { offeringId: 'prepaid-7', from: '2026-01-31T05:00:00.000Z', to: null },
    ]);
    await prepaid.change(pia, { autoRenew: false });
  });

  it('Jan 31: auto-renew off: the plan ends with its period, and no card was charged', async () => {
    await operator.until('2026-01-31T12:00:00.000Z');
    expect(await prepaid.renewal(off)).toMatchObject({ state: 'lapsed' });
    expect(await operator.inNetwork(off)).toBe('suspended');
    expect(await prepaid.atGateway(off)).toEqual({ taken: 0, returned: 0 });
  });

  it('Feb 1: in grace a changed card is charged at once, and the period begins then', async () => {
    await operator.until('2026-02-01T10:00:00.000Z');
    expect(await prepaid.renewal(gus)).toMatchObject({ state: 'grace' });
    expect(await operator.inNetwork(gus)).toBe('active');
    await operator.card(gus.accountId, 'tok_ok.gus-new');
    await operator.settle();
    expect(await prepaid.renewal(gus)).toMatchObject({ state: 'active' });
    expect((await paidPeriods(gus))[1]).toBe('02-01T10:00 03-03T10:00');
  });

  it('Feb 3: lapse, and Feb 5 late renewal: it starts when it is paid and brings the service back', async () => {
    await operator.until('2026-02-05T10:00:00.000Z');
    expect(await prepaid.renewal(lou)).toMatchObject({
      state: 'lapsed',
      keptUntil: '2026-02-08T05:00:00.000Z',
    });
    expect(await operator.inNetwork(lou)).toBe('suspended');
    expect(await prepaid.renew(lou)).not.toBe('succeeded');
    await operator.card(lou.accountId, 'tok_ok.lou-new');
    expect(await prepaid.renew(lou)).toBe('succeeded');
    expect(await prepaid.renewal(lou)).toMatchObject({ state: 'active', keptUntil: null });
    expect((await paidPeriods(lou))[1]?.slice(0, 8)).toBe('02-05T10');
    expect(await operator.inNetwork(lou)).toBe('active');
    expect(await prepaid.atGateway(lou)).toEqual({ taken: 1500, returned: 0 });
  });

  it('Feb 8: expiry ends the subscription and frees its number into ageing', async () => {
    await operator.until('2026-02-08T10:00:00.000Z');
    expect(await prepaid.renewal(eve)).toMatchObject({ state: 'expired' });
    expect((await prepaid.subscription(eve)).status).toBe('terminated');
    const number = await operator.api.get<{ state: string }>(`/v1/customers/inventory/msisdn/${eve.msisdn}`);
    expect(number.state).toBe('ageing');
    await expect(prepaid.renew(eve)).rejects.toMatchObject({ status: 409 });
  });

  it('Feb 15: termination gives back the unused days to the card: 15 of 30 for 15.00', async () => {
    await operator.until('2026-02-15T05:00:00.000Z');
    await prepaid.terminate(rae);
    expect(await prepaid.refunds(rae)).toEqual(['renewal 750 sandbox succeeded']);
    expect(await prepaid.atGateway(rae)).toEqual({ taken: 1500, returned: 750 });
    expect((await operator.messages(rae)).at(-1)).toBe('2026-02-15 refundMade');
  });

  it('what was paid from the balance goes back to it, and the balance by bank: a voucher has no card', async () => {
    // Some seconds later: the day that has begun is used.
    await prepaid.terminate(tom);
    expect(await prepaid.refunds(tom)).toEqual(['renewal 700 topUp succeeded']);
    expect(await prepaid.balance(tom)).toBe(1200);
    await prepaid.giveBack(tom, 'topUp');
    expect(await prepaid.balance(tom)).toBe(0);
    expect((await prepaid.refunds(tom)).at(-1)).toBe('topUp 1200 bank payOut');
  });

  it('a top-up by card goes back to that card, once', async () => {
    expect(await prepaid.topUpByCard(kim, 1000)).toBe('succeeded');
    await prepaid.giveBack(kim, 'topUp');
    expect(await prepaid.refunds(kim)).toEqual(['topUp 1000 sandbox succeeded']);
    expect(await prepaid.atGateway(kim)).toEqual({ taken: 2500, returned: 1000 });
    await expect(prepaid.giveBack(kim, 'topUp')).rejects.toMatchObject({ status: 409 });
  });

  it('none of it is a debt: no payable, no collection, no invoice', async () => {
    const all = [lou, eve, off, pia, gus, tom, rae, kim];
    for (const { accountId } of all) {
      for (const list of ['payments/payables', 'payments/collections', 'invoicing/invoices'])
        expect(await operator.api.get(`/v1/${list}?accountId=${accountId}`)).toMatchObject({ data: [] });
    }
  });
});
