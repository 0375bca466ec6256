import { refusalOf } from './bank-language';
import { Finance } from './ledger-language';
import { mailTo, payLinkIn } from './mail-language';
import { Operator, type Subscriber } from './operator';
import { attemptsOf, chargesAt, paymentsOf, setFault, standing } from './payments-language';

const names = [
  ...['elsewhere', 'quick', 'mailed', 'mailedOther', 'wrongDeposit', 'usedDeposit'],
  ...['charged', 'lost'],
] as const;
type Name = (typeof names)[number];

interface Refund {
  state: string;
  amount: { minor: number };
}

/** On Feb 1 a bill each, due on Feb 15; money that comes twice, in the wrong place, or of which nobody knows. */
describe('second thoughts about money', () => {
  let operator: Operator;
  let finance: Finance;
  const of = {} as Record<Name, Subscriber>;
  const id = (name: Name): string => of[name].accountId;
  const bill = (name: Name) => finance.bill(of[name], 0);
  const states = async (name: Name) => (await attemptsOf(operator, of[name])).map(({ state }) => state);
  const refunds = async (name: Name): Promise<Refund[]> =>
    (await operator.api.get<{ data: Refund[] }>(`/v1/payments/refunds?accountId=${id(name)}`)).data;
  const cents = (minor: number) => ({ minor, currency: 'USD' });

  /** Paid at an agent, all that is open. */
  const paysCash = async (name: Name): Promise<void> => {
    const { id: invoiceId, open } = await bill(name);
    await operator.api.post('/v1/payments/payments', {
      ...{ accountId: id(name), invoiceId, amount: open, method: 'cash', reference: `till ${name}` },
      receivedAt: '2026-02-16T10:00:00.000Z',
    });
    await operator.settle();
  };
  const deposits = async (name: Name, minor: number): Promise<string> => {
    const { now } = await operator.api.get<{ now: string }>('/v1/test-clock');
    const money = { accountId: id(name), amount: cents(minor), method: 'cash', reference: `deposit ${name}` };
    const { id: paymentId } = await operator.api.post<{ id: string }>('/v1/payments/payments', {
      ...{ ...money, purpose: 'deposit', receivedAt: now },
    });
    await operator.settle();
    return paymentId;
  };
  const undo = async (paymentId: string, reason = 'it was her sister'): Promise<string> => {
    const answer = await refusalOf(operator.api.post(`/v1/payments/payments/${paymentId}/undo`, { reason }));
    await operator.settle();
    return answer;
  };
  const confirm = async (name: Name): Promise<number> => {
    const { text } = await mailTo(operator, of[name], 'paymentFailed');
    const [actionUrl = ''] = /http\S+\/actions\/\S+/.exec(text) ?? [];
    const { status } = await fetch(actionUrl, { method: 'POST' });
    await operator.settle();
    await operator.settle();
    return status;
  };
  const charges = async (name: Name) =>
    (await chargesAt(operator, '')).filter(({ token }) => token.endsWith(`.${name}`));
  const linkState = async (name: Name, template: string): Promise<string> => {
    const token = payLinkIn(await mailTo(operator, of[name], template));
    const answer = await fetch(`${operator.api.apiUrl}/v1/payments/links/${token}`);
    return ((await answer.json()) as { state: string }).state;
  };
  const refundOf = (name: Name, what: 'topUp' | 'deposit', minor?: number): Promise<string> =>
    refusalOf(
      operator.api.post('/v1/payments/refunds', {
        ...{ accountId: id(name), of: what, reason: 'asked for' },
        ...(minor === undefined ? {} : { amount: cents(minor) }),
      }),
    );
  const topUp = async (name: Name): Promise<void> => {
    await operator.api.post('/v1/payments/top-ups', { accountId: id(name), amount: cents(1000) });
    await operator.settle();
  };

  beforeAll(async () => {
    operator = await Operator.open();
    finance = new Finance(operator);
    for (const name of names) of[name] = await operator.subscriber('smart-5');
    await operator.card(id('elsewhere'), 'tok_action.elsewhere');
    await operator.card(id('quick'), 'tok_action.quick');
    await operator.card(id('charged'), 'tok_timeoutCharged-ok.charged');
    await operator.card(id('lost'), 'tok_timeoutLost-ok.lost');
    await operator.api.put('/v1/notifications/payment-page', {
      ...{ url: 'https://my.operator.example/pay', payLinks: true, reason: 'our customers pay there' },
    });
  });

  it('F45: of a top-up that nobody knows the outcome of nothing is refunded', async () => {
    for (const name of ['charged', 'lost'] as const) {
      await topUp(name);
      expect(await states(name)).toEqual(['unknown']);
      expect(await refundOf(name, 'topUp', 1000)).toBe('409 balanceTooLow');
      expect(await refundOf(name, 'topUp')).toBe('409 balanceTooLow');
      expect(await refundOf(name, 'deposit', 1000)).toBe('409 depositTooLow');
      expect(await refunds(name)).toEqual([]);
      expect(await finance.balances(of[name])).toEqual({});
    }
  });

  it('a deposit that was recorded for the wrong account is undone, once', async () => {
    const paymentId = await deposits('wrongDeposit', 5000);
    expect(await finance.balances(of.wrongDeposit)).toEqual({ depositLiability: -5000 });
    expect(await undo(paymentId)).toBe('accepted');
    expect(await finance.balances(of.wrongDeposit)).toEqual({});
    expect(await finance.inTheBooks('clearing:cash')).toBe(0);
    expect(await undo(paymentId, 'it was her brother')).toBe('409 paymentUndone');
    expect(await refundOf('wrongDeposit', 'deposit', 5000)).toBe('409 depositTooLow');
  });

  describe('Feb 16, a day after the bills were due', () => {
    beforeAll(() => operator.until('2026-02-16T12:00:00.000Z'));

    it('F45: it turned out to have been charged: it is the balance, and goes back once', async () => {
      expect((await states('charged'))[0]).toBe('succeeded');
      expect(await refundOf('charged', 'topUp')).toBe('accepted');
      await operator.settle();
      expect(await refunds('charged')).toMatchObject([{ state: 'succeeded', amount: { minor: 1000 } }]);
      expect((await charges('charged'))[0]).toMatchObject({ status: 'succeeded', refundedMinor: 1000 });
      expect(await refundOf('charged', 'topUp', 1)).toBe('409 balanceTooLow');
    });

    it('F45: it turned out never to have been charged: there is nothing to give back', async () => {
      expect((await states('lost'))[0]).toBe('gatewayFailure');
      expect(await refundOf('lost', 'topUp', 1000)).toBe('409 balanceTooLow');
      expect(await refunds('lost')).toEqual([]);
      // The bill's own charge alone.
      const { total } = await bill('lost');
      expect((await charges('lost')).map(({ refundedMinor }) => refundedMinor)).toEqual([0]);
      expect((await paymentsOf(operator, of.lost)).map(({ amount }) => amount.minor)).toEqual([total.minor]);
    });

    it('who has to confirm pays at a till instead: the challenge is cancelled, its page says so, nothing is paid twice', async () => {
      expect(await states('elsewhere')).toEqual(['requiresAction']);
      await paysCash('elsewhere');
      expect(await states('elsewhere')).toEqual(['cancelled']);
      expect(await confirm('elsewhere')).toBe(410);
      expect(await standing(operator, of.elsewhere)).toBe('succeeded, bill paid, nothing open');
      expect(await paymentsOf(operator, of.elsewhere)).toHaveLength(1);
      expect(await charges('elsewhere')).toEqual([]);
      expect(await linkState('elsewhere', 'invoice')).toBe('alreadyPaid');
    });

    it('who confirms before the gateway can be told pays twice: it goes back by itself, and the payer is told', async () => {
      await setFault(operator, '', { downUntilCleared: true });
      await paysCash('quick');
      await setFault(operator, '', null);
      expect(await confirm('quick')).toBe(200);
      await operator.settle();
      const { total } = await bill('quick');
      expect((await paymentsOf(operator, of.quick)).map(({ amount }) => amount.minor)).toEqual([
        total.minor,
        total.minor,
      ]);
      expect(await refunds('quick')).toMatchObject([{ state: 'succeeded', amount: { minor: total.minor } }]);
      expect((await charges('quick'))[0]).toMatchObject({ refundedMinor: total.minor });
      expect(await finance.balances(of.quick)).toEqual({});
      const receipt = await mailTo(operator, of.quick, 'paymentReceived');
      expect(receipt.text).toContain('had been paid before you confirmed');
      expect(await operator.messages(of.quick)).toContain('2026-02-16 refundMade');
    });

    it('a link in a mail is withdrawn by its message, and all links of an account at once', async () => {
      const { invoiceId, key } = await invoiceMessage('mailed');
      expect(await linkState('mailed', 'invoice')).toBe('open');
      const withdraw = (body: object) => operator.api.post('/v1/payments/pay-links/withdraw', body);
      const why = { reason: 'went to the wrong address' };
      await withdraw({ accountId: id('mailed'), of: 'message', id: key, ...why });
      expect(await linkState('mailed', 'invoice')).toBe('revoked');
      expect(await linkState('mailedOther', 'invoice')).toBe('open');
      await withdraw({ accountId: id('mailedOther'), of: 'account', ...why });
      expect(await linkState('mailedOther', 'invoice')).toBe('revoked');
      expect((await bill('mailed')).id).toBe(invoiceId);
      expect((await bill('mailed')).paymentState).not.toBe('paid');
    });

    it('a deposit that a bill was paid from is undone: the rest of it leaves, and the bill is open again', async () => {
      const { id: invoiceId, total } = await bill('usedDeposit');
      const paymentId = await deposits('usedDeposit', total.minor + 500);
      await finance.posts('depositApplied', { invoiceId }, total.minor, 'moves away');
      expect((await bill('usedDeposit')).paymentState).toBe('paid');
      expect(await finance.balances(of.usedDeposit)).toEqual({ depositLiability: -500 });
      expect(await undo(paymentId)).toBe('accepted');
      expect((await bill('usedDeposit')).open).toEqual(total);
      expect(await finance.balances(of.usedDeposit)).toEqual({ receivable: total.minor });
    });
  });

  async function invoiceMessage(name: Name): Promise<{ key: string; invoiceId: string }> {
    const { data } = await operator.api.get<{ data: { key: string; template: string }[] }>(
      `/v1/notifications/messages?accountId=${id(name)}`,
    );
    const key = data.find(({ template }) => template === 'invoice')?.key ?? '';
    return { key, invoiceId: (await bill(name)).id };
  }
});
