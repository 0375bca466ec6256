import { AccountDesk } from './accounts-language';
import { Operator, type Subscriber } from './operator';

/** Bills of February 1 are due on February 15; receivables work at 06:00 in New York (11:00 UTC). */
describe('tags that processes obey', () => {
  let operator: Operator;
  let desk: AccountDesk;
  let spared: Subscriber;
  let quiet: Subscriber;
  let usual: Subscriber;
  let debtor: Subscriber;

  const states = async (subscriber: Subscriber): Promise<string[]> =>
    (await operator.bills(subscriber)).map(({ paymentState }) => paymentState);
  const cases = async ({ accountId }: Subscriber) =>
    operator.api.get<{ data: { policyId: string; openedAt: string }[] }>(
      `/v1/payments/collections?accountId=${accountId}`,
    );

  beforeAll(async () => {
    operator = await Operator.open();
    desk = new AccountDesk(operator);
    spared = await operator.subscriber('smart-5', { card: 'ok' });
    quiet = await operator.subscriber('smart-5', { card: 'ok' });
    usual = await operator.subscriber('smart-5', { card: 'ok' });
    debtor = await operator.subscriber('smart-5');
    const { minimumMinor, stepHour } = { minimumMinor: 100, stepHour: 9 };
    await operator.api.put('/v1/payments/dunning-policies/gentle', {
      minimumMinor,
      stepHour,
      levels: [
        { levelId: 'd20', daysOverdue: 20, actions: [{ kind: 'sendMessage', template: 'reminder1' }] },
      ],
      reason: 'for good customers',
    });
    await operator.api.put('/v1/customers/credit-classes/gold', {
      name: 'Gold',
      creditLimit: { minor: 100_000, currency: 'USD' },
      dunningPolicyId: 'gentle',
      reason: 'for good customers',
    });
    await operator.api.post(`/v1/customers/accounts/${debtor.accountId}/credit-class`, {
      creditClass: 'gold',
      reason: 'long with us',
    });
    await desk.tag(spared, 'autoPayOff', '2026-02-17T15:30:00.000Z');
    await desk.tag(quiet, 'invoicingOff', '2026-02-20T15:00:00.000Z');
    await desk.tag(debtor, 'collectionHold', '2026-02-18T15:00:00.000Z');
  });

  it('Feb 1: invoicingOff skips a cycle: no bill and no failed account', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    expect(await operator.bills(quiet)).toEqual([]);
    const { id } = await operator.run('2026-02-01');
    const run = await operator.api.get<{ review: { accounts: number; failed: number } }>(
      `/v1/invoicing/runs/${id}`,
    );
    expect(run.review).toMatchObject({ accounts: 3, failed: 0 });
  });

  it('Feb 17: autoPayOff until a date: nothing is charged when due, and all at that very instant', async () => {
    await operator.until('2026-02-17T15:29:00.000Z');
    expect([await states(usual), await states(spared)]).toEqual([['paid'], ['open']]);
    await operator.until('2026-02-17T15:30:00.000Z');
    expect(await states(spared)).toEqual(['paid']);
  });

  it('Feb 18: collectionHold: no collection until it ends, then one by the policy of the credit class', async () => {
    expect((await cases(debtor)).data).toEqual([]);
    await operator.until('2026-02-18T16:00:00.000Z');
    expect((await cases(debtor)).data).toMatchObject([
      { policyId: 'gentle', openedAt: '2026-02-18T15:00:00.000Z' },
    ]);
  });

  it('Mar 1: invoicingOff is caught up: one bill of what the other account had on two', async () => {
    await operator.usage(quiet, [{ at: '2026-01-10T15:00:00Z', seconds: 301 * 60 }]);
    await operator.until('2026-03-01T20:00:00.000Z');
    const bills = await operator.bills(usual);
    const charged = bills.flatMap(({ lines }) => lines.map(({ amount }) => amount.minor));
    expect((await operator.lines(quiet)).map(([, minor]) => minor)).toEqual([...charged, 5]);
    expect(await operator.bills(quiet)).toHaveLength(1);
  });
});
