import { expect, it } from '@jest/globals';
import { lineFaults, type RecordSum, sumsByPeriod, type UsageLine } from './bill-lines';

const sum = (change: Partial<RecordSum> = {}): RecordSum => ({
  subscriptionId: 'sub_1',
  periodId: 'sub_1/2026-01-01',
  offeringId: 'smart',
  usageType: 'voice',
  zone: 'us',
  taxCode: 'telecom',
  description: 'Calls within the US',
  records: 2,
  quantity: 120,
  includedQuantity: 20,
  amountMicro: 1_004_999,
  ...change,
});
const line = (change: Partial<UsageLine> = {}): UsageLine => ({
  lineNo: 1,
  kind: 'usage',
  subscriptionId: 'sub_1',
  description: 'Calls within the US',
  quantity: 120,
  includedQuantity: 20,
  records: 2,
  amountMicro: 1_004_999,
  amountMinor: 100,
  taxCode: 'telecom',
  revenueCategory: 'voice',
  offeringId: 'smart',
  periodIds: ['sub_1/2026-01-01'],
  ...change,
});
const late = sum({
  periodId: 'sub_1/2025-12-01',
  records: 1,
  quantity: 60,
  includedQuantity: 0,
  amountMicro: 1,
});

it.each<[string, UsageLine[], RecordSum[]]>([
  ['a line of one period', [line()], [sum()]],
  [
    'a line of two periods',
    [line({ records: 3, quantity: 180, amountMicro: 1_005_000, amountMinor: 101 })],
    [sum(), late],
  ],
  [
    'two zones of one name, whatever their order',
    [line({ amountMicro: 20_000, amountMinor: 2 }), line({ lineNo: 2 })],
    [sum(), sum({ zone: 'ca', amountMicro: 20_000 })],
  ],
])('agrees on %s', (_, lines, sums) => {
  expect(lineFaults('USD', lines, sums)).toEqual([]);
});

it.each<[string, RegExp, UsageLine[], RecordSum[]]>([
  [
    'one micro too much',
    /bills 2 records.*1004999 micro; its records are.*1005000 micro/,
    [line()],
    [sum({ amountMicro: 1_005_000 })],
  ],
  ['a record less', /bills 2 records/, [line()], [sum({ records: 1 })]],
  ['no records', /its records are none/, [line()], []],
  ['a wrong rounding', /101 minor units are not 1004999 micro/, [line({ amountMinor: 101 })], [sum()]],
  ['records on no line', /no line bills/, [line()], [sum(), sum({ usageType: 'sms', description: 'SMS' })]],
])('finds %s', (_, fault, lines, sums) => {
  expect(lineFaults('USD', lines, sums).join()).toMatch(fault);
});

it('names a sum of several destinations by its zone, over all versions of the plan', () => {
  const { description: _description, ...figures } = sum();
  const versions = [
    { ...figures, firstDescription: 'France', lastDescription: 'Italy' },
    { ...figures, firstDescription: 'Spain', lastDescription: 'Spain' },
  ];
  const [merged] = sumsByPeriod(versions).get('sub_1/2026-01-01') ?? [];
  expect(merged).toMatchObject({ description: 'Calls, us', records: 4, amountMicro: 2_009_998 });
});
