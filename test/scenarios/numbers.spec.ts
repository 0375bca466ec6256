import { NumberDesk } from './numbers-language';
import { Operator, type Subscriber } from './operator';

describe('numbers and who has them', () => {
  let operator: Operator;
  let desk: NumberDesk;
  let ada: Subscriber;
  let ben: Subscriber;
  let cora: Subscriber;
  let dan: Subscriber;
  let eve: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    desk = new NumberDesk(operator);
    ada = await operator.subscriber('smart-5');
    ben = await operator.subscriber('smart-5');
    cora = await operator.subscriber('smart-5');
    dan = await operator.subscriber('smart-5');
  });

  it('number reused the same day: the call of 13:59:59 is the old owner’s, that of 14:00:00 the new one’s', async () => {
    await desk.rests(0);
    await operator.until('2026-01-10T14:00:00.000Z');
    await desk.ends(ada);
    eve = await desk.gives(ada.msisdn, 'eve', '2026-01-10T14:00:00.000Z');
    expect(await desk.history(ada.msisdn)).toEqual(['assigned 01 05:00 - 10 14:00', 'assigned 10 14:00 -']);
    await operator.until('2026-01-10T18:00:00.000Z');
    await operator.usage(ada, [
      { at: '2026-01-10T13:59:59Z', seconds: 600 },
      { at: '2026-01-10T14:00:00Z', seconds: 60 },
      { at: '2026-01-10T16:00:00Z', text: true },
    ]);
    await operator.until('2026-01-11T00:00:00.000Z');
    expect(await desk.usageOf(ada)).toEqual(['10T13:59:59']);
    expect(await desk.usageOf(eve)).toEqual(['10T14:00:00', '10T16:00:00']);
  });

  it('late records of the old owner find him after the profiles of both have changed', async () => {
    await desk.changes(ada);
    await desk.changes(eve);
    await operator.usage(ada, [{ at: '2026-01-09T09:00:00Z', seconds: 60 }]);
    await operator.until('2026-01-11T06:00:00.000Z');
    expect(await desk.usageOf(ada)).toEqual(['09T09:00:00', '10T13:59:59']);
    expect(await desk.usageOf(eve)).toEqual(['10T14:00:00', '10T16:00:00']);
  });

  it('ageing, then available again: five days nobody may have it, then anybody may', async () => {
    await desk.rests(5);
    await desk.ends(ben);
    expect(await desk.state(ben.msisdn)).toBe('ageing');
    await operator.until('2026-01-16T05:59:00.000Z');
    await expect(desk.gives(ben.msisdn, 'too-early')).rejects.toThrow(/ageing until 2026-01-16T06:00/);
    await operator.until('2026-01-16T06:00:00.000Z');
    expect(await desk.state(ben.msisdn)).toBe('available');
    await desk.gives(ben.msisdn, 'in-time');
    expect(await desk.history(ben.msisdn)).toEqual([
      'assigned 01 05:00 - 11 06:00',
      'ageing 11 06:00 - 16 06:00',
      'assigned 16 06:00 -',
    ]);
  });

  it('number ported out and back in: what it does elsewhere is billed to nobody here', async () => {
    await desk.orders({ kind: 'portOut', subscriptionId: cora.subscriptionId });
    await operator.until('2026-01-16T12:00:00.000Z');
    expect(await desk.state(cora.msisdn)).toBe('portedOut');
    await desk.orders({
      kind: 'portIn',
      subscriptionId: dan.subscriptionId,
      msisdn: cora.msisdn,
      effectiveAt: '2026-01-20T15:00:00.000Z',
    });
    await operator.until('2026-01-20T18:00:00.000Z');
    expect(await desk.state(cora.msisdn)).toBe('assigned');
    await operator.usage(cora, [
      { at: '2026-01-16T05:00:00Z', seconds: 60 },
      { at: '2026-01-18T12:00:00Z', seconds: 60 },
      { at: '2026-01-20T16:00:00Z', seconds: 60 },
    ]);
    await operator.until('2026-01-21T00:00:00.000Z');
    expect(await desk.usageOf(cora)).toEqual(['16T05:00:00']);
    expect(await desk.usageOf(dan)).toEqual(['20T16:00:00']);
    expect(await desk.inSuspense()).toEqual(['18T12:00:00 unknownSubscriber']);
  });

  it('two who want one number at the same time: one has it', async () => {
    const free = '15185569999';
    const outcomes = await Promise.allSettled(['first', 'second'].map((to) => desk.gives(free, to)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await desk.history(free)).length).toBe(1);
  });

  it('a block, its overlap, a reservation and a file of cards', async () => {
    const block = { first: '15185570000', last: '15185579999' };
    await operator.api.post('/v1/customers/inventory/number-blocks', {
      ...block,
      portedOut: ['15185570001'],
    });
    const again = operator.api.post('/v1/customers/inventory/number-blocks', {
      ...block,
      first: '15185575000',
    });
    await expect(again).rejects.toThrow(/15185570000 to 15185579999/);
    const free = await operator.api.get<{ data: { value: string }[] }>(
      '/v1/customers/inventory?state=available&prefix=1518557000&limit=2',
    );
    expect(free.data.map(({ value }) => value)).toEqual(['15185570000', '15185570002']);
    const reservation = {
      orderId: 'desk-1',
      identifiers: [{ kind: 'msisdn', value: '15185570000' }],
      until: '2026-01-22T00:00:00.000Z',
    };
    await operator.api.post('/v1/customers/inventory/reservations', reservation);
    await expect(desk.gives('15185570000', 'not-this-one')).rejects.toThrow(/reserved for order desk-1/);
    const cards = ['iccid,imsi', '8901990880000000001,310990880000001', '8901990880000000002,31'].join('\n');
    await expect(operator.api.postCsv('/v1/customers/inventory/sims', cards)).rejects.toThrow(/line 3/);
  });
});
