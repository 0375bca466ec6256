import type { RateEntry, UsageType } from '@tollkeeper/contracts';
import { deckVersion, entry } from '../sample-tariff';
import type { UsageRecord } from '../record/usage-record';
import { compileDeck, entryFor } from './compile-deck';
import { prefixFault } from './destination';

const row = (prefix: string, change: Partial<RateEntry> = {}): RateEntry =>
  entry({ prefix, zone: prefix.replace(':', '-'), ...change });
const event = { usageType: 'event' as const };

const deck = compileDeck(deckVersion, [
  row('49'),
  row('2'),
  row('0180'),
  row('short:22833'),
  row('80'),
  row('onNet'),
  row('incoming'),
  row('2', { servingZone: 'roaming' }),
  row('49', { servingZone: 'roaming' }),
  row('incoming', { servingZone: 'roaming', zone: 'received' }),
  row('forwarded', { servingZone: 'roaming' }),
  row('49', { usageType: 'video', zone: 'video' }),
  row('service', event),
  row('service:parking', event),
  row('short:72255', event),
  row('49', event),
]);

const zoneOf = (usage: Partial<UsageRecord> & { otherParty: string }, servingZone = 'home') =>
  entryFor(deck, servingZone, { usageType: 'voice', ...usage })?.place.zone;

test.each<[string, Partial<UsageRecord> & { otherParty: string }, string, string | undefined]>([
  ['a number', { otherParty: '4930123' }, 'home', '49'],
  ['a short code', { otherParty: '22833', shortCode: true }, 'home', 'short-22833'],
  ['a short code abroad', { otherParty: '22833', shortCode: true }, 'roaming', undefined],
  ['a short code that no row is for', { otherParty: '22834', shortCode: true }, 'home', undefined],
  ['a code in a row of digits', { otherParty: '80', shortCode: true }, 'home', '80'],
  ['Benin begins like a short code', { otherParty: '22833123456' }, 'home', '2'],
  ['as dialled goes first', { otherParty: '49180123456', dialled: '0180123456' }, 'home', '0180'],
  ['as dialled, no row', { otherParty: '4930123456', dialled: '030123456' }, 'home', '49'],
  ['own number', { otherParty: '4930123', onNet: true }, 'home', 'onNet'],
  ['not own', { otherParty: '4930123', onNet: false }, 'home', '49'],
  ['own number, no row', { otherParty: '4930123', onNet: true }, 'roaming', '49'],
  ['received', { otherParty: '4930123', direction: 'incoming' }, 'home', 'incoming'],
  ['received abroad', { otherParty: '', direction: 'incoming' }, 'roaming', 'received'],
  [
    'received, no row',
    { otherParty: '4930123', direction: 'incoming', usageType: 'video' },
    'home',
    undefined,
  ],
  ['sent on', { otherParty: '4930123', direction: 'forwarded' }, 'roaming', 'forwarded'],
  ['sent on, no row', { otherParty: '4930123', direction: 'forwarded' }, 'home', '49'],
  ['video', { otherParty: '4930123', usageType: 'video' }, 'home', 'video'],
  ['another type', { otherParty: '4930123', usageType: 'mms' }, 'home', undefined],
  ['a service', { otherParty: '', service: 'parking', ...event }, 'home', 'service-parking'],
  ['a service to a code', { otherParty: '72255', shortCode: true, ...event }, 'home', 'short-72255'],
  ['a service to a number', { otherParty: '4930123', service: 'vote', ...event }, 'home', '49'],
  ['any service', { otherParty: '', service: 'vote', ...event }, 'home', 'service'],
])('%s', (_, usage, servingZone, zone) => {
  expect(zoneOf(usage, servingZone)).toBe(zone);
});

test.each<[UsageType, string, boolean]>([
  ['voice', '49', true],
  ['voice', '0180', true],
  ['voice', 'short:22833', true],
  ['voice', 'onNet', true],
  ['voice', '+49', false],
  ['voice', 'onnet', false],
  ['voice', 'service', false],
  ['event', 'service', true],
  ['event', 'service:parking', true],
  ['event', 'service:', false],
  ['data', 'zone:home', true],
  ['data', 'zone:roaming', false],
  ['data', '49', false],
])('a row of %s for %s: %s', (usageType, prefix, isRight) => {
  expect(prefixFault({ usageType, prefix, servingZone: 'home' }) === null).toBe(isRight);
});
