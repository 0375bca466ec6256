import { Operator, type Subscriber } from './operator';

describe('an unpaid bill', () => {
  let operator: Operator;
  let ben: Subscriber;
  let cora: Subscriber;
  let dan: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    ben = await operator.subscriber('smart-5', { card: 'hard' });
    cora = await operator.subscriber('smart-5', { card: 'soft-soft-ok' });
    dan = await operator.subscriber('smart-5', { card: 'timeoutCharged-ok' });
  });

  it('Feb 15, due: the cards are charged; one declines for good, one for now, one answers nothing', async () => {
    await operator.until('2026-02-15T20:00:00.000Z');
    expect(await operator.messages(ben)).toEqual(['2026-02-01 invoice', '2026-02-15 paymentFailed']);
    expect((await operator.bills(dan))[0]).toMatchObject({ paymentState: 'paid' });
  });

  it('the charge whose answer was lost is found, never made again', async () => {
    const charges = (await operator.charges()).filter(({ token }) => token.startsWith('tok_timeoutCharged'));
    expect(charges).toHaveLength(1);
  });

  it('Feb 16 and 18: a soft decline is tried again until it succeeds, and the case closes', async () => {
    await operator.until('2026-02-18T20:00:00.000Z');
    expect((await operator.bills(cora))[0]).toMatchObject({ paymentState: 'paid' });
    const cases = await operator.api.get<{ data: { outcome: string }[] }>(
      `/v1/payments/collections?accountId=${cora.accountId}`,
    );
    expect(cases.data).toMatchObject([{ outcome: 'cured' }]);
  });

  it('Feb 25: outgoing calls are barred', async () => {
    await operator.until('2026-02-24T20:00:00.000Z');
    expect(await operator.inNetwork(ben)).toBe('active');
    await operator.until('2026-02-25T20:00:00.000Z');
    expect(await operator.inNetwork(ben)).toBe('barOutgoing');
  });

  it('Mar 2: suspended, each step told', async () => {
    await operator.until('2026-03-02T20:00:00.000Z');
    expect(await operator.inNetwork(ben)).toBe('suspended');
    expect((await operator.messages(ben)).map((message) => message.split(' ')[1])).toEqual(
      expect.arrayContaining(['reminder1', 'reminder2', 'finalNotice', 'serviceBarred', 'serviceSuspended']),
    );
  });

  it('Mar 3: paid at the bank, service is back at once and the debt is gone', async () => {
    await operator.until('2026-03-03T15:00:00.000Z');
    const { data } = await operator.api.get<{
      data: { invoiceId: string; open: { minor: number; currency: string }; dueOn: string }[];
    }>(`/v1/payments/payables?open=true&accountId=${ben.accountId}`);
    const overdue = data.filter(({ dueOn }) => dueOn <= '2026-03-03');
    expect(overdue).toHaveLength(1);
    for (const { invoiceId, open } of overdue) {
      await operator.api.post('/v1/payments/payments', {
        accountId: ben.accountId,
        invoiceId,
        amount: open,
        method: 'bank',
        reference: 'transfer 4711',
        receivedAt: '2026-03-03T15:00:00.000Z',
      });
    }
    await operator.settle();
    expect(await operator.inNetwork(ben)).toBe('active');
    expect(await operator.messages(ben)).toContain('2026-03-03 serviceRestored');
    const cases = await operator.api.get<{ data: { outcome: string; state: string }[] }>(
      `/v1/payments/collections?accountId=${ben.accountId}`,
    );
    expect(cases.data).toMatchObject([{ state: 'closed', outcome: 'cured' }]);
  });
});
