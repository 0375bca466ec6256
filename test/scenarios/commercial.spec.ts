import { CommerceOf } from './commercial-language';
import { Operator, type Subscriber } from './operator';

/**
 * Ada: quarter line, 90.00 a quarter in advance, 5.00 a month of assistance in arrears, 30.00 setup, 20 % off three
 * bills, a coupon of one tax category. Dora: smart 5 GB, 25.00 a month in advance, a minute to Germany 0.12 after 0.02
 * for the connection, a text 0.10, and prices agreed with her. Cleo: quarter line in a cycle whose drafts are looked at.
 */
describe('what sales and care do with prices', () => {
  let operator: Operator;
  let shop: CommerceOf;
  let ada: Subscriber;
  let dora: Subscriber;
  let cleo: Subscriber;
  let reviewedCycleId: string;
  let swapId: string;
  const german = '+4930123456';

  const steer = async (cutOffOn: string, what: string): Promise<void> => {
    const { id } = await operator.run(cutOffOn, reviewedCycleId);
    await operator.api.post(`/v1/invoicing/runs/${id}/${what}`, { reason: 'the diary says so' });
    await operator.settle();
  };
  const agreeWithDora = async (): Promise<void> => {
    const fee = { offeringId: 'smart-5', chargeId: 'smart-5-fee', amountMinor: 2000 };
    await shop.agree(dora, { kind: 'charge', ...fee }, { from: '2026-02-01T05:00:00.000Z' });
    const times = { from: '2026-01-10T05:00:00.000Z', to: '2026-01-20T05:00:00.000Z' };
    const minutes = { connectFee: '0', rate: '0.03', perUnits: 60, initialIncrement: 60, nextIncrement: 60 };
    const entry = {
      ...{ prefix: '49', usageType: 'voice', servingZone: 'home', zone: 'international' },
      ...{ description: 'Calls to Germany', ...minutes, roundAt: 'record', rounding: 'halfUp' },
    };
    await shop.agree(dora, { kind: 'deckRate', deckId: 'pinewood-retail', entry }, times);
    const when = { usageTypes: ['sms'], zones: ['international'] };
    const price = { charge: { model: 'flat', amount: '0.04' } };
    const rule = { priceId: 'texts', name: 'Texts abroad', when, price };
    await shop.agree(dora, { kind: 'usagePrice', rule }, times);
  };

  beforeAll(async () => {
    operator = await Operator.open();
    shop = new CommerceOf(operator);
    await shop.offer();
    reviewedCycleId = await operator.addCycle('Looked at', { approval: 'required' });
    dora = await operator.subscriber('smart-5');
    await agreeWithDora();
    cleo = await operator.subscriber('quarter-line', { cycleId: reviewedCycleId });
    swapId = (await shop.place(cleo, 1500, 'SIM swap')).id;
    await operator.until('2026-01-11T12:00:00.000Z');
    ada = await operator.subscriber('quarter-line', { activeFrom: '2026-01-11T05:00:00.000Z' });
    await shop.redeem(ada, 'SPRING-3');
  });

  it('Jan 11, Ada: the preview has the setup fee, the promotion and the coupon, and uses none of them up', async () => {
    expect(await shop.preview(ada)).toBe(9878);
    expect(await shop.preview(ada)).toBe(9878);
  });

  it('Jan 20, Dora: calls and texts to Germany before, within and after the days that were agreed on', async () => {
    await operator.until('2026-01-20T12:00:00.000Z');
    await operator.usage(dora, [
      { at: '2026-01-10T04:59:59Z', seconds: 120, to: german }, // 0.26
      { at: '2026-01-10T05:00:00Z', seconds: 120, to: german }, // 0.06
      { at: '2026-01-20T05:00:00Z', seconds: 60, to: german }, // 0.14
      { at: '2026-01-12T12:00:00Z', text: true, to: german }, // 0.04
      { at: '2026-01-20T12:00:00Z', text: true, to: german }, // 0.10
    ]);
  });

  it('Feb 1, Cleo: the draft has the setup fee, the first 20 % and the SIM swap, which can be cancelled no more', async () => {
    await operator.until('2026-02-01T12:00:00.000Z');
    expect(await shop.bill(cleo, 0, 'draft')).toEqual(
      expect.arrayContaining(['SIM swap 2026-01-01..2026-01-02 1500', 'Welcome -2500, 1 of 3']),
    );
    await expect(shop.cancel(swapId)).rejects.toMatchObject({ status: 409, problem: { code: 'onBill' } });
  });

  it('Feb 1, Cleo: the account is skipped: fee, use and charge are free again', async () => {
    await steer('2026-02-01', `accounts/${cleo.accountId}/skip`);
    await steer('2026-02-01', 'approve');
    expect(await shop.cancel(swapId)).toMatchObject({ state: 'cancelled' });
  });

  it('Feb 1, Ada: setup, the quarter from Jan 11, 21 of 31 days of assistance; the coupon takes what assistance has left', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    expect(await shop.bill(ada, 0)).toEqual([
      'Quarter line: Setup 2026-01-11..2026-01-12 3000',
      'Quarter line: Line 2026-01-11..2026-04-11 9000',
      'Quarter line: Assistance 2026-01-11..2026-02-01 339',
      'Welcome -2468, 1 of 3', // 20 % of 123.39: 24.00 of telecom, 0.68 of assistance
      'Spring (SPRING-3) -271, 1 of 2',
      'NY excise tax on mobile service on 9600 278',
      'total 9878',
    ]);
  });

  it('Feb 1, Dora: January at the list price, February at her own; calls and texts by the day', async () => {
    expect(await shop.bill(dora, 0)).toEqual([
      'Smart 5 GB: Smart 5 GB monthly 2026-01-01..2026-02-01 2500',
      'Smart 5 GB: Smart 5 GB monthly 2026-02-01..2026-03-01 2000',
      'Calls to Germany 2026-01-01..2026-02-01 46',
      'Text messages to Germany 2026-01-01..2026-02-01 14',
      'NY excise tax on mobile service on 4560 132',
      'total 4692',
    ]);
  });

  it('Dora: each record says that its rate was agreed', async () => {
    const { data } = await operator.api.get<{ data: { recordId: string; startAt: string }[] }>(
      `/v1/rating/usage?accountId=${dora.accountId}&limit=10`,
    );
    const told = await Promise.all(
      data.map(({ recordId }) =>
        operator.api.get<{ startAt: string; sentence: string }>(`/v1/rating/usage/${recordId}/explanation`),
      ),
    );
    const agreed = told.filter(({ sentence }) => sentence.includes('as agreed with the customer'));
    expect(agreed.map(({ startAt }) => startAt)).toEqual(['2026-01-10T05:00:00.000Z']);
    expect(agreed[0]?.sentence).toContain('120 s charged; 0.03 USD per 60 s;');
  });

  it('Mar 1, Cleo: the next run has them once: setup, the quarter, two months of assistance, the first of three uses', async () => {
    await operator.until('2026-03-01T12:00:00.000Z');
    await steer('2026-03-01', 'approve');
    await operator.until('2026-03-01T20:00:00.000Z');
    expect(await shop.bill(cleo, 0)).toEqual([
      'Quarter line: Setup 2026-01-01..2026-01-02 3000',
      'Quarter line: Line 2026-01-01..2026-04-01 9000',
      'Quarter line: Assistance 2026-01-01..2026-02-01 500',
      'Quarter line: Assistance 2026-02-01..2026-03-01 500',
      'Welcome -2600, 1 of 3',
      'NY excise tax on mobile service on 9600 278',
      'Sales tax on assistance on 800 64',
      'total 10742',
    ]);
  });

  it('Mar 1, Ada: the quarter is paid; 20 % of 5.00, then 3.00 off of assistance', async () => {
    await operator.until('2026-03-01T20:00:00.000Z');
    expect(await shop.bill(ada, 1)).toEqual([
      'Quarter line: Assistance 2026-02-01..2026-03-01 500',
      'Welcome -100, 2 of 3',
      'Spring (SPRING-3) -300, 2 of 2',
      'Sales tax on assistance on 100 8',
      'total 108',
    ]);
  });

  it('Mar 10, Ada: a SIM swap is placed for the next bill; another one is cancelled; an unknown tax code is refused', async () => {
    await operator.until('2026-03-10T12:00:00.000Z');
    await shop.place(ada, 1500, 'SIM swap');
    const { id } = await shop.place(ada, 900, 'Number change');
    await shop.cancel(id);
    const unknown = {
      accountId: ada.accountId,
      amount: { minor: 100, currency: 'USD' },
      taxCode: 'nobody',
      description: 'X',
    };
    await expect(
      operator.api.post('/v1/invoicing/one-off-charges', { ...unknown, reason: 'a slip' }),
    ).rejects.toMatchObject({ status: 422, problem: { field: 'taxCode' } });
  });

  it('Apr 1, Ada: the next quarter in advance, the third and last 20 %, the SIM swap at its price', async () => {
    await operator.until('2026-04-01T20:00:00.000Z');
    expect(await shop.bill(ada, 2)).toEqual([
      'SIM swap 2026-03-10..2026-03-11 1500',
      'Quarter line: Assistance 2026-03-01..2026-04-01 500',
      'Quarter line: Line 2026-04-11..2026-07-11 9000',
      'Welcome -1900, 3 of 3',
      'NY excise tax on mobile service on 8700 252',
      'Sales tax on assistance on 400 32',
      'total 9384',
    ]);
    const { data } = await operator.api.get<{ data: { description: string; state: string }[] }>(
      `/v1/invoicing/one-off-charges?accountId=${ada.accountId}`,
    );
    expect(data.map(({ description, state }) => `${description}: ${state}`).sort()).toEqual([
      'Number change: cancelled',
      'SIM swap: billed',
    ]);
  });

  it('May 1, Ada: list price again', async () => {
    await operator.until('2026-05-01T20:00:00.000Z');
    expect(await shop.bill(ada, 3)).toEqual([
      'Quarter line: Assistance 2026-04-01..2026-05-01 500',
      'Sales tax on assistance on 500 40',
      'total 540',
    ]);
    const [first] = await shop.bills(ada);
    expect(await shop.explained(first!, 3)).toEqual([
      'Quarter line: Assistance: $5.00, list price of quarter-line version 1',
      '11 Jan 2026 – 31 Jan 2026 of 1 Jan 2026 – 31 Jan 2026: 21 of 31 days x $5.00 = $3.39',
      'Welcome, 20 % (1 of 3): -$0.68',
      'Spring, $3.00 (1 of 2): -$2.71',
      'Before tax: $0.00',
    ]);
  });
});
