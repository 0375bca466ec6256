import { billedUpTo, slotsOf } from '../prices/increments';
import { plainMicro } from '../prices/round-plain';
import { compileDeck, entryFor, servingZoneOf } from './compile-deck';
import { dataEntry, deckVersion, entry } from '../sample-tariff';

const deck = compileDeck(deckVersion, [
  entry({ prefix: '4', zone: 'world' }),
  entry({ prefix: '49', zone: 'national' }),
  entry({ prefix: '4915', zone: 'mobile' }),
  entry({ prefix: '49', servingZone: 'roaming', zone: 'fromAbroad' }),
  dataEntry(),
]);

it.each([
  ['4915123', 'home', 'mobile'],
  ['4930123', 'home', 'national'],
  ['49', 'home', 'national'],
  ['44123', 'home', 'world'],
  ['4', 'home', 'world'],
  ['33123', 'home', undefined],
  ['4915123', 'roaming', 'fromAbroad'],
  ['4915123', 'nowhere', undefined],
])('a call to %s from %s is %s', (otherParty, servingZone, zone) => {
  expect(entryFor(deck, servingZone, { usageType: 'voice', otherParty })?.place.zone).toBe(zone);
});

it('data is rated where it is used', () => {
  expect(entryFor(deck, 'home', { usageType: 'data', otherParty: '' })?.place.zone).toBe('home');
  expect(entryFor(deck, 'roaming', { usageType: 'data', otherParty: '' })).toBeUndefined();
});

it.each([
  ['26201', 'home'],
  ['26299', 'festival'],
  ['20801', 'roaming'],
  ['310260', undefined],
])('network %s is %s', (network, servingZone) => {
  expect(servingZoneOf(deck, network)).toBe(servingZone);
});

it.each([
  [60, 1, 0, 0],
  [60, 1, 1, 60],
  [60, 1, 60, 60],
  [60, 1, 61, 61],
  [60, 60, 1, 60],
  [60, 60, 61, 120],
  [60, 60, 120, 120],
  [30, 6, 31, 36],
  [1, 1, 7, 7],
])('increments %i/%i bill %i as %i', (initialIncrement, nextIncrement, used, billed) => {
  expect(billedUpTo(slotsOf(initialIncrement, nextIncrement), 0, used)).toBe(billed);
});

it.each([
  ['0.06', 60, 60, 'halfUp', 60_000],
  ['0.10', 1_000_000, 44, 'halfUp', 4], // 4.4 millionths
  ['0.10', 1_000_000, 45, 'halfUp', 5], // 4.5
  ['0.10', 1_000_000, 45, 'halfEven', 4],
  ['0.10', 1_000_000, 44, 'up', 5],
  ['0.10', 1_000_000, 49, 'down', 4],
  ['0.05', 60, 61, 'halfUp', 50_833],
  ['0', 60, 61, 'up', 0],
] as const)('%s per %i: %i units %s are %i micro', (rate, perUnits, quantity, rounding, micro) => {
  const compiled = compileDeck(deckVersion, [entry({ rate, perUnits, rounding })]);
  const { price } = entryFor(compiled, 'home', { usageType: 'voice', otherParty: '49' })!;
  expect(plainMicro(price!.plain!, quantity, rounding)).toBe(micro);
});

it.each([
  ['two rates for one key', [entry(), entry({ rate: '1' })]],
  ['a negative rate', [entry({ rate: '-0.01' })]],
  ['a rate that is no number', [entry({ rate: '1e3' })]],
  ['units of nothing', [entry({ perUnits: 0 })]],
  ['half an increment', [entry({ nextIncrement: 0.5 })]],
])('refuses %s', (_, entries) => {
  expect(() => compileDeck(deckVersion, entries)).toThrow(RangeError);
});
