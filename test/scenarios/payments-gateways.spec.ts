import { runningStack } from '../setup/running-stack';
import { Corrections } from './corrections-language';
import { Operator, type Subscriber } from './operator';
import {
  attemptsOf,
  chargesAt,
  counted,
  payAtBank,
  paymentsOf,
  refusalsOf,
  setFault,
  standing,
  tellSandboxEvent,
} from './payments-language';

const declines = ['soft', 'hard', 'fraud', 'action', 'expired'];
const later = ['disputeWon', 'disputeLost', 'disputeReversed', 'inquiry', 'pendingTwice', 'pendingLate'];
/** One card that eleven subscribers share, three of them at the second merchant. */
const sharers = Array.from({ length: 11 }, (_, no) => `sharer${no}`);

describe('cards', () => {
  let operator: Operator;
  const of: Record<string, Subscriber> = {};
  const named = (name: string): Subscriber => of[name] as Subscriber;
  const stands = (name: string): Promise<string> => standing(operator, named(name));
  const attempts = (name: string) => attemptsOf(operator, named(name));
  const method = (name: string, token: string, more: object = {}): Promise<{ id: string }> =>
    operator.api.post('/v1/payments/methods', {
      ...{ accountId: named(name).accountId, token: `tok_${token}`, makeDefault: true, autoPay: true },
      ...more,
    });
  const payer = (name: string, settings: object): Promise<unknown> =>
    operator.api.put(`/v1/payments/payers/${named(name).accountId}`, { autoPay: true, ...settings });
  const payNow = async (name: string): Promise<void> => {
    await operator.api.post('/v1/payments/pay-now', { accountId: named(name).accountId });
    await operator.settle();
  };

  beforeAll(async () => {
    operator = await Operator.open();
    await operator.api.put('/v1/payments/gateway-routing', {
      rules: [{ kinds: ['card'], gateways: ['sandbox', 'sandboxStandby'] }],
      reason: 'a second merchant account',
    });
    const others = ['failOver', 'lost', 'found', 'backup', 'early', 'capped', 'expiring', 'over', 'never'];
    const names = [
      ...declines,
      ...later,
      ...others,
      'cameBack',
      'decidedPaid',
      'decidedNot',
      'inWallet',
      ...sharers,
    ];
    Object.assign(of, await operator.subscribersNamed('smart-5', names));
    for (const card of [...declines, ...later])
      await operator.card(named(card).accountId, `tok_${later.includes(card) ? `${card}-ok` : card}.${card}`);
    for (const [name, token] of [
      ['failOver', 'ok.first'],
      ['lost', 'timeoutLost-ok.lost'],
      ['found', 'timeoutCharged-ok.found'],
    ] as const)
      await method(name, token, {
        alsoAt: [{ gateway: 'sandboxStandby', token: `tok_ok.standby-${name}` }],
      });
    await method('backup', 'soft.default');
    const { id: backupMethodId } = await method('backup', 'ok.backup', { makeDefault: false });
    await payer('backup', { backupMethodId });
    await method('early', 'ok.early');
    await payer('early', { autoPayDaysBefore: 5 });
    await method('capped', 'ok.capped');
    await payer('capped', { autoPayCap: { minor: 1, currency: 'USD' } });
    await method('expiring', 'ok.expires-2026-02');
    await method('never', 'never.brand-visa-1');
    await method('cameBack', 'refundFails.cameBack');
    const atStandby = { gateway: 'sandboxStandby' };
    await method('decidedPaid', 'timeoutCharged-ok.decidedPaid', atStandby);
    await method('decidedNot', 'timeoutLost-ok.decidedNot', atStandby);
    for (const [no, name] of sharers.entries())
      await method(name, `soft-ok.same-blue-brand-mastercard-${no}`, no < 3 ? atStandby : {});
    // The twelfth pays with the same card in a wallet, whose number is the device's own.
    await method('inWallet', 'soft-ok.same-blue-brand-mastercard-11');
    await method('inWallet', 'soft-ok.wallet-applePay-same-blue-brand-mastercard');
    await operator.until('2026-02-02T20:00:00.000Z');
  });

  const refundsOf = async (name: string) =>
    (await operator.api.get<{ data: object[] }>(`/v1/payments/refunds?accountId=${named(name).accountId}`))
      .data;

  afterAll(async () => {
    await setFault(operator, '', null);
    await setFault(operator, '.standby', null);
  });

  it('Feb 2, fail-over: refused by the first gateway, paid once at the second, under another key', async () => {
    await setFault(operator, '', { refuseUntilCleared: true });
    await payNow('failOver');
    await setFault(operator, '', null);
    for (const name of later)
      await operator.api.post('/v1/payments/pay-now', { accountId: named(name).accountId });
    expect(await attempts('failOver')).toMatchObject([
      { state: 'gatewayFailure', gateway: 'sandbox', cause: 'refused429' },
      { state: 'succeeded', gateway: 'sandboxStandby' },
    ]);
    expect(await chargesAt(operator, '.standby')).toMatchObject([{ token: 'tok_ok.standby-failOver' }]);
    expect((await chargesAt(operator, '')).filter(({ token }) => token === 'tok_ok.first')).toEqual([]);
    expect(await stands('failOver')).toBe('succeeded, bill paid, nothing open');
  });

  it('Feb 2, over-payment: what no bill takes is credit', async () => {
    const [bill] = await operator.bills(named('over'));
    await operator.api.post('/v1/payments/payments', {
      accountId: named('over').accountId,
      amount: { minor: (bill?.total.minor ?? 0) + 500, currency: 'USD' },
      method: 'bank',
      reference: 'transfer 1',
      receivedAt: '2026-02-02T12:00:00.000Z',
    });
    await operator.settle();
    expect(await stands('over')).toBe('succeeded, bill paid, nothing open');
  });

  it('Feb 2: a charge that nobody answers for, at a gateway that then goes down', async () => {
    for (const name of ['decidedPaid', 'decidedNot']) await payNow(name);
    await setFault(operator, '.standby', { downUntilCleared: true });
    for (const name of ['decidedPaid', 'decidedNot'])
      expect(await attempts(name)).toMatchObject([{ state: 'unknown' }]);
  });

  it('Feb 2, a refund that succeeds and fails three days later is to be paid by bank', async () => {
    const { accountId } = named('cameBack');
    const amount = { minor: 1000, currency: 'USD' };
    await operator.api.post('/v1/payments/top-ups', { accountId, amount });
    await operator.settle();
    await operator.api.post('/v1/payments/refunds', { accountId, of: 'topUp', reason: 'asked for' });
    await operator.settle();
    expect(await refundsOf('cameBack')).toMatchObject([{ state: 'succeeded', gateway: 'sandbox' }]);
    await operator.until('2026-02-06T20:00:00.000Z');
    expect(await refundsOf('cameBack')).toMatchObject([{ state: 'payOut', gateway: 'bank' }]);
  });

  it('an expired card reminder: a month before, once', async () => {
    const told = (await operator.messages(named('expiring'))).filter((each) =>
      each.includes('methodExpiring'),
    );
    expect(told).toEqual(['2026-01-30 methodExpiring']);
  });

  it('Feb 14: asked for eleven days in vain, a person decides, both ways', async () => {
    await operator.until('2026-02-14T20:00:00.000Z');
    await setFault(operator, '.standby', null);
    const { data } = await operator.api.get<{ data: { id: string; accountId: string }[] }>(
      '/v1/payments/attempts/undecided',
    );
    expect(data.map(({ accountId }) => accountId).sort()).toEqual(
      [named('decidedPaid').accountId, named('decidedNot').accountId].sort(),
    );
    const booked = (await chargesAt(operator, '.standby')).filter(({ token }) => token.includes('decided'));
    expect(booked.map(({ token }) => token)).toEqual(['tok_timeoutCharged-ok.decidedPaid']);
    for (const { id, accountId } of data) {
      const paid = accountId === named('decidedPaid').accountId;
      await operator.api.post(`/v1/payments/attempts/${id}/decide`, {
        ...(paid ? { outcome: 'paid', gatewayId: booked[0]?.id } : { outcome: 'notPaid' }),
        reason: "looked up in the gateway's books",
      });
    }
    await operator.settle();
    expect(await stands('decidedPaid')).toBe('succeeded, bill paid, nothing open');
    expect(await attempts('decidedNot')).toMatchObject([
      { state: 'gatewayFailure', cause: 'decidedByPerson' },
    ]);
  });

  it('Feb 15, a card that eleven subscribers share, and a twelfth in a wallet: ten tries in a day at both merchants together, the scheme allows no more', async () => {
    await operator.until('2026-02-15T23:00:00.000Z');
    const refused = await refusalsOf(operator, 'same-blue');
    expect(refused).toHaveLength(10);
    const tried = await Promise.all([...sharers, 'inWallet'].map((name) => attempts(name)));
    expect(tried.flat()).toHaveLength(10);
  });

  it('Feb 10, auto-pay five days before the due date', async () => {
    const [payment] = await paymentsOf(operator, named('early'));
    expect(payment?.receivedAt.slice(0, 10)).toBe('2026-02-10');
  });

  it.each([
    ['soft', 'declined', 'soft'],
    ['hard', 'declined', 'hard'],
    ['fraud', 'declined', 'fraud'],
    ['action', 'requiresAction', null],
    ['expired', 'declined', 'hard'],
    ['never', 'declined', 'soft'],
  ])('decline category %s: %s, %s', async (card, state, category) => {
    expect(await attempts(card)).toMatchObject([{ state, category }]);
  });

  it('a refused card: the back-up method pays at once', async () => {
    expect(await attempts('backup')).toMatchObject([
      { state: 'declined', category: 'soft' },
      { state: 'succeeded' },
    ]);
    expect(await stands('backup')).toBe('succeeded, bill paid, nothing open');
  });

  it('unknown, both ways: what was booked is found and never charged again, what never was is not failed over', async () => {
    expect(await attempts('found')).toMatchObject([{ state: 'succeeded', gateway: 'sandbox' }]);
    expect((await attempts('lost'))[0]).toMatchObject({
      ...{ state: 'gatewayFailure', gateway: 'sandbox', cause: 'neverBooked' },
    });
    const [first, standby] = [await chargesAt(operator, ''), await chargesAt(operator, '.standby')];
    expect(first.filter(({ token }) => token.endsWith('.found'))).toHaveLength(1);
    expect(standby.filter(({ token }) => /standby-(found|lost)/.test(token))).toEqual([]);
  });

  it('what a person decided as not paid is charged when it is due', async () => {
    expect(await attempts('decidedNot')).toMatchObject([{ state: 'gatewayFailure' }, { state: 'succeeded' }]);
  });

  it('a bill above the cap is left to the payer', async () => {
    expect(await attempts('capped')).toEqual([]);
  });

  it('a person can decide only what is still open', async () => {
    const [attempt] = await attempts('hard');
    const decided = operator.api.post(`/v1/payments/attempts/${attempt?.id ?? ''}/decide`, {
      outcome: 'notPaid',
      reason: 'looked it up',
    });
    await expect(decided).rejects.toMatchObject({ status: 409 });
  });

  it('what the scheme refused for good is tried by nobody again', async () => {
    await expect(payNow('never')).rejects.toMatchObject({ status: 409 });
    expect(await refusalsOf(operator, 'never')).toHaveLength(1);
  });

  it('a webhook told twice books once; one that is late was found by the daily question long before', async () => {
    expect(await stands('pendingTwice')).toBe('settled, bill paid, nothing open');
    expect(await paymentsOf(operator, named('pendingTwice'))).toHaveLength(1);
    expect(await stands('pendingLate')).toBe('settled, bill paid, nothing open');
    const [late] = await paymentsOf(operator, named('pendingLate'));
    expect(late?.receivedAt.slice(0, 9)).toBe('2026-02-0');
  });

  it('Feb 12, chargeback after payment: the bill is open again; an inquiry takes nothing', async () => {
    expect(await stands('disputeWon')).toBe('disputed, bill open, all open');
    expect(await stands('disputeLost')).toBe('disputed, bill open, all open');
    expect(await stands('inquiry')).toBe('succeeded, bill paid, nothing open');
  });

  it('Feb 14, webhooks out of order: lost, and only then opened, takes the money once', async () => {
    expect(await stands('disputeReversed')).toBe('lost, bill open, all open');
    const unpaid = [
      ...declines,
      'never',
      'capped',
      'lost',
      'disputeLost',
      'disputeReversed',
      'inWallet',
      ...sharers,
    ];
    await payAtBank(operator, unpaid.map(named));
  });

  it('F21: a forged webhook is refused and counted, an unknown charge is left alone, a repeat changes nothing', async () => {
    const event = {
      id: 'evt_forged',
      type: 'charge.returned',
      tenantId: operator.tenantId,
      data: {
        ...{ id: 'ch_unknown', status: 'succeeded', amountMinor: 1, currency: 'USD' },
        ...{ reference: 'nobody', networkTransactionId: null, declineCode: null },
      },
      returned: { id: 'rt_1', amountMinor: 1, reason: 'AM04', byPayer: false },
    };
    const before = await counted('tollkeeper_webhooks_refused_total');
    expect(await tellSandboxEvent(event, 'evt_forged', 'not the secret')).toBe(401);
    expect(await tellSandboxEvent(event, 'evt_forged')).toBe(200);
    expect(await tellSandboxEvent(event, 'evt_forged')).toBe(200);
    const { environment } = runningStack();
    const stripe = `http://127.0.0.1:${environment['API_PORT']}/v1/payments/webhooks/stripe/${operator.tenantId}`;
    const forged = await fetch(stripe, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=00' },
      body: '{"id":"evt_1"}',
    });
    expect(forged.status).toBe(401);
    expect(await counted('tollkeeper_webhooks_refused_total')).toBeGreaterThanOrEqual(before + 2);
  });

  it('refund of a disputed line: its credit goes back to the card that paid the bill', async () => {
    const [bill] = await operator.bills(named('early'));
    const corrections = new Corrections(operator);
    const line = { lineNo: 1, minor: 300 };
    const note = await corrections.credits(
      bill?.id ?? '',
      { kind: 'partial', lines: [line] },
      { payOut: true },
    );
    expect(note.net.minor).toBe(300);
    const [charge] = (await chargesAt(operator, '')).filter(({ token }) => token === 'tok_ok.early');
    expect(charge?.refundedMinor).toBe(note.total.minor);
    expect(await refundsOf('early')).toMatchObject([{ state: 'succeeded', gateway: 'sandbox' }]);
  });

  it('Feb 22: the dispute that is won pays the bill again and ends its case, the one that is lost stays lost', async () => {
    await operator.until('2026-02-22T23:00:00.000Z');
    expect(await stands('disputeWon')).toBe('settled, bill paid, nothing open');
    expect((await paymentsOf(operator, named('disputeLost')))[0]?.state).toBe('lost');
    const { data } = await operator.api.get<{ data: { state: string; moneyOut: boolean }[] }>(
      `/v1/payments/reversals?accountId=${named('disputeWon').accountId}`,
    );
    expect(data).toMatchObject([{ state: 'won', moneyOut: false }]);
    const cases = await operator.api.get<{ data: { outcome: string }[] }>(
      `/v1/payments/collections?accountId=${named('disputeWon').accountId}`,
    );
    expect(cases.data).toMatchObject([{ outcome: 'cured' }]);
  });

  it('who asked, and the payment by which the payer agreed, are told to the gateway', async () => {
    const [topUp, bill] = (await chargesAt(operator, '')).filter(({ token }) => token.endsWith('.cameBack'));
    expect([topUp?.initiator, topUp?.originalNetworkTransactionId]).toEqual(['customer', null]);
    expect([bill?.initiator, bill?.originalNetworkTransactionId]).toEqual([
      ...['merchant', topUp?.networkTransactionId],
    ]);
  });
});
