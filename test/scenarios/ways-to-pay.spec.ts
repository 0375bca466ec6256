import { refusalOf } from './bank-language';
import { balancesOf } from './ledger-language';
import { mailTo, payLinkIn } from './mail-language';
import { Operator, type Subscriber } from './operator';
import { attemptsOf, chargesAt, paymentsOf, standing, tellCardUpdated } from './payments-language';

const names = [
  ...['link', 'linkDeclined', 'linkLate', 'backup', 'expiring', 'capped', 'agreed', 'onTheFifth', 'noticed'],
  ...['voucher', 'agent', 'updated', 'byBill', 'byReminder', 'confirms', 'expiringLater'],
  ...['apple', 'google', 'walletDeclined', 'walletExpired'],
] as const;

/** Tokens of cards in wallets, by who pays with them. */
const wallets: Record<string, string> = {
  apple: 'ok.wallet-applePay-expires-2026-03',
  google: 'ok.wallet-googlePay-google',
  walletDeclined: 'soft-ok.wallet-googlePay-declined',
  walletExpired: 'expired-ok.wallet-applePay-expired',
};

interface Method {
  id: string;
  kind: string;
  expiry: string;
  last4: string;
}

interface Link {
  id: string;
  token: string;
}

describe('ways to pay', () => {
  let operator: Operator;
  const of: Record<string, Subscriber> = {};
  const accountId = (name: string): string => of[name]?.accountId ?? '';
  const stands = (name: string): Promise<string> => standing(operator, of[name] as Subscriber);
  const billId = async (name: string): Promise<string> =>
    (await operator.bills(of[name] as Subscriber))[0]?.id ?? '';
  const link = (name: string, more: object = {}): Promise<Link> =>
    operator.api.post('/v1/payments/pay-links', {
      accountId: accountId(name),
      reason: 'asked by mail',
      ...more,
    });

  /** Like anybody with the link: no sign-in. */
  async function byLink(
    token: string,
    card?: string,
  ): Promise<{ status: number; code?: string; state?: string }> {
    const answer = await fetch(`${operator.api.apiUrl}/v1/payments/links/${token}`, {
      ...(card ? { method: 'POST', body: JSON.stringify({ token: `tok_${card}` }) } : {}),
      headers: { 'content-type': 'application/json' },
    });
    const { code, state } = (await answer.json()) as { code?: string; state?: string };
    return { status: answer.status, ...(code ? { code } : {}), ...(state ? { state } : {}) };
  }

  const payer = (name: string, settings: object): Promise<unknown> =>
    operator.api.put(`/v1/payments/payers/${accountId(name)}`, { autoPay: true, ...settings });
  const methods = async (name: string): Promise<Method[]> =>
    (await operator.api.get<{ data: Method[] }>(`/v1/payments/methods?accountId=${accountId(name)}`)).data;
  const linkInMail = async (name: string, template: string): Promise<string> =>
    payLinkIn(await mailTo(operator, of[name] as Subscriber, template));
  const cases = async (name: string): Promise<{ state: string; outcome: string | null }[]> =>
    (
      await operator.api.get<{ data: { state: string; outcome: string | null }[] }>(
        `/v1/payments/collections?accountId=${accountId(name)}`,
      )
    ).data.map(({ state, outcome }) => ({ state, outcome }));
  const cents = (minor: number) => ({ minor, currency: 'USD' });

  /** As the wallet's maker and the gateway give it: the same call as for a card. */
  const wallet = (name: string, token: string, more: object = {}): Promise<{ id: string; kind: string }> =>
    operator.api.post('/v1/payments/methods', { accountId: accountId(name), token, ...more });

  beforeAll(async () => {
    operator = await Operator.open();
    for (const name of names) of[name] = await operator.subscriber('smart-5');
    for (const name of ['capped', 'agreed', 'onTheFifth', 'noticed'])
      await operator.card(accountId(name), `tok_ok.${name}`);
    await payer('capped', { autoPayCap: cents(1000) });
    await payer('agreed', { autoPayCap: cents(1000) });
    await payer('onTheFifth', { autoPayDay: 5 });
    await payer('noticed', { autoPayNoticeDays: 4 });
    await operator.card(accountId('backup'), 'tok_hard.first');
    const second = await operator.api.post<{ id: string }>('/v1/payments/methods', {
      ...{ accountId: accountId('backup'), token: 'tok_ok.second', makeDefault: false, autoPay: true },
    });
    await payer('backup', { backupMethodId: second.id });
    await operator.card(accountId('expiring'), 'tok_ok.expires-2026-03');
    await operator.card(accountId('updated'), 'tok_ok.to-be-updated');
    await operator.card(accountId('confirms'), 'tok_soft-action.confirms');
    await operator.card(accountId('expiringLater'), 'tok_ok.expires-2026-04');
    await operator.api.put('/v1/notifications/payment-page', {
      ...{ url: 'https://my.operator.example/pay', payLinks: true, reason: 'our customers pay there' },
    });
    for (const [name, script] of Object.entries(wallets)) await wallet(name, `tok_${script}`);
    await operator.until('2026-02-03T12:00:00.000Z');
  });

  it('a pay link is paid once, without signing in; a second time is refused', async () => {
    const { token, id } = await link('link', { invoiceId: await billId('link') });
    expect(await byLink(token)).toEqual({ status: 200, state: 'open' });
    expect(await byLink(token, 'ok.guest')).toEqual({ status: 202, state: 'paying' });
    expect((await byLink(token, 'ok.guest')).code).toBe('payLinkUsed');
    await operator.settle();
    await operator.settle();
    expect(await stands('link')).toBe('succeeded, bill paid, nothing open');
    expect(await byLink(token)).toEqual({ status: 200, state: 'used' });
    expect((await byLink(token, 'ok.guest')).code).toBe('payLinkUsed');
    expect(await paymentsOf(operator, of['link'] as Subscriber)).toHaveLength(1);
    // The guest's card is not kept.
    expect(await methods('link')).toEqual([]);
    expect(
      await refusalOf(operator.api.post(`/v1/payments/pay-links/${id}/revoke`, { reason: 'too late' })),
    ).toBe('409 payLinkUsed');
  });

  it('a link whose card is declined may be paid with another; a forged one opens nothing', async () => {
    const { token } = await link('linkDeclined', { amount: cents(1000) });
    await byLink(token, 'soft.guest');
    await operator.settle();
    await operator.settle();
    expect(await byLink(token)).toEqual({ status: 200, state: 'open' });
    await byLink(token, 'ok.guest');
    await operator.settle();
    await operator.settle();
    expect(await stands('linkDeclined')).toBe('succeeded, bill partiallyPaid, part open');
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect(await byLink(forged, 'ok.guest')).toEqual({ status: 401, code: 'payLinkInvalid' });
  });

  it('a bill carries a link that pays it, once; changed by one letter it opens nothing', async () => {
    const token = await linkInMail('byBill', 'invoice');
    expect(await byLink(token)).toEqual({ status: 200, state: 'open' });
    const [facts = '', seal = ''] = token.split('.');
    const forged = `${facts}.${seal.startsWith('A') ? 'B' : 'A'}${seal.slice(1)}`;
    expect(await byLink(forged, 'ok.guest-bill')).toEqual({ status: 401, code: 'payLinkInvalid' });
    const answers = await Promise.all([byLink(token, 'ok.guest-bill'), byLink(token, 'ok.guest-bill')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    await operator.settle();
    await operator.settle();
    expect(await stands('byBill')).toBe('succeeded, bill paid, nothing open');
    expect(await byLink(token)).toEqual({ status: 200, state: 'used' });
    expect(await paymentsOf(operator, of['byBill'] as Subscriber)).toHaveLength(1);
  });

  it('a voucher is redeemed once, onto the balance; guessing is held up', async () => {
    const batch = await operator.api.post<{ id: string; codes: string[] }>('/v1/payments/voucher-batches', {
      ...{
        name: 'spring',
        count: 2,
        value: cents(1500),
        expiresAt: '2026-12-31T00:00:00.000Z',
        reason: 'shops',
      },
    });
    const redeem = (code: string, name = 'voucher'): Promise<unknown> =>
      operator.api.post('/v1/payments/vouchers/redeem', { accountId: accountId(name), code });
    await redeem(batch.codes[0] ?? '');
    expect(await refusalOf(redeem(batch.codes[0] ?? '', 'agent'))).toBe('409 voucherUsed');
    await operator.settle();
    const { balance } = await operator.api.get<{ balance: { minor: number } }>(
      `/v1/payments/top-up-balance?accountId=${accountId('voucher')}`,
    );
    expect(balance.minor).toBe(1500);
    const balances = await balancesOf(operator, { accountId: accountId('voucher') });
    expect(balances['contractLiability:topUp']).toBe(-1500);
    for (const last of ['B', 'C', 'D', 'F', 'G'])
      expect(await refusalOf(redeem(`BBBB-BBBB-BBBB-BBB${last}`))).toBe('422 badInput code');
    expect(await refusalOf(redeem(batch.codes[1] ?? ''))).toBe('429 tooManyRequests');
    expect(await operator.api.get(`/v1/payments/voucher-batches/${batch.id}`)).toMatchObject({
      ...{ issued: 1, redeemed: 1, void: 0 },
    });
  });

  it('cash at an agent: a payment with the agent’s receipt, and a mail', async () => {
    await operator.api.post('/v1/payments/payments', {
      ...{ accountId: accountId('agent'), amount: cents(1000), method: 'agent', reference: 'SHOP-7/4711' },
      receivedAt: '2026-02-03T09:00:00.000Z',
    });
    await operator.settle();
    expect(await stands('agent')).toBe('succeeded, bill partiallyPaid, part open');
    expect(await operator.messages(of['agent'] as Subscriber)).toContain('2026-02-03 paymentReceived');
  });

  it('a card that its issuer replaced: new expiry and new token, the next charge takes them', async () => {
    const card = { brand: 'visa', last4: '7777', expiry: '2040-01', fingerprint: 'fp_new' };
    const tokens = { token: 'tok_ok.to-be-updated', newToken: 'tok_ok.updated' };
    expect(await tellCardUpdated(operator, { ...card, ...tokens }, 'evt_updated')).toBe(200);
    expect(await methods('updated')).toMatchObject([{ expiry: '2040-01', last4: '7777' }]);
  });

  it('Feb 5: charged on the payer’s day of the month, ten days before it is due', async () => {
    const { token } = await link('linkLate', { expiresInDays: 1 });
    await operator.until('2026-02-05T20:00:00.000Z');
    expect(await stands('onTheFifth')).toBe('succeeded, bill paid, nothing open');
    expect(await stands('noticed')).toBe('no payment, bill open, all open');
    // The link of yesterday but one.
    expect(await byLink(token)).toEqual({ status: 200, state: 'expired' });
    expect((await byLink(token, 'ok.guest')).code).toBe('payLinkExpired');
  });

  it('Feb 5: a top-up by wallet, and its refund', async () => {
    await operator.api.post('/v1/payments/top-ups', { accountId: accountId('google'), amount: cents(1000) });
    await operator.settle();
    await operator.api.post('/v1/payments/refunds', {
      ...{ accountId: accountId('google'), of: 'topUp', reason: 'asked for' },
    });
    await operator.settle();
  });

  describe('Feb 17, two days late', () => {
    beforeAll(() => operator.until('2026-02-17T20:00:00.000Z'));

    it('a reminder carries a link that pays what is overdue, and that ends its case within seconds', async () => {
      expect(await cases('byReminder')).toEqual([{ state: 'open', outcome: null }]);
      const token = await linkInMail('byReminder', 'reminder1');
      expect(await byLink(token, 'ok.guest-reminder')).toEqual({ status: 202, state: 'paying' });
      await operator.settle();
      await operator.settle();
      expect(await cases('byReminder')).toEqual([{ state: 'closed', outcome: 'cured' }]);
      expect(await stands('byReminder')).toBe('succeeded, bill paid, nothing open');
      // The bill's own link is another one: nothing is left for it.
      const ofBill = await linkInMail('byReminder', 'invoice');
      expect((await byLink(ofBill, 'ok.guest-reminder')).code).toBe('nothingToPay');
    });

    it('a charge that its card holder has to confirm: the mail leads there, though a case asked for it', async () => {
      const wanted = await attemptsOf(operator, of['confirms'] as Subscriber);
      expect(wanted.map(({ state }) => state)).toEqual(['declined', 'requiresAction']);
      const { subject, text } = await mailTo(operator, of['confirms'] as Subscriber, 'paymentFailed');
      expect(subject).toMatch(/^Please confirm your payment of \$[\d.]+$/);
      const [actionUrl = ''] = /http\S+\/actions\/\S+/.exec(text) ?? [];
      await fetch(actionUrl, { method: 'POST' });
      await operator.settle();
      await operator.settle();
      expect(await cases('confirms')).toEqual([{ state: 'closed', outcome: 'cured' }]);
      expect(await stands('confirms')).toBe('settled, bill paid, nothing open');
    });
  });

  it('Mar 2, a card expires at the end of the month: one reminder, thirty days before', async () => {
    const messages = await operator.messages(of['expiring'] as Subscriber);
    expect(messages.filter((each) => each.endsWith('methodExpiring'))).toHaveLength(0);
    const renewed = { brand: 'visa', last4: '1881', expiry: '2041-02', fingerprint: 'fp_renewed' };
    const token = 'tok_expired-ok.wallet-applePay-expired';
    const newToken = 'tok_ok.wallet-applePay-renewed';
    const card = { ...renewed, wallet: 'applePay', token, newToken };
    expect(await tellCardUpdated(operator, card, 'evt_renewed')).toBe(200);
    await operator.api.post('/v1/payments/pay-now', { accountId: accountId('walletExpired') });
    await operator.settle();
    await operator.until('2026-03-04T20:00:00.000Z');
    const later = await operator.messages(of['expiring'] as Subscriber);
    expect(later.filter((each) => each.endsWith('methodExpiring'))).toHaveLength(1);
    // Apr 1, thirty days before, is not there yet; sixty days before is.
    expect(await operator.messages(of['expiringLater'] as Subscriber)).not.toContain(
      '2026-03-02 methodExpiring',
    );
    await operator.api.put('/v1/payments/expiry-reminders', { daysBefore: 60, reason: 'earlier' });
  });

  it('wallets: the gateway says in which one a card lies; a bank account is none', async () => {
    expect(await methods('apple')).toMatchObject([{ kind: 'applePay', isDefault: true, autoPay: true }]);
    expect(await methods('google')).toMatchObject([{ kind: 'googlePay' }]);
    const mandate = { mandateId: 'MND-1', signedOn: '2026-01-02' };
    const asDebit = { kind: 'sepaDebit', mandate };
    expect(await refusalOf(wallet('apple', 'tok_ok.wallet-applePay-other', asDebit))).toBe(
      '422 badInput kind',
    );
  });

  it('Feb 15, a wallet is charged by auto-pay as any card, and its payer is reminded when it expires', async () => {
    expect(await stands('apple')).toBe('succeeded, bill paid, nothing open');
    const [payment] = await paymentsOf(operator, of['apple'] as Subscriber);
    expect(payment?.receivedAt.slice(0, 10)).toBe('2026-02-15');
    const messages = await operator.messages(of['apple'] as Subscriber);
    expect(messages.filter((each) => each.endsWith('methodExpiring'))).toHaveLength(1);
  });

  it('Feb 5, a top-up by a wallet goes back to it; the bill refers to the payment by which it was agreed', async () => {
    const booked = (await chargesAt(operator, '')).filter(({ token }) => token.endsWith('-google'));
    const [topUp, bill] = booked;
    expect([topUp?.initiator, topUp?.refundedMinor]).toEqual(['customer', 1000]);
    expect([bill?.initiator, bill?.originalNetworkTransactionId, bill?.refundedMinor]).toEqual([
      ...['merchant', topUp?.networkTransactionId, 0],
    ]);
    const refunds = await operator.api.get<{ data: object[] }>(
      `/v1/payments/refunds?accountId=${accountId('google')}`,
    );
    expect(refunds.data).toMatchObject([{ state: 'succeeded', gateway: 'sandbox' }]);
  });

  it('Feb 15, a wallet that has no money: tried again by the ladder, and the case closes', async () => {
    expect(await attemptsOf(operator, of['walletDeclined'] as Subscriber)).toMatchObject([
      { state: 'declined', category: 'soft' },
      { state: 'succeeded' },
    ]);
    expect(await stands('walletDeclined')).toBe('succeeded, bill paid, nothing open');
  });

  it('Feb 17, a wallet whose number had expired: renewed on the device, and charged by its new token', async () => {
    const [first, second] = await attemptsOf(operator, of['walletExpired'] as Subscriber);
    expect([first?.state, first?.declineCode, second?.state]).toEqual([
      ...['declined', 'expired_card', 'succeeded'],
    ]);
    expect(await methods('walletExpired')).toMatchObject([{ kind: 'applePay', expiry: '2041-02' }]);
    expect((await operator.charges()).map(({ token }) => token)).toContain('tok_ok.wallet-applePay-renewed');
  });

  it('the back-up method is charged when the default one was stolen', async () => {
    const attempts = await attemptsOf(operator, of['backup'] as Subscriber);
    expect(attempts.slice(0, 2).map(({ state }) => state)).toEqual(['declined', 'succeeded']);
    expect(await stands('backup')).toBe('succeeded, bill paid, nothing open');
  });

  it('the updated card was charged by its new token', async () => {
    expect(await stands('updated')).toBe('succeeded, bill paid, nothing open');
    const charged = await operator.charges();
    expect(charged.map(({ token }) => token)).toContain('tok_ok.updated');
  });

  it('who wishes notice is told four days before the charge', async () => {
    const messages = await operator.messages(of['noticed'] as Subscriber);
    const [notice] = messages.filter((each) => each.endsWith('autoPayNotice'));
    const [receipt] = messages.filter((each) => each.endsWith('paymentReceived'));
    expect([notice, receipt]).toEqual(['2026-02-11 autoPayNotice', '2026-02-15 paymentReceived']);
  });

  it('above the cap nothing is charged without consent, which the payer is asked for', async () => {
    expect(await paymentsOf(operator, of['capped'] as Subscriber)).toEqual([]);
    expect(await operator.messages(of['capped'] as Subscriber)).toContain('2026-02-15 autoPayConsent');
    await operator.api.post(`/v1/payments/payables/${await billId('agreed')}/auto-pay-consent`, {
      amount: cents(10_000),
    });
    await operator.until('2026-03-05T20:00:00.000Z');
    expect(await stands('agreed')).toBe('succeeded, bill paid, nothing open');
    expect(await stands('capped')).toBe('no payment, bill open, all open');
  });

  it('Mar 5, the day after that was made sixty days: a card of April is told of', async () => {
    expect(await operator.messages(of['expiringLater'] as Subscriber)).toContain('2026-03-05 methodExpiring');
  });
});
