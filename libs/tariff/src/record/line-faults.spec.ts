import { lineFault } from './line-faults';
import { readUsage } from './read-usage-line';
import { type ColumnOrder, readHeader, usageColumns } from './usage-columns';

const order = readHeader(usageColumns) as ColumnOrder;

it.each([
  ['r1,voice,4915111', 'has 3 fields, the header 11'],
  [
    'r 1,voice,4915111,,4930123,2026-01-10T12:00:00Z,61,,,26201,',
    'recordId: must be 1 to 128 letters, digits and signs, without spaces',
  ],
  [
    'r1,voice,4915111,,4930123,2026-01-10T12:00:00Z,61,,,262,',
    'servingNetwork: must be MCC and MNC: 5 or 6 digits',
  ],
  [
    'r1,voice,4915111,,4930123,2026-01-10T12:00:00Z,6.5,,,26201,',
    'durationSeconds: must be a whole number of at most 15 digits, 0 where nothing was used',
  ],
  [
    'r1,data,4915111,,,2026-01-10T12:00:00Z,,4,,26201,',
    'downlinkBytes: must be a whole number of at most 15 digits, 0 where nothing was used',
  ],
  [
    'r1,fax,4915111,,4930123,2026-01-10T12:00:00Z,61,,,26201,',
    'usageType: must be one of voice, video, sms, mms, data, event',
  ],
])('%s: %s', (line, words) => {
  const fields = line.split(',');
  const read = readUsage(fields, order, '2030-01-01T00:00:00.000Z');
  expect('reason' in read && lineFault(read.reason, fields, order)).toBe(words);
});
