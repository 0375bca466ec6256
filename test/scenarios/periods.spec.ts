import { BillingDesk } from './bills-language';
import { CommerceOf } from './commercial-language';
import { Corrections } from './corrections-language';
import { Operator, type Subscriber } from './operator';
import { OrderCounter } from './orders-language';
import { offerPeriods } from './periods-language';

/** Basic 28.00 less 20 %, Large 56.00, both a month in advance; Year 365.00 in advance. Unused days are given back. */
describe('plan change after a discount, a pause and the end of a year, between two bills', () => {
  let operator: Operator;
  let shop: CommerceOf;
  let counter: OrderCounter;
  let calledOff: string;
  const people: Record<string, Subscriber> = {};
  const who = (name: string): Subscriber => people[name] as Subscriber;
  const bill = async (name: string, billNo: number): Promise<string[]> =>
    ((await shop.bills(who(name)))[billNo]?.lines ?? []).map(
      ({ description, from, to, amount, net }) =>
        `${description} ${from.slice(5)}..${to.slice(5)} ${amount.minor}${net.minor === amount.minor ? '' : `, net ${net.minor}`}`,
    );

  beforeAll(async () => {
    operator = await Operator.open();
    shop = new CommerceOf(operator);
    counter = new OrderCounter(operator);
    await offerPeriods(operator);
    await operator.until('2026-01-11T12:00:00.000Z');
    const activeFrom = '2026-01-11T05:00:00.000Z';
    people['ada'] = await operator.subscriber('basic-month', { activeFrom });
    people['bob'] = await operator.subscriber('basic-month', { activeFrom });
    people['cleo'] = await operator.subscriber('whole-year', { activeFrom });
    people['dan'] = await operator.subscriber('basic-month', { activeFrom });
    people['eve'] = await operator.subscriber('basic-month', { activeFrom });
    calledOff = await counter.place({
      ...{ kind: 'planChange', subscriptionId: who('dan').subscriptionId, offeringId: 'large-month' },
      effectiveAt: '2026-02-15T05:00:00.000Z',
    });
  });

  it('Feb 1: the rest of January and February in advance; the year from the day it was bought', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    const basic = ['Basic: Line 01-11..02-01 1897, net 1518', 'Basic: Line 02-01..03-01 2800, net 2240'];
    expect(await bill('ada', 0)).toEqual(basic);
    expect(await bill('bob', 0)).toEqual(basic);
    expect(await bill('cleo', 0)).toEqual(['Year: Line 01-11..01-11 36500']);
    expect((await bill('dan', 0)).slice(1)).toEqual([
      'Basic: Line 02-01..02-15 1400, net 1120',
      'Large: Line 02-15..03-01 2800',
    ]);
  });

  it('Feb 1: 20.00 of the 22.40 for February are credited', async () => {
    const [first] = await operator.bills(who('eve'));
    await new Corrections(operator).credits(first?.id ?? '', {
      kind: 'partial',
      lines: [{ lineNo: 2, minor: 2000 }],
    });
  });

  it('Feb 8 to 22: one changes the plan, one pauses and resumes, one leaves', async () => {
    const of = (name: string) => ({ subscriptionId: who(name).subscriptionId, reason: 'asked by phone' });
    await operator.until('2026-02-08T12:00:00.000Z');
    await counter.place({ kind: 'suspension', ...of('bob') });
    people['gil'] = await operator.subscriber('contract', { activeFrom: '2026-02-08T05:00:00.000Z' });
    await new BillingDesk(operator).billNow(who('gil'), 'all');
    expect((await counter.steer(calledOff, 'cancel')).state).toBe('cancelled');
    await operator.until('2026-02-15T12:00:00.000Z');
    await counter.place({ kind: 'planChange', ...of('ada'), offeringId: 'large-month' });
    await counter.place({ kind: 'planChange', ...of('eve'), offeringId: 'large-month' });
    const withdraws = (name: string) =>
      counter.place({ kind: 'termination', ...of(name), because: 'withdrawal' });
    const desk = new BillingDesk(operator);
    expect(await desk.refused(() => withdraws('gil'))).toBe('422 badInput order.because');
    const policy = { countries: [{ country: 'US', days: 14 }], reason: 'we give what Europe gives' };
    await operator.api.put('/v1/customers/withdrawal-policy', policy);
    expect(await desk.refused(() => withdraws('bob'))).toBe('422 badInput order.because');
    await withdraws('gil');
    await operator.until('2026-02-22T12:00:00.000Z');
    await counter.place({ kind: 'resumption', ...of('bob') });
    await counter.place({ kind: 'termination', ...of('cleo') });
    people['fay'] = await operator.subscriber('large-month', { activeFrom: '2026-02-22T05:00:00.000Z' });
    await new BillingDesk(operator).billNow(who('fay'), 'all');
    await counter.place({ kind: 'termination', ...of('fay') });
  });

  it('P004, Mar 1: a credit is computed from what was billed after discounts; the day belongs to the new plan', async () => {
    await operator.until('2026-03-01T20:00:00.000Z');
    expect(await bill('ada', 1)).toEqual([
      'Basic: Line, given back 02-15..03-01 -1400, net -1120', // 14 of 28 days of 22.40
      'Large: Line 02-15..03-01 2800',
      'Large: Line 03-01..04-01 5600',
    ]);
  });

  it('Mar 1: the days of the pause are given back, 14 of 28', async () => {
    expect(await bill('bob', 1)).toEqual([
      'Basic: Line, given back 02-08..02-22 -1400, net -1120',
      'Basic: Line 03-01..04-01 2800, net 2240',
    ]);
  });

  it('P014, Mar 1: the year ended in its second month: 323 of 365 days go back, as account credit', async () => {
    expect(await bill('cleo', 1)).toEqual(['Year: Line, given back 02-22..01-11 -32300']);
  });

  it('Mar 1: a change of plan that was billed ahead and called off is given back whole, and the old plan goes on', async () => {
    expect(await bill('dan', 1)).toEqual([
      'Basic: Line 02-15..03-01 1400, net 1120',
      'Basic: Line 03-01..04-01 2800, net 2240',
      'Large: Line, given back 02-15..03-01 -2800',
    ]);
  });

  it('Mar 1: what was credited is not given back again, 2.40 are left of 11.20', async () => {
    expect((await bill('eve', 1))[0]).toBe('Basic: Line, given back 02-15..03-01 -1400, net -240');
  });

  it('Mar 1: nor is what was given back credited: nothing of the line is left', async () => {
    const invoiceId = (await operator.bills(who('eve')))[0]?.id ?? '';
    const credit = () =>
      new Corrections(operator).credits(invoiceId, { kind: 'partial', lines: [{ lineNo: 2, minor: 1 }] });
    expect(await new BillingDesk(operator).refused(credit)).toBe('422 badInput lines.0.amount');
  });

  it('Mar 1: a full credit note after a give-back: 26.38 of 37.58, the 11.20 that went back are not credited twice', async () => {
    const desk = new Corrections(operator);
    const [first] = await operator.bills(who('ada'));
    const note = await desk.credits(first?.id ?? '', { kind: 'full' });
    expect(note).toMatchObject({ kind: 'full', net: { minor: 1518 + 2240 - 1120 } });
    expect(await desk.finance.bill(who('ada'), 0)).toMatchObject({ state: 'finalized' });
    expect(
      await new BillingDesk(operator).refused(() =>
        desk.credits(first?.id ?? '', { kind: 'full' }, { reason: 'once more' }),
      ),
    ).toBe('422 badInput kind');
  });

  it('Mar 1: withdrawn after 7 of 28 days: 7.00 of the 28.00 stay, the activation goes back, leaving costs nothing', async () => {
    expect(await new BillingDesk(operator).bills(who('gil'))).toEqual([
      'onDemand 02-01..02-09: Contract: Activation 02-08..02-09 1000; Contract: Line 02-08..03-01 2800',
      'cycle 02-01..03-01: Contract: Activation, given back 02-08..02-09 -1000; Contract: Line, given back 02-15..03-01 -2100',
    ]);
  });

  it('P014, Mar 1: billed on demand and ended on the day of the start: all of it goes back', async () => {
    expect(await new BillingDesk(operator).bills(who('fay'))).toEqual([
      'onDemand 02-01..02-23: Large: Line 02-22..03-01 1400',
      'cycle 02-01..03-01: Large: Line, given back 02-22..03-01 -1400',
    ]);
  });
});
