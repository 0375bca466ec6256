import type { OfferingVersion, RateEntry } from '@tollkeeper/contracts';
import { emptyState, foldGroup } from '../rating/fold-group';
import type { UsageRecord } from '../record/usage-record';
import { allowance, call, dataEntry, dataUse, entry, guided, offering } from '../sample-tariff';
import { fairUseVolume } from './fair-use-volume';

const [home, abroad] = ['26201', '20801'];
const perGigabyte = { perUnits: 1_000_000_000, roundAt: 'record' as const };

const entries: RateEntry[] = [
  entry(),
  entry({ prefix: 'short:22833', zone: 'service', rate: '0.49' }),
  entry({ prefix: 'incoming', zone: 'received', rate: '0' }),
  entry({ servingZone: 'roaming', rate: '0.09' }),
  entry({ servingZone: 'roaming', prefix: 'incoming', zone: 'receivedAbroad', rate: '0.12' }),
  entry({ usageType: 'video', zone: 'video', rate: '0.30' }),
  entry({
    usageType: 'event',
    prefix: 'service:parking',
    zone: 'services',
    rate: '2.50',
    perUnits: 1_000_000,
  }),
  dataEntry({ rate: '0', ...perGigabyte }),
  dataEntry({ prefix: 'zone:roaming', servingZone: 'roaming', zone: 'eu', rate: '1.10', ...perGigabyte }),
];

function rate(records: UsageRecord[], plan: OfferingVersion = offering()): string[] {
  const usages = records.map((record, at) =>
    guided({ ...record, recordId: `r${at}` }, { entries, offerings: [plan] }),
  );
  return foldGroup(emptyState(), usages).folded.map(({ outcome }) =>
    'rated' in outcome ? `${outcome.rated.zone} ${outcome.rated.amountMicro}` : outcome.suspended,
  );
}

const giga = 1_000_000_000;
const used = (quantity: number): UsageRecord => dataUse({ network: abroad, quantity });

it('data costs a surcharge behind the fair use volume, and not before', () => {
  const volume = fairUseVolume({ on: '2026-01-10', price: '11.00', domesticBytes: null });
  expect(volume?.bytes).toBe(20 * giga);
  const fairUse = allowance({ usageType: 'data', zones: ['roaming'], units: volume?.bytes ?? 0 });
  expect(rate([used(19 * giga), used(2 * giga), used(giga)], offering({ allowances: [fairUse] }))).toEqual([
    'eu 0',
    'eu 1100000',
    'eu 1100000',
  ]);
});

test.each<[string, Partial<UsageRecord>, string]>([
  ['a call at home', {}, 'national 60000'],
  ['the same abroad', { network: abroad }, 'national 90000'],
  ['received at home', { direction: 'incoming' }, 'received 0'],
  ['received abroad', { direction: 'incoming', network: abroad, otherParty: '' }, 'receivedAbroad 120000'],
  ['sent on to another number', { direction: 'forwarded' }, 'national 60000'],
  ['a video call', { usageType: 'video' }, 'video 300000'],
  ['a short code', { otherParty: '22833', shortCode: true }, 'service 490000'],
  ['a home short code abroad', { otherParty: '22833', shortCode: true, network: abroad }, 'noRate'],
  ['help at home', { otherParty: '110', shortCode: true, network: home }, 'free 0'],
  ['help abroad', { otherParty: '17', shortCode: true, network: abroad }, 'free 0'],
  ["home's number for help abroad", { otherParty: '110', shortCode: true, network: abroad }, 'noRate'],
  [
    '1.5 of a service',
    { usageType: 'event', otherParty: '', service: 'parking', quantity: 1_500_000 },
    'services 3750000',
  ],
  [
    'a service without a row',
    { usageType: 'event', otherParty: '', service: 'vote', quantity: 1_000_000 },
    'noRate',
  ],
])('%s', (_, change, expected) => {
  expect(rate([call(change)])).toEqual([expected]);
});

it('a call for help uses no allowance, also abroad', () => {
  const minutes = allowance({ zones: ['home', 'roaming', 'national', 'free'], units: 60 });
  const plan = offering({ allowances: [minutes] });
  const help = call({ otherParty: '17', shortCode: true, network: abroad });
  expect(rate([help, call(), call()], plan)).toEqual(['free 0', 'national 0', 'national 60000']);
});

it('the record says what a service costs', () => {
  const plan = offering({
    usagePrices: [
      {
        priceId: 'premium',
        name: 'Premium',
        when: { usageTypes: ['event'] },
        price: { charge: { model: 'passThrough' } },
      },
    ],
  });
  const event = call({
    usageType: 'event',
    otherParty: '',
    service: 'parking',
    quantity: 1_000_000,
    amount: '4.99',
  });
  expect(rate([event], plan)).toEqual(['services 4990000']);
});
