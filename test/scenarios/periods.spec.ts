import { CommerceOf } from './commercial-language';
import { Operator, type Subscriber } from './operator';
import { OrderCounter } from './orders-language';
import { offerPeriods } from './periods-language';

/** Basic 28.00 less 20 %, Large 56.00, both a month in advance; Year 365.00 in advance. Unused days are given back. */
describe('plan change after a discount, a pause and the end of a year, between two bills', () => {
  let operator: Operator;
  let shop: CommerceOf;
  let counter: OrderCounter;
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
  });

  it('Feb 1: the rest of January and February in advance; the year from the day it was bought', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    const basic = ['Basic: Line 01-11..02-01 1897, net 1518', 'Basic: Line 02-01..03-01 2800, net 2240'];
    expect(await bill('ada', 0)).toEqual(basic);
    expect(await bill('bob', 0)).toEqual(basic);
    expect(await bill('cleo', 0)).toEqual(['Year: Line 01-11..01-11 36500']);
  });

  it('Feb 8 to 22: one changes the plan, one pauses and resumes, one leaves', async () => {
    const of = (name: string) => ({ subscriptionId: who(name).subscriptionId, reason: 'asked by phone' });
    await operator.until('2026-02-08T12:00:00.000Z');
    await counter.place({ kind: 'suspension', ...of('bob') });
    await operator.until('2026-02-15T12:00:00.000Z');
    await counter.place({ kind: 'planChange', ...of('ada'), offeringId: 'large-month' });
    await operator.until('2026-02-22T12:00:00.000Z');
    await counter.place({ kind: 'resumption', ...of('bob') });
    await counter.place({ kind: 'termination', ...of('cleo') });
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
});
