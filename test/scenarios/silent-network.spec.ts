import { Network } from './network-language';
import { Operator, type Subscriber } from './operator';

describe('debts and a network that says little', () => {
  let operator: Operator;
  let network: Network;
  let ben: Subscriber;
  let cora: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    network = new Network(operator);
    ben = await operator.subscriber('smart-5', { card: 'hard' });
    cora = await operator.subscriber('smart-5', { card: 'hard' });
  });

  const collectionOf = async ({ accountId }: Subscriber) => {
    const { data } = await operator.api.get<{ data: { state: string; outcome: string | null }[] }>(
      `/v1/payments/collections?accountId=${accountId}`,
    );
    return data[0];
  };

  const paysAtTheBank = async ({ accountId }: Subscriber, receivedAt: string) => {
    const { data } = await operator.api.get<{
      data: { invoiceId: string; open: { minor: number; currency: string }; dueOn: string }[];
    }>(`/v1/payments/payables?open=true&accountId=${accountId}`);
    for (const { invoiceId, open } of data.filter(({ dueOn }) => dueOn <= receivedAt.slice(0, 10)))
      await operator.api.post('/v1/payments/payments', {
        ...{ accountId, invoiceId, amount: open, method: 'bank', receivedAt },
        reference: `transfer of ${accountId}`,
      });
    await operator.settle();
  };

  it('Feb 25: provisioning is silent for three hours of virtual time, then acknowledges the bar', async () => {
    await operator.until('2026-02-24T20:00:00.000Z');
    await network.behaves({ acknowledge: 'late', afterHours: 3 });
    await operator.until('2026-02-25T17:00:00.000Z');
    expect([await network.known(ben), await operator.inNetwork(ben)]).toEqual(['barOutgoing/null', 'active']);
    await operator.until('2026-02-25T20:00:00.000Z');
    expect([await network.known(ben), await operator.inNetwork(ben)]).toEqual([
      'barOutgoing/barOutgoing',
      'barOutgoing',
    ]);
    expect(await network.cases('')).toEqual([]);
  });

  it('Mar 2: never acknowledged: after four hours a case; the collection went on meanwhile', async () => {
    await network.behaves({ acknowledge: 'silent' });
    await operator.until('2026-03-02T20:00:00.000Z');
    expect(await network.known(ben)).toBe('suspended/barOutgoing');
    const cases = await network.cases('kind=acknowledgementMissing&state=open');
    expect(cases.map(({ iccid }) => iccid).sort()).toEqual([ben.iccid, cora.iccid].sort());
    expect((await operator.messages(ben)).at(-1)).toBe('2026-03-02 serviceSuspended');
  });

  it('Mar 2: a person retries once the network is back: it confirms, and the case ends', async () => {
    await network.behaves({ acknowledge: 'silent' }, cora);
    await network.retry(await network.theCase(`state=open&accountId=${ben.accountId}`));
    expect([await network.known(ben), await operator.inNetwork(ben)]).toEqual([
      'suspended/suspended',
      'suspended',
    ]);
    expect(await network.theCase(`accountId=${ben.accountId}`)).toMatchObject({
      state: 'resolved',
      resolvedBy: 'network',
      retries: 1,
    });
  });

  it('Mar 3: a barred account pays while the network is silent: the debt closes at once', async () => {
    await operator.until('2026-03-03T15:00:00.000Z');
    await paysAtTheBank(cora, '2026-03-03T15:00:00.000Z');
    expect(await collectionOf(cora)).toMatchObject({ state: 'closed', outcome: 'cured' });
    expect(await operator.messages(cora)).toContain('2026-03-03 serviceRestored');
    expect([await network.known(cora), await operator.inNetwork(cora)]).toEqual([
      'active/barOutgoing',
      'barOutgoing',
    ]);
  });

  it('Mar 3: the network speaks at last, of the old order too, and the account ends active', async () => {
    await operator.until('2026-03-03T16:00:00.000Z');
    await network.speaks();
    await operator.until('2026-03-03T17:30:00.000Z');
    expect([await network.known(cora), await operator.inNetwork(cora)]).toEqual(['active/active', 'active']);
    expect(await network.cases()).toEqual([]);
  });
});
