import { maskLine } from './mask-line';
import { readUsage } from './read-usage-line';
import { type ColumnOrder, readHeader, usageColumns } from './usage-columns';

const order = readHeader(usageColumns) as ColumnOrder;
const latest = '2026-02-02T00:00:00.000Z';
const read = (line: string) => readUsage(line.split(','), order, latest);

it.each([
  [
    'r1,voice,+4915111,26201555,+4930123,2026-01-10T12:00:00Z,61,,,26201,',
    {
      usageType: 'voice',
      msisdn: '4915111',
      otherParty: '4930123',
      quantity: 61,
      startAt: '2026-01-10T12:00:00.000Z',
    },
  ],
  [
    'r1,voice,,26201555,112,2026-01-10T13:00:00+01:00,0,,,26201,',
    { imsi: '26201555', otherParty: '112', quantity: 0, startAt: '2026-01-10T12:00:00.000Z' },
  ],
  [
    'r1,sms,4915111,,004930123,2026-01-10T12:00:00Z,,,,310260,',
    { usageType: 'sms', otherParty: '4930123', quantity: 1 },
  ],
  [
    'r1,data,4915111,,,2026-01-10T12:00:00Z,,40,4,26201,s-1',
    { usageType: 'data', otherParty: '', quantity: 44, sessionId: 's-1' },
  ],
])('%s', (line, expected) => {
  expect(read(line)).toMatchObject({ record: expected });
});

it.each([
  ['malformedLine', 'r1,voice,4915111,,4930123,2026-01-10T12:00:00Z,61,,,26201'],
  ['malformedLine', 'r1,voice,4915111,,4930123,2026-01-10T12:00:00Z,61,,,26201,,'],
  ['badRecordId', ',voice,4915111,,4930123,2026-01-10T12:00:00Z,61,,,26201,'],
  ['badDuration', 'r1,voice,4915111,,4930123,2026-01-10T12:00:00Z,,,,26201,'],
  ['badDuration', 'r1,voice,4915111,,4930123,2026-01-10T12:00:00Z,6.5,,,26201,'],
  ['badDownlinkBytes', 'r1,data,4915111,,,2026-01-10T12:00:00Z,,40,,26201,'],
  ['badServingNetwork', 'r1,voice,4915111,,4930123,2026-01-10T12:00:00Z,61,,,home,'],
  ['badUplinkBytes', 'r1,data,4915111,,,2026-01-10T12:00:00Z,,9999999999999999,0,26201,'],
  ['badSessionId', 'r1,data,4915111,,,2026-01-10T12:00:00Z,,40,4,26201,s 1'],
  ['unknownUsageType', 'r1,fax,4915111,,4930123,2026-01-10T12:00:00Z,61,,,26201,'],
  ['badInstant', 'r1,voice,4915111,,4930123,2026-01-10 12:00,61,,,26201,'],
  ['badInstant', 'r1,voice,4915111,,4930123,2026-02-30T12:00:00Z,61,,,26201,'],
  ['badInstant', 'r1,voice,4915111,,4930123,0001-01-01T00:00:00Z,61,,,26201,'],
  ['badQuantity', 'r1,voice,4915111,,4930123,2026-01-10T12:00:00Z,999999999999999,,,26201,'],
  ['badQuantity', 'r1,data,4915111,,,2026-01-10T12:00:00Z,1000000001,40,4,26201,'],
  ['futureStart', 'r1,voice,4915111,,4930123,2026-02-02T00:00:01Z,61,,,26201,'],
  ['negativeQuantity', 'r1,voice,4915111,,4930123,2026-01-10T12:00:00Z,-1,,,26201,'],
  ['negativeQuantity', 'r1,data,4915111,,,2026-01-10T12:00:00Z,,40,-4,26201,'],
  ['unreadableNumber', 'r1,voice,n/a,,4930123,2026-01-10T12:00:00Z,61,,,26201,'],
  ['unreadableNumber', 'r1,voice,,,4930123,2026-01-10T12:00:00Z,61,,,26201,'],
  ['unreadableNumber', 'r1,sms,4915111,,PIZZA,2026-01-10T12:00:00Z,,,,26201,'],
])('%s: %s', (reason, line) => {
  expect(read(line)).toEqual({ reason });
});

it.each([
  ['any order of columns', [...usageColumns].reverse(), null],
  ['a missing one', usageColumns.slice(1), 'columns missing: recordId'],
  ['an unknown one', [...usageColumns, 'price'], 'columns unknown: price'],
  [
    'one twice',
    [...usageColumns, 'imsi', 'imsi'].map((name) => (name === 'imsi' ? 'recordId' : name)),
    'columns twice: recordId, recordId',
  ],
])('header: %s', (_, names, problem) => {
  const found = readHeader(names);
  expect('problem' in found ? found.problem : null).toBe(problem);
});

it('masks numbers and identities in what it shows', () => {
  expect(maskLine('r1,voice,+4915111222,262015550001112,112,2026-01-10T12:00:00Z,61')).toBe(
    'r1,voice,+491***22,262***12,112,2026-01-10T12:00:00Z,61',
  );
});
