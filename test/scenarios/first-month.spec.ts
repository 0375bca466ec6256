import { type Bill, Operator, type Subscriber } from './operator';

const minutes = 60;
const GB = 1_000_000_000;

/** New York: January ends at 05:00 UTC on Feb 1; usage is awaited for six hours. */
describe('a first month', () => {
  let operator: Operator;
  let ada: Subscriber;
  let ben: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    ada = await operator.subscriber('smart-5', { card: 'ok' });
    ben = await operator.subscriber('pay-as-you-go', { card: 'ok' });
    await operator.until('2026-01-20T15:00:00.000Z');
  });

  it('Jan 20: usage comes in, out of order, with a call to 911', async () => {
    await operator.usage(ada, [
      { at: '2026-01-12T16:00:00Z', bytes: 6 * GB },
      { at: '2026-01-11T15:00:00Z', seconds: 11 * minutes },
      { at: '2026-01-10T15:00:00Z', seconds: 299 * minutes },
      { at: '2026-01-12T15:00:00Z', text: true },
      { at: '2026-01-13T16:00:00Z', seconds: 90, to: '911' },
    ]);
    await operator.usage(ben, [
      { at: '2026-01-10T15:00:00Z', seconds: 61 },
      { at: '2026-01-10T16:00:00Z', text: true },
      { at: '2026-01-11T16:00:00Z', seconds: 61, to: '+4420712345' },
      { at: '2026-01-12T16:00:00Z', bytes: GB / 4, network: '26201' },
    ]);
    await operator.settle();
    const { data } = await operator.api.get<{ data: { counts: { received: number; rated: number } }[] }>(
      '/v1/rating/usage-imports',
    );
    expect(data.map(({ counts: { received, rated } }) => [received, rated]).sort()).toEqual([
      [4, 4],
      [5, 5],
    ]);
  });

  it('Feb 1: what goes beyond the allowance is priced; emergency calls are free', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    expect(await operator.lines(ada)).toEqual([
      ['Smart 5 GB: Smart 5 GB monthly', 2500], // January
      ['Smart 5 GB: Smart 5 GB monthly', 2500], // February, in advance
      ['Calls within the US', 50], // 10 minutes over 300, at 0.05
      ['Emergency and free numbers', 0],
      ['Text messages within the US', 0],
      ['Data in the US', 400], // 1 GB over 5 GB, at 4.00
    ]);
    const [bill] = (await operator.bills(ada)) as [Bill];
    expect([bill.tax.minor, bill.total.minor]).toEqual([158, 5608]); // 2.9 % of 54.50 = 1.5805
  });

  it('Feb 1: pay as you go, 60/1 at home, 60/60 and a connect fee abroad, roaming data', async () => {
    expect(await operator.lines(ben)).toEqual([
      ['Calls to United Kingdom', 26], // 2 minutes at 0.12 and 0.02
      ['Calls within the US', 5], // 61 s at 0.05 a minute = 0.050833
      ['Text messages within the US', 4],
      ['Data while roaming', 500], // 250 MB at 2.00 for 100 MB
    ]);
  });

  it('Feb 15: the card is charged on the due date, and both were told', async () => {
    await operator.until('2026-02-15T20:00:00.000Z');
    expect((await operator.bills(ada))[0]).toMatchObject({ paymentState: 'paid', open: { minor: 0 } });
    expect(await operator.messages(ada)).toEqual(['2026-02-01 invoice', '2026-02-15 paymentReceived']);
  });

  it('Mar 1: usage of January that came late is on the next bill, with its own date', async () => {
    await operator.usage(ben, [{ at: '2026-01-30T15:00:00Z', text: true }]);
    await operator.until('2026-03-01T20:00:00.000Z');
    expect(await operator.lines(ben, 1)).toEqual([
      ['Late usage of 2026-01-01 to 2026-01-31: Text messages within the US', 4],
    ]);
  });
});
