import { readUsage } from './read-usage-line';
import {
  type ColumnOrder,
  optionalUsageColumns,
  readHeader,
  usageColumns,
  type UsageColumn,
} from './usage-columns';

const columns = [...usageColumns, ...optionalUsageColumns];
const order = readHeader(columns) as ColumnOrder;

const usual: Partial<Record<UsageColumn, string>> = {
  recordId: 'r1',
  usageType: 'voice',
  servedMsisdn: '4915111',
  otherParty: '4930123456',
  startAt: '2026-01-10T12:00:00Z',
  durationSeconds: '61',
  servingNetwork: '26201',
};

const read = (change: Partial<Record<UsageColumn, string>>) =>
  readUsage(
    columns.map((column) => ({ ...usual, ...change })[column] ?? ''),
    order,
    '2026-02-02T00:00:00.000Z',
  );

const data = { usageType: 'data', durationSeconds: '', otherParty: '' };
const event = { usageType: 'event', durationSeconds: '', otherParty: '' };

it('what a file leaves out has no key', () => {
  expect(read({})).toEqual({
    record: {
      recordId: 'r1',
      usageType: 'voice',
      msisdn: '4915111',
      imsi: '',
      otherParty: '4930123456',
      startAt: '2026-01-10T12:00:00.000Z',
      quantity: 61,
      network: '26201',
      sessionId: '',
    },
  });
});

test.each<[Partial<Record<UsageColumn, string>>, object]>([
  [
    { direction: 'incoming', otherParty: '' },
    { direction: 'incoming', otherParty: '' },
  ],
  [{ direction: 'forwarded' }, { direction: 'forwarded' }],
  [
    { ...data, apn: 'IMS.mnc001.mcc262.gprs', uplinkBytes: '1', downlinkBytes: '2' },
    { apn: 'ims', quantity: 3 },
  ],
  [{ slice: '1-D14C3F' }, { slice: '1-d14c3f' }],
  [
    { slice: '1', qos: '9', ratingGroup: '4294967295' },
    { slice: '1', qos: '9', ratingGroup: '4294967295' },
  ],
  [
    { ...event, service: 'parking', amount: '2.50' },
    { service: 'parking', amount: '2.50', quantity: 1_000_000 },
  ],
  [{ onNet: 'true' }, { onNet: true }],
  [
    { onNet: '0', routingNumber: 'D049' },
    { onNet: false, routingNumber: 'D049' },
  ],
  [
    { recordSequence: '3', final: 'true', chargingId: 'c1' },
    { recordSequence: 3, final: true, sessionId: 'c1' },
  ],
  [
    { chargingId: 'c1', sessionId: 's1' },
    { chargingId: 'c1', sessionId: 's1' },
  ],
  [
    { servingCountry: '208', otherParty: '0123456789' },
    { servingMcc: '208', otherParty: '33123456789' },
  ],
  [{ otherParty: '0301234567' }, { otherParty: '49301234567', dialled: '0301234567' }],
  [{ otherParty: '22833' }, { otherParty: '22833', shortCode: true }],
  [{ usageType: 'video' }, { usageType: 'video', quantity: 61 }],
  [
    { usageType: 'mms', durationSeconds: '' },
    { usageType: 'mms', quantity: 1 },
  ],
  [
    { ...data, uplinkBytes: '1', downlinkBytes: '2', durationSeconds: '90' },
    { quantity: 3, durationSeconds: 90 },
  ],
])('%j', (change, expected) => {
  expect(read(change)).toMatchObject({ record: expected });
});

test.each<[string, Partial<Record<UsageColumn, string>>, number]>([
  ['a decimal of an event', { ...event, quantity: '35.5' }, 35_500_000],
  ['the least of an event', { ...event, quantity: '0.000001' }, 1],
  ['minutes', { durationSeconds: '', quantity: '1.5', unit: 'min' }, 90],
  ['messages', { usageType: 'sms', durationSeconds: '', quantity: '3' }, 3],
  ['kB are thousands', { ...data, quantity: '1.5', unit: 'kB' }, 1_500],
  ['KiB are not', { ...data, quantity: '1.5', unit: 'KiB' }, 1_536],
  ['GB', { ...data, quantity: '2.000001', unit: 'GB' }, 2_000_001_000],
  ['GiB', { ...data, quantity: '2', unit: 'GiB' }, 2_147_483_648],
])('%s', (_, change, quantity) => {
  expect(read(change)).toMatchObject({ record: { quantity } });
});

test.each<[string, Partial<Record<UsageColumn, string>>]>([
  ['badQuantity', { ...data, quantity: '1', unit: 'KB' }], // 1,000 or 1,024?
  ['badQuantity', { ...data, quantity: '1', unit: 'M' }],
  ['badQuantity', { ...data, quantity: '1' }],
  ['badQuantity', { ...data, quantity: '0.5', unit: 'B' }],
  ['badQuantity', { ...data, quantity: '9007200', unit: 'GB' }],
  ['badQuantity', { ...event, quantity: '0.0000001' }],
  ['badQuantity', { quantity: '1', unit: 'min' }], // besides its seconds
  ['badQuantity', { unit: 's' }],
  ['negativeQuantity', { ...data, quantity: '-1', unit: 'B' }],
  ['badQuantity', { ...event, quantity: '--1' }],
  ['badDirection', { direction: 'inbound' }],
  ['badApn', { apn: 'a b' }],
  ['badSlice', { slice: '256' }],
  ['badSlice', { slice: '1-12' }],
  ['badQos', { qos: 'high' }],
  ['badRatingGroup', { ratingGroup: '4294967296' }],
  ['badService', { service: '-' }],
  ['badAmount', { amount: '1,50' }],
  ['badAmount', { amount: '-1.50' }],
  ['badAmount', { amount: '1e3' }],
  ['badOnNet', { onNet: 'yes' }],
  ['badRoutingNumber', { routingNumber: 'host' }],
  ['badSequence', { recordSequence: '-1' }],
  ['badSequence', { final: 'last' }],
  ['badChargingId', { chargingId: '#' }],
  ['badServingCountry', { servingCountry: 'DE' }],
  ['badServingCountry', { servingCountry: '999' }],
  ['badCell', { cell: '"' }],
  ['unreadableNumber', { otherParty: '1-800-FLOWERS' }],
  ['unreadableNumber', { otherPartyType: 'alphanumeric' }],
  ['unreadableNumber', { otherParty: '' }],
])('%s: %j', (reason, change) => {
  expect(read(change)).toEqual({ reason });
});

it('optional columns may stand anywhere; one that nobody knows is refused', () => {
  expect(readHeader(['apn', ...usageColumns])).toMatchObject({ width: 12, hasMore: true });
  expect(readHeader([...usageColumns, 'price'])).toEqual({ problem: 'columns unknown: price' });
  expect(readHeader([...usageColumns, 'apn', 'apn'])).toEqual({ problem: 'columns twice: apn' });
});
