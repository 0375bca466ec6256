import { Operator, type Subscriber } from './operator';
import { OrderCounter } from './orders-language';

describe('changes of a living subscription', () => {
  let operator: Operator;
  let counter: OrderCounter;
  let [ann, bob, cem, dee]: Subscriber[] = [];
  const subscriber = (one?: Subscriber): Subscriber => {
    if (!one) throw new Error('nobody was set up');
    return one;
  };

  beforeAll(async () => {
    operator = await Operator.open();
    counter = new OrderCounter(operator);
    [ann, bob, cem, dee] = [
      await operator.subscriber('smart-5', { card: 'ok' }),
      await operator.subscriber('smart-5', { card: 'ok' }),
      await operator.subscriber('pay-as-you-go', { card: 'ok' }),
      await operator.subscriber('pay-as-you-go', { card: 'ok' }),
    ];
    await operator.until('2026-01-10T12:00:00.000Z');
  });

  const of = (one: Subscriber | undefined) => ({ subscriptionId: subscriber(one).subscriptionId });

  it('Jan 10: a plan change at the period end is known at once and can be seen coming', async () => {
    const orderId = await counter.place({
      kind: 'planChange',
      ...of(ann),
      offeringId: 'pay-as-you-go',
      atPeriodEnd: true,
    });
    expect(await counter.told(orderId)).toBe('acknowledged: schedulePlan done, planInForce pending');
    const [subscription] = (await counter.account(subscriber(ann).accountId)).subscriptions;
    expect(subscription?.plans.at(-1)).toMatchObject({
      offeringId: 'pay-as-you-go',
      from: '2026-02-01T05:00:00.000Z',
    });
  });

  it('Jan 12: SIM swap, usage by the old and the new SIM', async () => {
    await operator.until('2026-01-12T12:00:00.000Z');
    const orderId = await counter.place({
      kind: 'simSwap',
      ...of(cem),
      iccid: '8901990000000800003',
      imsi: '310990000080003',
    });
    expect(await counter.told(orderId)).toBe(
      'completed: reserveIdentifiers done, swapInNetwork done, replaceSim done',
    );
    expect(await operator.inNetwork(subscriber(cem))).toBe('deactivated');
    expect(await operator.inNetwork({ ...subscriber(cem), iccid: '8901990000000800003' })).toBe('active');
    await operator.until('2026-01-13T12:00:00.000Z');
    await counter.calls([
      { at: '2026-01-12T11:00:00Z', imsi: '310990000000003' },
      { at: '2026-01-13T11:00:00Z', imsi: '310990000080003' },
      { at: '2026-01-13T11:30:00Z', imsi: '310990000000003' }, // the old SIM is nobody's
    ]);
    expect(await counter.guided(subscriber(cem))).toEqual(['2026-01-12T11:00', '2026-01-13T11:00']);
  });

  it('Jan 15: number change, the old number ages', async () => {
    await operator.until('2026-01-15T12:00:00.000Z');
    const { msisdn } = subscriber(dee);
    const orderId = await counter.place({ kind: 'numberChange', ...of(dee), msisdn: '15185580004' });
    expect((await counter.show(orderId)).state).toBe('completed');
    const held = await counter.held(subscriber(dee), 'msisdn');
    expect(held.map((line) => line.slice(0, 11))).toEqual([msisdn, '15185580004']);
    expect(held[1]).toMatch(/ on$/);
  });

  it('Jan 25: suspended on request, over the end of the cycle; the plan is charged on', async () => {
    await operator.until('2026-01-25T12:00:00.000Z');
    const orderId = await counter.place({ kind: 'suspension', ...of(bob), reason: 'abroad for a while' });
    expect(await counter.told(orderId)).toBe('completed: suspendInNetwork done, suspend done');
    expect(await operator.inNetwork(subscriber(bob))).toBe('suspended');
  });

  it('Jan 31: a number is ported in at the agreed time, the provisional one ends', async () => {
    const effectiveAt = '2026-01-31T15:00:00.000Z';
    const orderId = await counter.place({ kind: 'portIn', ...of(dee), msisdn: '12125558888', effectiveAt });
    await operator.until('2026-01-31T14:00:00.000Z');
    expect((await counter.show(orderId)).state).toBe('acknowledged');
    await operator.until('2026-01-31T16:00:00.000Z');
    expect((await counter.show(orderId)).state).toBe('completed');
    await counter.calls([
      { at: '2026-01-31T14:30:00Z', msisdn: '15185580004' },
      { at: '2026-01-31T15:30:00Z', msisdn: '12125558888' },
    ]);
    expect(await counter.guided(subscriber(dee))).toEqual(['2026-01-31T14:30', '2026-01-31T15:30']);
  });

  it('Feb 1: the new plan is billed from the period end, the suspended one as ever', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    expect(await operator.lines(subscriber(ann))).toEqual([['Smart 5 GB: Smart 5 GB monthly', 2500]]);
    expect(await operator.lines(subscriber(bob))).toEqual([
      ['Smart 5 GB: Smart 5 GB monthly', 2500],
      ['Smart 5 GB: Smart 5 GB monthly', 2500],
    ]);
  });

  it('Feb 5: resumed', async () => {
    await operator.until('2026-02-05T12:00:00.000Z');
    await counter.place({ kind: 'resumption', ...of(bob) });
    expect(await operator.inNetwork(subscriber(bob))).toBe('active');
  });
});
