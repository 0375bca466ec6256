import { type RatedLine, totalsOf } from './rated-totals';

const line = (change: Partial<RatedLine> = {}): RatedLine => ({
  accountId: 'acc_1',
  subscriptionId: 'sub_1',
  periodId: 'sub_1/2026-01-01',
  offeringId: 'plan',
  offeringVersion: 1,
  usageType: 'voice',
  zone: 'national',
  firstDescription: 'Germany',
  lastDescription: 'Germany',
  records: 1,
  quantity: 60,
  includedQuantity: 10,
  amountMicro: 50_000,
  ...change,
});

const telecom = () => 'telecom';

it('adds up what is one bill line', () => {
  expect(totalsOf([line(), line({ records: 2, amountMicro: 1 })], telecom)).toEqual([
    expect.objectContaining({
      records: 3,
      quantity: 120,
      includedQuantity: 20,
      amountMicro: 50_001,
      description: 'Germany',
      taxCode: 'telecom',
      revenueCategory: 'voice',
    }),
  ]);
});

it('names a line of many destinations by its zone', () => {
  const [total] = totalsOf(
    [line(), line({ firstDescription: 'Berlin', lastDescription: 'Hamburg' })],
    telecom,
  );
  expect(total?.description).toBe('Calls, national');
});

it.each([
  ['subscription', { subscriptionId: 'sub_2' }],
  ['period', { periodId: 'sub_1/2026-02-01' }],
  ['type', { usageType: 'sms' as const }],
  ['zone', { zone: 'world' }],
])('keeps lines of another %s apart', (_, change) => {
  expect(totalsOf([line(), line(change)], telecom)).toHaveLength(2);
});

it('joins versions of a plan with one tax code and parts them where the code changed', () => {
  const lines = [line(), line({ offeringVersion: 2 })];
  expect(totalsOf(lines, telecom)).toHaveLength(1);
  expect(totalsOf(lines, (_, version) => `code${version}`)).toHaveLength(2);
});

it('comes in one order whatever the order of the lines', () => {
  const lines = [line({ zone: 'b' }), line({ zone: 'a' }), line({ subscriptionId: 'sub_0' })];
  expect(JSON.stringify(totalsOf(lines, telecom))).toBe(
    JSON.stringify(totalsOf([...lines].reverse(), telecom)),
  );
});

it('a correction is a line of its own, named for the days that it puts right', () => {
  const corrects = { from: '2026-01-01', to: '2026-02-01' };
  const totals = totalsOf([line(), line({ corrects, amountMicro: -20_000 })], telecom);
  expect(totals.map(({ description, amountMicro }) => [description, amountMicro])).toEqual([
    ['Germany', 50_000],
    ['Correction of 2026-01-01 to 2026-01-31: Germany', -20_000],
  ]);
});
