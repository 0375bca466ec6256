import { createHash } from 'node:crypto';
import { addDays } from '@tollkeeper/calendar';
import type { ApiError } from '../../tools/sample/api-client';
import { BooksOf } from './books-language';
import { Operator, type Subscriber } from './operator';

const february = Array.from({ length: 28 }, (_, index) => addDays('2026-02-01', index));

/** Smart 5 GB: 25.00 for February is billed on February 1 and earned by its 28 days, 89.28 cents each. */
describe('February is charged in advance and earned day by day', () => {
  let operator: Operator;
  let books: BooksOf;
  let ada: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    books = new BooksOf(operator);
    ada = await operator.subscriber('smart-5', { card: 'ok' });
    await operator.until('2026-02-16T12:00:00.000Z');
  });

  it('Feb 16: nothing is closed yet, all of it is deferred', async () => {
    expect(await books.closedThrough()).toBeNull();
    expect(await books.deferrals(ada)).toEqual([['2026-02-01', 2500, 0, 2500]]);
    expect(await books.trialBalance('2026-02-16')).toMatchObject({
      deferredRevenue: -2500,
      'revenue:recurring': -2500,
    });
  });

  it('Feb 16: finance closes the days up to the 14th: half of it is earned; a day that is not over is refused', async () => {
    await expect(books.recogniseThrough('2026-02-16')).rejects.toMatchObject({
      status: 422,
      problem: { field: 'throughOn' },
    } satisfies Partial<Record<keyof ApiError, unknown>>);
    await books.recogniseThrough('2026-02-14');
    expect(await books.closedThrough()).toBe('2026-02-14');
    expect(await books.deferrals(ada)).toEqual([['2026-02-01', 2500, 1250, 1250]]);
    await expect(books.recogniseThrough('2026-02-13')).rejects.toMatchObject({
      problem: { code: 'alreadyClosed' },
    });
  });

  it('Mar 1, 04:00: the rest of February follows by itself; odd cents fall on days, none is lost', async () => {
    await operator.until('2026-03-01T20:00:00.000Z');
    expect(await books.closedThrough()).toBe('2026-02-28');
    expect(await books.deferrals(ada)).toEqual([
      ['2026-02-01', 2500, 2500, 0],
      ['2026-03-01', 2500, 0, 2500],
    ]);
    const [schedule] = await books.schedules(ada);
    expect(schedule?.days?.map(({ on }) => on)).toEqual(february);
    expect(new Set(schedule?.days?.map(({ minor }) => minor))).toEqual(new Set([89, 90]));
    const earned = await Promise.all(
      ['2026-02-01', '2026-02-03', '2026-02-14', '2026-02-28'].map(async (on) => {
        const { deferredRevenue, 'revenue:recurring': revenue } = await books.trialBalance(on);
        return [on, deferredRevenue, revenue];
      }),
    );
    // January's 25.00 was billed after it was over: revenue at once.
    expect(earned).toEqual([
      ['2026-02-01', -2411, -2589],
      ['2026-02-03', -2233, -2767],
      ['2026-02-14', -1250, -3750],
      ['2026-02-28', 0, -5000],
    ]);
  });

  it('the journal of a closed day is the same bytes twice, and does not change when the next days are closed', async () => {
    const names = ['journal.json', 'postings.csv', 'totals.csv'];
    const first = await Promise.all(names.map((name) => books.journal('2026-02-15', name)));
    expect(first.map(({ text }) => createHash('sha256').update(text).digest('hex'))).toEqual(
      first.map(({ sha256 }) => sha256),
    );
    expect(first[2]?.text.split('\r\n')).toContain(
      '2026-02-15,deferredRevenue,Billed for days that are still to come,liability,0.89,0.00,0.89,USD',
    );
    await operator.until('2026-03-03T12:00:00.000Z');
    await books.recogniseThrough('2026-03-02');
    expect(await Promise.all(names.map((name) => books.journal('2026-02-15', name)))).toEqual(first);
    await expect(books.journal('2026-03-03', 'postings.csv')).rejects.toMatchObject({
      problem: { code: 'dayOpen' },
    });
  });

  it('one posting for each day and currency', async () => {
    const { text } = await books.journal('2026-02-15', 'postings.csv');
    const recognitions = text
      .split('\r\n')
      .filter((line) => line.includes(`recognition/${operator.tenantId}/USD/2026-02-15`));
    expect(recognitions).toHaveLength(2);
    expect(recognitions[1]).toContain('revenue:recurring,Revenue,,0.89,USD');
  });
});
