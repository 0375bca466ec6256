import { Operator, type Subscriber } from './operator';

interface Account {
  subscriptions: { paidPeriods: { from: string; to: string }[]; status: string }[];
}

describe('a plan paid in advance', () => {
  let operator: Operator;
  let ivy: Subscriber;
  let jon: Subscriber;

  const subscription = async ({ accountId }: Subscriber) => {
    const { subscriptions } = await operator.api.get<Account>(`/v1/customers/accounts/${accountId}`);
    return subscriptions[0] as Account['subscriptions'][0];
  };

  beforeAll(async () => {
    operator = await Operator.open();
    ivy = await operator.subscriber('prepaid-30', { card: 'ok' });
    jon = await operator.subscriber('prepaid-30', { card: 'hard' });
  });

  it('Jan 30: the card is charged a day before the period ends; a receipt, never an invoice', async () => {
    await operator.until('2026-01-30T20:00:00.000Z');
    expect(await operator.messages(ivy)).toEqual(['2026-01-30 renewalReceipt']);
    expect((await subscription(ivy)).paidPeriods).toEqual([
      { from: '2026-01-01T05:00:00.000Z', to: '2026-01-31T05:00:00.000Z' },
      { from: '2026-01-31T05:00:00.000Z', to: '2026-03-02T05:00:00.000Z' },
    ]);
    expect(await operator.bills(ivy)).toEqual([]);
  });

  it('Feb 3: a card that never works ends the service after the grace time, and nothing is owed', async () => {
    await operator.until('2026-02-02T20:00:00.000Z');
    expect(await operator.inNetwork(jon)).toBe('active');
    await operator.until('2026-02-03T20:00:00.000Z');
    expect(await operator.inNetwork(jon)).toBe('suspended');
    expect((await operator.messages(jon)).at(-1)).toBe('2026-02-03 renewalLapsed');
    const { data } = await operator.api.get<{ data: object[] }>(
      `/v1/payments/payables?accountId=${jon.accountId}`,
    );
    const cases = await operator.api.get<{ data: object[] }>(
      `/v1/payments/collections?accountId=${jon.accountId}`,
    );
    expect([...data, ...cases.data]).toEqual([]);
  });
});
