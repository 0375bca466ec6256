import { BillingDesk } from './bills-language';
import { Operator, type Subscriber } from './operator';
import { OrderCounter } from './orders-language';

const minutes = 60;

/** A week in advance is 7.00, 1.00 a day; the first one has four days. Calls are 0.05 a minute: 20 minutes 1.00. */
describe('weeks in January: late usage by each policy, bills on demand, a final bill that waits, bills that are carried', () => {
  let operator: Operator;
  let desk: BillingDesk;
  const people: Record<string, Subscriber> = {};
  const who = (name: string): Subscriber => people[name] as Subscriber;
  const call = (name: string, at: string, length: number) =>
    operator.usage(who(name), [{ at, seconds: length * minutes }]);
  /** The week's bill is there. */
  const monday = (day: string) => operator.until(`2026-01-${day}T20:00:00.000Z`);
  const firstWeeks = 'Week: Line 01-01..01-05 400; Week: Line 01-05..01-12 700';

  beforeAll(async () => {
    operator = await Operator.open();
    desk = new BillingDesk(operator);
    await desk.offer();
    await desk.limits({ leastMinor: 200, zeroBills: 'issue' });
    await desk.latePolicy('nextBill', 5);
    const weekly = await desk.cycle({ name: 'Mondays', frequency: 'weekly', anchorDay: 1 });
    const yearly = await desk.cycle({ name: 'Years', frequency: 'yearly', anchorDay: 12, anchorMonth: 1 });
    for (const name of ['lia', 'oda', 'one', 'fin'])
      people[name] = await desk.subscriber(weekly, 'week-line');
    people['tiny'] = await desk.subscriber(weekly, 'tiny-line');
    people['zed'] = await desk.subscriber(weekly, 'free-line');
    people['yan'] = await desk.subscriber(yearly, 'week-line');
  });

  it('what cannot be is refused by its field, and before there is a bill to go on from', async () => {
    expect(await desk.refused(() => desk.latePolicy('forget it'))).toBe('400 badInput policy');
    expect(await desk.refused(() => desk.latePolicy('nextBill', 61))).toBe('400 badInput finalBillWaitDays');
    const nobody = { ...who('oda'), accountId: 'acc_nobody' };
    expect(await desk.refused(() => desk.billNow(nobody, 'all'))).toBe('404 notFound');
  });

  it('weekly cycle, Jan 5: four days, then whole weeks; below 2.00 waits, zero is issued', async () => {
    await monday('05');
    await call('lia', '2026-01-03T15:00:00Z', 20);
    await desk.limits({ leastMinor: 200, zeroBills: 'carry' });
    expect(await desk.bills(who('lia'))).toEqual([`cycle 12-29..01-05: ${firstWeeks}`]);
    expect(await desk.bills(who('tiny'))).toEqual([]); // 4 of 7 days of 1.40
    expect(await desk.bills(who('zed'))).toEqual(['cycle 12-29..01-05: Free: Line 01-01..01-05 0']);
  });

  it('Jan 9: a service ends', async () => {
    await operator.until('2026-01-09T15:00:00.000Z');
    const counter = new OrderCounter(operator);
    const { subscriptionId } = who('fin');
    await counter.place({ kind: 'termination', subscriptionId, reason: 'moves away' });
  });

  it('late usage on the next bill, Jan 12: with the days that it was used in', async () => {
    await monday('12');
    expect((await desk.bills(who('lia'))).slice(1)).toEqual([
      'cycle 01-05..01-12: Week: Line 01-12..01-19 700; ' +
        'Late usage of 2025-12-29 to 2026-01-04: Calls within the US 12-29..01-05 100',
    ]);
    expect(await desk.lateUsage(who('lia'))).toEqual(['2025-12-29 billed 1000000']);
  });

  it('carried forward, Jan 12: two weeks on one bill, with their own days; a zero bill waits now', async () => {
    expect(await desk.bills(who('tiny'))).toEqual([
      'cycle 01-05..01-12: Tiny: Line 01-01..01-05 80; Tiny: Line 01-05..01-12 140',
    ]);
    expect(await desk.bills(who('zed'))).toHaveLength(1);
  });

  it('yearly cycle, Jan 12: eleven days of 365, then the year', async () => {
    expect(await desk.bills(who('yan'))).toEqual([
      'cycle 01-12..01-12: Week: Line 01-01..01-12 21; Week: Line 01-12..01-12 700',
    ]);
  });

  it('on demand, Jan 14: usage so far and what was placed today; the preview is the same and writes nothing', async () => {
    await operator.until('2026-01-14T15:00:00.000Z');
    await desk.latePolicy('correctionBill');
    await call('lia', '2026-01-08T15:00:00Z', 40);
    await call('fin', '2026-01-08T15:00:00Z', 60);
    await call('oda', '2026-01-13T15:00:00Z', 20);
    await call('one', '2026-01-13T15:00:00Z', 20);
    await operator.settle();
    for (const name of ['oda', 'one']) await desk.place(who(name), 500);
    expect(await desk.previewNow(who('oda'), 'all')).toBe(617); // 6.00 and 2.9 %
    expect(await desk.bills(who('oda'))).toHaveLength(2);
    const runId = await desk.billNow(who('oda'), 'all');
    expect(await desk.billNow(who('oda'), 'all')).toBe(runId);
    expect((await desk.bills(who('oda'))).slice(2)).toEqual([
      'onDemand 01-12..01-15: New SIM 01-14..01-15 500; Calls within the US 01-12..01-15 100',
    ]);
  });

  it('one-off charges alone, Jan 14: usage is left to the next bill; a second time there is nothing to bill', async () => {
    await desk.billNow(who('one'), 'oneOffOnly');
    expect((await desk.bills(who('one'))).slice(2)).toEqual([
      'oneOff 01-12..01-15: New SIM 01-14..01-15 500',
    ]);
    const again = await desk.billNow(who('one'), 'oneOffOnly', 'once more');
    expect(await desk.accountsOf(again)).toEqual(['nothingToBill']);
  });

  it('after it, Jan 19: the next bill has only what came since', async () => {
    await operator.until('2026-01-15T15:00:00.000Z');
    await call('oda', '2026-01-14T20:00:00Z', 40);
    await operator.until('2026-01-19T05:30:00.000Z');
    expect(await desk.refused(() => desk.billNow(who('one'), 'all'))).toBe('409 cutOffOpen');
    await monday('19');
    expect((await desk.bills(who('oda'))).slice(3)).toEqual([
      'cycle 01-12..01-19: Week: Line 01-19..01-26 700; Calls within the US 01-12..01-19 200',
    ]);
    expect((await desk.bills(who('one'))).slice(3)).toEqual([
      'cycle 01-12..01-19: Week: Line 01-19..01-26 700; Calls within the US 01-12..01-19 100',
    ]);
  });

  it('late usage on a correction bill, Jan 19: a bill of its own for the closed week', async () => {
    expect((await desk.bills(who('lia'))).slice(2)).toEqual([
      'cycle 01-12..01-19: Week: Line 01-19..01-26 700',
      'lateUsage 01-05..01-12: Late usage of 2026-01-05 to 2026-01-11: Calls within the US 01-05..01-12 200',
    ]);
  });

  it('a final bill waits five days, Jan 19: usage that came meanwhile is on it, in time', async () => {
    expect((await desk.bills(who('fin'))).slice(1)).toEqual([
      'cycle 01-12..01-19: Week: Line, given back 01-09..01-12 -300; Calls within the US 01-12..01-19 300',
    ]);
  });

  it('report only, Jan 26: on no bill, and on the list', async () => {
    await operator.until('2026-01-20T15:00:00.000Z');
    await desk.latePolicy('reportOnly');
    await call('lia', '2026-01-15T15:00:00Z', 60);
    await operator.settle();
    expect((await desk.lateUsage(who('lia'))).at(-1)).toBe('2026-01-12 waiting 3000000');
    await monday('26');
    expect((await desk.bills(who('lia'))).slice(4)).toEqual([
      'cycle 01-19..01-26: Week: Line 01-26..02-02 700',
    ]);
    expect(await desk.lateUsage(who('lia'))).toEqual([
      '2025-12-29 billed 1000000',
      '2026-01-05 billed 2000000',
      '2026-01-12 reported 3000000',
    ]);
  });
});
