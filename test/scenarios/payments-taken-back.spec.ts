import { runningStack } from '../setup/running-stack';
import { Operator, type Subscriber } from './operator';
import { paymentsOf, standing, tellSandboxEvent } from './payments-language';

describe('money that was paid and is taken back', () => {
  let operator: Operator;
  const of: Record<string, Subscriber> = {};
  const stands = (name: string): Promise<string> => standing(operator, of[name] as Subscriber);

  beforeAll(async () => {
    operator = await Operator.open();
    const cards = ['disputeWon', 'disputeLost', 'disputeReversed', 'inquiry', 'pendingTwice', 'pendingLate'];
    for (const card of [...cards, 'returned', 'returnedMandate', 'refundedByPayer'])
      of[card] = await operator.subscriber('smart-5', { card: `${card}-ok` });
  });

  it('Feb 16: cards are charged, debits settled; the webhook told twice books once', async () => {
    await operator.until('2026-02-17T20:00:00.000Z');
    expect(await stands('disputeWon')).toBe('succeeded, bill paid, nothing open');
    expect(await stands('pendingTwice')).toBe('settled, bill paid, nothing open');
    expect(await paymentsOf(operator, of['pendingTwice'] as Subscriber)).toHaveLength(1);
  });

  it('a late webhook: the daily question has found the debit long before it', async () => {
    expect(await stands('pendingLate')).toBe('succeeded, bill paid, nothing open');
  });

  it('Feb 22, a debit returned after six days: the bill is open again, the payer is told', async () => {
    await operator.until('2026-02-22T20:00:00.000Z');
    const subscriber = of['returned'] as Subscriber;
    expect(await stands('returned')).toBe('returned, bill open, all open');
    expect(await operator.messages(subscriber)).toContain('2026-02-22 paymentFailed');
  });

  it('Feb 23: what came back for want of funds is tried again, and paid', async () => {
    await operator.until('2026-02-24T20:00:00.000Z');
    expect(await stands('returned')).toBe('returned, bill paid, nothing open');
  });

  it('a mandate that the bank returned: the debit is not tried again', async () => {
    expect(await stands('returnedMandate')).toBe('returned, bill open, all open');
    const { data } = await operator.api.get<{ data: { lastDecline: { code: string; category: string } }[] }>(
      `/v1/payments/methods?accountId=${of['returnedMandate']?.accountId ?? ''}`,
    );
    expect(data).toMatchObject([{ lastDecline: { category: 'hard', code: 'MD01' } }]);
  });

  it('Feb 25, chargeback after payment: the bill is open again; an inquiry takes nothing', async () => {
    await operator.until('2026-02-26T20:00:00.000Z');
    expect(await stands('disputeWon')).toBe('disputed, bill open, all open');
    expect(await stands('disputeLost')).toBe('disputed, bill open, all open');
    expect(await stands('inquiry')).toBe('succeeded, bill paid, nothing open');
  });

  it('webhooks out of order: lost, and only then opened, takes the money once', async () => {
    await operator.until('2026-02-28T20:00:00.000Z');
    expect(await stands('disputeReversed')).toBe('lost, bill open, all open');
  });

  it('a forged webhook is refused, an unknown charge is left alone, a repeat changes nothing', async () => {
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
  });

  it('Mar 17: the dispute that is won pays the bill again, the one that is lost stays open', async () => {
    await operator.until('2026-03-18T20:00:00.000Z');
    expect(await stands('disputeWon')).toBe('settled, bill paid, nothing open');
    expect(await stands('disputeLost')).toBe('lost, bill open, all open');
    const { data } = await operator.api.get<{ data: { state: string; moneyOut: boolean }[] }>(
      `/v1/payments/reversals?accountId=${of['disputeWon']?.accountId ?? ''}`,
    );
    expect(data).toMatchObject([{ state: 'won', moneyOut: false }]);
  });

  it('Apr 6, a debit refunded by its payer after seven weeks: the bill is open again', async () => {
    expect(await stands('refundedByPayer')).toBe('settled, bill paid, nothing open');
    await operator.until('2026-04-07T20:00:00.000Z');
    expect(await stands('refundedByPayer')).toBe('refundedByPayer, bill open, all open');
  });
});
