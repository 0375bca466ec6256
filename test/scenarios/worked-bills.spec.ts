import { WorkedBills } from './worked-language';

/** Bills of February 1 and March 1; each customer is a case, each amount was worked out by hand before it was run. */
describe('bills worked by hand', () => {
  let tell: WorkedBills;
  let asked: string[];
  const until = (at: string) => tell.operator.until(at);

  beforeAll(async () => {
    tell = await WorkedBills.open();
    await until('2026-01-31T17:00:00.000Z');
    await tell.operator.api.put('/v1/invoicing/bill-limits', {
      minimumBills: [{ currency: 'USD', amountMinor: 500 }],
      ...{ carryAtMost: 1, zeroBills: 'issue', reason: 'postage' },
    });
    await tell.join(
      ['ada', 'Thirty-one', '2026-01-20'],
      ['ben', 'Own month ahead', '2026-01-20'],
      ['cyd', 'Own month after', '2026-01-20'],
      ['dan', 'Large', '2026-01-01'],
      ['eva', 'Small', '2026-01-01'],
      ['fay', 'Stops', '2026-01-01'],
      ['gus', 'Thirty days', '2026-01-16'],
      ['hal', 'Last day', '2026-01-10'],
      ['ida', 'Capped', '2026-01-01'],
      ['jon', 'Least', '2026-01-16'],
      ['kay', 'A year', '2026-01-01'],
      ['lea', 'Penny', '2026-01-01'],
      ['max', 'Voice', '2026-01-31'],
      ['ned', 'Thirty-one', '2026-01-01'],
      ['oda', 'Small', '2026-01-01'],
    );
    await tell.shop.agree(
      tell.who('oda'),
      {
        kind: 'charge',
        offeringId: 'small',
        chargeId: 'fee',
        amountMinor: 5600,
      },
      { from: '2026-02-10T05:00:00.000Z' },
    );
  });

  it('Feb 1: the first bills; one changes his plan on that morning', async () => {
    await until('2026-02-01T20:00:00.000Z');
    await tell.changes('cyd', 'Thirty-one');
  });

  it('Feb 8 to 22: pauses, changes of plan and ends', async () => {
    await until('2026-02-08T15:00:00.000Z');
    await tell.orders('fay', 'suspension');
    await until('2026-02-10T15:00:00.000Z');
    await tell.orders('ben', 'termination');
    await until('2026-02-14T15:00:00.000Z');
    await tell.orders('hal', 'termination');
    await tell.orders('kay', 'termination');
    await tell.changes('dan', 'Small', { atPeriodEnd: true });
    await until('2026-02-15T15:00:00.000Z');
    asked = await tell.priceOfChange('eva', 'Huge');
    await tell.changes('eva', 'Large');
    await tell.changes('eva', 'Huge');
    await until('2026-02-22T15:00:00.000Z');
    await tell.orders('fay', 'resumption');
  });

  it('Mar 1: the second bills', async () => {
    await until('2026-03-01T20:00:00.000Z');
  });

  it('W01 from the 20th in arrears: 12 of 31 days, then a month', async () => {
    expect(await tell.bill('ada', 0)).toEqual(['Thirty-one 01-20..02-01 1200', 'ten 1200 120', 'total 1320']);
    expect(await tell.bill('ada', 1)).toEqual(['Thirty-one 02-01..03-01 3100', 'ten 3100 310', 'total 3410']);
  });

  it('W02 two months of its own were paid ahead when the service ended: 10 of 31 days and all of the second go back', async () => {
    expect((await tell.bill('ben', 0)).slice(0, 2)).toEqual([
      'Own month ahead 01-20..02-20 3100',
      'Own month ahead 02-20..03-20 3100',
    ]);
    expect(await tell.bill('ben', 1)).toEqual([
      'Own month ahead, given back 02-10..02-20 -1000',
      'Own month ahead, given back 02-20..03-20 -3100',
      'ten -4100 -410',
      'total -4510',
    ]);
  });

  it('W03 changed on the morning of a bill: the 12 days before, in arrears, are on the next one', async () => {
    expect((await tell.bill('cyd', 0)).slice(0, 2)).toEqual([
      'Own month after 01-20..02-01 1200',
      'Thirty-one 02-01..03-01 3100',
    ]);
  });

  it('W04 a smaller plan from the end of the period: nothing is given back', async () => {
    expect((await tell.bill('dan', 0)).slice(0, 2)).toEqual([
      'Large 01-01..02-01 5600',
      'Large 02-01..03-01 5600',
    ]);
    expect(await tell.bill('dan', 1)).toEqual(['Small 03-01..04-01 2800', 'ten 2800 280', 'total 3080']);
  });

  it('W05 two larger plans on one day: the last one has the day, 14 of 28 days', async () => {
    expect(await tell.bill('eva', 1)).toEqual([
      'Small, given back 02-15..03-01 -1400',
      'Huge 02-15..03-01 4200',
      'Huge 03-01..04-01 8400',
      'ten 11200 1120',
      'total 12320',
    ]);
  });

  it('W05 asked before: 28.00 more for the rest of February, and what the bill will say to the cent', async () => {
    expect(asked).toEqual([
      'prorated 2800 + 280',
      '+ Small, given back, 15 Feb 2026 to 28 Feb 2026: -$14.00 before tax (14 of 28 days at $28.00)',
      '+ Huge, 15 Feb 2026 to 28 Feb 2026: $42.00 before tax (14 of 28 days at $84.00)',
      '+ Huge, 1 Mar 2026 to 31 Mar 2026: $84.00 before tax',
      '- Small, 1 Mar 2026 to 31 Mar 2026: $28.00 before tax',
      'bill 3080, then 12320',
    ]);
  });

  it('W06 paused for 14 days, in arrears: 7 and 7 of 28 days', async () => {
    expect(await tell.bill('fay', 1)).toEqual([
      'Stops 02-01..02-08 700',
      'Stops 02-22..03-01 700',
      'ten 1400 140',
      'total 1540',
    ]);
  });

  it('W07 months of 30 days: from the 16th half a month', async () => {
    expect((await tell.bill('gus', 0))[0]).toBe('Thirty days 01-16..02-01 1500');
  });

  it('W08 the first day is free and the last is not: 21 of 31, 14 of 28', async () => {
    expect((await tell.bill('hal', 0))[0]).toBe('Last day 01-11..02-01 2100');
    expect((await tell.bill('hal', 1))[0]).toBe('Last day 02-01..02-15 1550');
  });

  it('W09 20 % but at most 5.00, then 10 % of the rest', async () => {
    expect(await tell.bill('ida', 0)).toEqual([
      'Capped 01-01..02-01 4000',
      'a fifth -500',
      'a tenth -350',
      'ten 3150 315',
      'total 3465',
    ]);
  });

  it('W10 at least 30.00, of 16 of 31 days 15.48; the fee is 10.32', async () => {
    expect((await tell.bill('jon', 0)).slice(0, 2)).toEqual([
      'Least 01-16..02-01 1032',
      'Least 01-16..02-01 516',
    ]);
    expect((await tell.bill('jon', 1)).slice(0, 2)).toEqual([
      'Least 02-01..03-01 2000',
      'Least 02-01..03-01 1000',
    ]);
  });

  it('W11 left after one month of twelve: 11 months at 10.00, and 13 of 28 days', async () => {
    expect(await tell.bill('kay', 1)).toEqual([
      'A year: Leaving early 02-14..02-15 11000',
      'A year 02-01..02-14 1439',
      'ten 12439 1244',
      'total 13683',
    ]);
  });

  it('W12 a bill below 5.00 waits for the next one', async () => {
    expect(await tell.bill('lea', 0)).toEqual([
      'Penny 01-01..02-01 300',
      'Penny 02-01..03-01 300',
      'ten 600 60',
      'total 660',
    ]);
  });

  it('W13 a day of voice waits, then 30.97: recovery 7.6579 is cut, two months of a line are two whole fees', async () => {
    expect(await tell.bill('max', 0)).toEqual([
      'Voice 01-31..02-01 97',
      'Voice 02-01..03-01 3000',
      ...['usf 3097 765', 'e911 0 100', 'total 3962'],
    ]);
  });

  it('W15 a part of a line goes back with its tax at the rate, rounded; the rest with the whole bill', async () => {
    const { id } = await tell.whole('ned', 0);
    const part = await tell.desk.credits(id, {
      kind: 'partial',
      lines: [{ lineNo: 1, minor: 335 }],
    });
    const rest = await tell.desk.credits(id, { kind: 'full' }, { reason: 'all of it' });
    expect([part, rest].map(({ net, tax, total }) => [net.minor, tax.minor, total.minor])).toEqual([
      [335, 34, 369],
      [2765, 276, 3041],
    ]);
    expect((await tell.whole('ned', 0)).open.minor).toBe(0);
  });

  it('W16 what was paid too much pays the next bill, and lowers no tax', async () => {
    const { id } = await tell.whole('gus', 0);
    const { finance } = tell.desk;
    const at = '2026-03-01T19:00:00.000Z';
    await finance.receives(tell.who('gus'), 1650 + 500, { invoiceId: id, at });
    expect(await finance.balances(tell.who('gus'))).toMatchObject({
      receivable: 3300 - 500,
    });
    expect((await tell.bill('gus', 1)).slice(1)).toEqual(['ten 3000 300', 'total 3300']);
  });

  it('W14 a price from 10 February holds for the period that begins after it', async () => {
    expect((await tell.bill('oda', 0)).slice(0, 2)).toEqual([
      'Small 01-01..02-01 2800',
      'Small 02-01..03-01 2800',
    ]);
    expect((await tell.bill('oda', 1))[0]).toBe('Small 03-01..04-01 5600');
  });
});
