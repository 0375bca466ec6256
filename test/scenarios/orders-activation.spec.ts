import { Network } from './network-language';
import { Operator } from './operator';
import { OrderCounter } from './orders-language';

const sim = (no: number) => [
  { kind: 'msisdn', value: `1518557000${no}` },
  { kind: 'imsi', value: `31099000070000${no}` },
  { kind: 'iccid', value: `890199000000070000${no}` },
];
const iccid = (no: number) => ({
  accountId: '',
  subscriptionId: '',
  msisdn: '',
  iccid: sim(no)[2]?.value ?? '',
});

const allDone =
  'completed: reserveIdentifiers done, takeDeposit done, provision done, firstCharge done, activate done, welcome done';

describe('activations', () => {
  let operator: Operator;
  let counter: OrderCounter;

  beforeAll(async () => {
    operator = await Operator.open();
    counter = new OrderCounter(operator);
  });

  const activate = (accountId: string, offeringId: string, no: number, more: object = {}) =>
    counter.place({ kind: 'activation', accountId, offeringId, identifiers: sim(no), ...more });

  it('activation that fails at the third step and is undone: no SIM lives, the number is free again', async () => {
    const accountId = await counter.customer({ card: 'hard', prepaid: true });
    const orderId = await activate(accountId, 'prepaid-30', 1);
    expect(await counter.show(orderId)).toMatchObject({
      state: 'held',
      held: { step: 'firstCharge', code: 'declined' },
      steering: ['retry', 'undo'],
    });
    expect(await operator.inNetwork(iccid(1))).toBe('active');

    await counter.steer(orderId, 'undo');
    expect(await counter.told(orderId)).toBe(
      'failed: reserveIdentifiers undone, takeDeposit undone, provision undone, firstCharge undone, activate pending, welcome pending',
    );
    expect(await operator.inNetwork(iccid(1))).toBe('deactivated');
    expect((await counter.account(accountId)).subscriptions).toEqual([]);

    const next = await counter.customer();
    expect(await counter.told(await activate(next, 'smart-5', 1))).toBe(allDone);
  });

  it('activation with a declined card, retried with another one: its period begins when it is paid', async () => {
    const accountId = await counter.customer({ card: 'hard', prepaid: true });
    const orderId = await activate(accountId, 'prepaid-30', 2);
    expect((await counter.show(orderId)).state).toBe('held');
    await operator.until('2026-01-03T12:00:00.000Z');
    await operator.card(accountId, 'tok_ok.better');
    await counter.steer(orderId, 'retry');
    expect(await counter.told(orderId)).toBe(allDone);
    const [subscription] = (await counter.account(accountId)).subscriptions;
    expect(subscription).toMatchObject({
      status: 'active',
      paidPeriods: [{ from: '2026-01-03T12:00:00.000Z', to: '2026-02-02T12:00:00.000Z' }],
    });
    expect(await operator.messages({ ...iccid(2), accountId })).toContain('2026-01-03 welcome');
  });

  it('a network that is silent for hours: the order waits, and goes on with its answer', async () => {
    const network = new Network(operator);
    await network.behaves({ acknowledge: 'silent' }, iccid(3));
    const accountId = await counter.customer();
    const orderId = await activate(accountId, 'pay-as-you-go', 3);
    await operator.until('2026-01-03T20:00:00.000Z');
    expect(await counter.told(orderId)).toMatch(
      /^inProgress: reserveIdentifiers done, takeDeposit done, provision waiting/,
    );
    await network.speaks();
    await operator.until('2026-01-04T20:00:00.000Z');
    expect(await counter.told(orderId)).toBe(allDone);
  });

  it('cancelled before it is effective: nothing is left of it', async () => {
    const accountId = await counter.customer();
    const orderId = await activate(accountId, 'smart-5', 4, { effectiveAt: '2026-01-20T15:00:00.000Z' });
    expect(await counter.show(orderId)).toMatchObject({ state: 'acknowledged', steering: ['cancel'] });
    await counter.steer(orderId, 'cancel');
    await operator.until('2026-01-20T16:00:00.000Z');
    expect((await counter.show(orderId)).state).toBe('cancelled');
    expect((await counter.account(accountId)).subscriptions).toEqual([]);
  });
});
