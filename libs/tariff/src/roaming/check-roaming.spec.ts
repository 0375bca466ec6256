import type { OfferingVersion, RateDeckVersion, RateEntry } from '@tollkeeper/contracts';
import { allowance, entry, offering } from '../sample-tariff';
import { checkRoamingDeck } from './check-roaming-deck';
import { checkRoamingPlan } from './check-roaming-plan';

const perGigabyte = { perUnits: 1_000_000_000, initialIncrement: 1_000, nextIncrement: 1_000 };
const data = (servingZone: string, rate: string, change: Partial<RateEntry> = {}): RateEntry =>
  entry({
    prefix: `zone:${servingZone}`,
    usageType: 'data',
    servingZone,
    zone: servingZone,
    rate,
    ...perGigabyte,
    ...change,
  });
const call = (servingZone: string, prefix: string, rate: string, change: Partial<RateEntry> = {}) =>
  entry({ servingZone, prefix, rate, zone: `${servingZone}-${prefix}`, ...change });
const message = (servingZone: string, prefix: string, rate: string) =>
  call(servingZone, prefix, rate, { usageType: 'sms', perUnits: 1 });

const deck: RateDeckVersion = {
  deckId: 'retail',
  version: 1,
  currency: 'EUR',
  validFrom: '2026-03-01T00:00:00.000Z',
  servingZones: [
    { network: '262', servingZone: 'home' },
    { network: '208', servingZone: 'eu' },
    { network: '22801', servingZone: 'world' },
  ],
  freeNumbers: [],
  eea: { homeCountry: 'DE', specialZones: ['premium'] },
};

const lawful = [
  call('home', '49', '0.09'),
  call('home', '33', '0.19'),
  call('home', '1', '1.99'),
  call('home', '33899', '2.99', { zone: 'premium' }),
  message('home', '49', '0.07'),
  message('home', '33', '0.06'),
  data('home', '4.00'),
  call('eu', '49', '0.109'), // 0.09 at home and 0.019
  call('eu', '33', '0.09', { initialIncrement: 30 }),
  call('eu', '1', '3.99', { initialIncrement: 60, nextIncrement: 60 }),
  call('eu', 'incoming', '0.002'),
  message('eu', '49', '0.073'),
  data('eu', '5.10'), // 4.00 and 1.10
  call('world', '49', '2.99', { initialIncrement: 60, nextIncrement: 60 }),
  data('world', '9999'),
];

const findingsOf = (change: RateEntry[], head: Partial<RateDeckVersion> = {}): string[] =>
  checkRoamingDeck({ ...deck, ...head }, [...lawful, ...change]).map(
    ({ field, wayOut }) => `${field.replace(String(lawful.length), 'n')}: ${wayOut}`,
  );

it('a lawful deck has no findings', () => {
  expect(findingsOf([])).toEqual([]);
});

test.each<[string, RateEntry[], string[]]>([
  ['a call above the cap', [call('eu', '34', '0.1091')], ['entries.n.rate: at most 0.109 a minute']],
  [
    'by the second it is the same',
    [call('eu', '34', '0.0019', { perUnits: 1 })],
    ['entries.n.rate: at most 0.109 a minute'],
  ],
  ['a message', [message('eu', '34', '0.0731')], ['entries.n.rate: at most 0.073 a message']],
  ['data', [data('eu', '0.0052', { perUnits: 1_000_000 })], ['entries.n.rate: at most 5.10 a GB']],
  ['a call received', [call('eu', 'incoming', '0.003')], ['entries.n.rate: at most 0.002 a minute']],
  [
    'a message received',
    [{ ...message('eu', 'incoming', '0.001') }],
    ['entries.n.rate: at most 0.00 a message'],
  ],
  ['60/1', [call('eu', '34', '0.09', { initialIncrement: 60 })], ['entries.n.initialIncrement: 30/1']],
  [
    '30/30',
    [call('eu', '34', '0.09', { initialIncrement: 30, nextIncrement: 30 })],
    ['entries.n.nextIncrement: 30/1'],
  ],
  [
    'received by the minute',
    [call('eu', 'incoming', '0', { nextIncrement: 60 })],
    ['entries.n.nextIncrement: 1/1'],
  ],
  [
    'data by the 10 kB',
    [data('eu', '1', { initialIncrement: 10_000 })],
    ['entries.n.initialIncrement: 1024/1024'],
  ],
  [
    'a connect fee',
    [call('eu', '34', '0.01', { connectFee: '0.10' })],
    ['entries.n.connectFee: the connect fee of calls at home, or none'],
  ],
  [
    'to another country of the Union',
    [call('home', '34', '0.20')],
    ['entries.n.rate: at most 0.19 a minute'],
  ],
  [
    'with its fee',
    [call('home', '34', '0.15', { connectFee: '0.05' })],
    ['entries.n.rate: at most 0.19 a minute'],
  ],
  ['what such a call falls back to', [call('home', '3', '0.99')], ['entries.n.rate: at most 0.19 a minute']],
  ['a message there', [message('home', '34', '0.061')], ['entries.n.rate: at most 0.06 a message']],
  ['to Switzerland, to the US: no cap', [call('home', '41', '1.99'), call('eu', '41', '1.99')], []],
  ['premium numbers: no cap', [call('eu', '33899', '2.99', { zone: 'premium' })], []],
])('%s', (_, change, expected) => {
  expect(findingsOf(change)).toEqual(expected);
});

test.each<[string, Partial<RateDeckVersion>, string[]]>([
  ['not asked for', { eea: undefined }, []],
  ['an operator elsewhere', { eea: { homeCountry: 'CH' } }, []],
  [
    'lower caps a year later',
    { validFrom: '2027-01-01T00:00:00.000Z' },
    ['entries.12.rate: at most 5.00 a GB'],
  ],
  ['after the regulation', { validFrom: '2032-07-01T00:00:00.000Z' }, []],
  [
    'another currency without its rate',
    { currency: 'SEK' },
    [
      'eea.perEuro: name how many SEK a euro is, by the reference rate of the European Central Bank that counts this year',
    ],
  ],
  [
    'another currency',
    { currency: 'SEK', eea: { homeCountry: 'DE', perEuro: '11.05', specialZones: ['premium'] } },
    [],
  ],
])('%s', (_, head, expected) => {
  expect(findingsOf([], head)).toEqual(expected);
});

it('says what is wrong, by which law', () => {
  expect(checkRoamingDeck(deck, [...lawful, call('eu', '34', '0.20')])).toMatchObject([
    {
      reason: expect.stringContaining('voice 34 in eu costs 0.20 a minute') as unknown,
      law: expect.stringContaining('2022/612') as unknown,
    },
  ]);
});

const giga = 1_000_000_000;
const charge = {
  chargeId: 'fee',
  name: 'Fee',
  amountMinor: 2_000,
  timing: 'inAdvance',
  per: 'subscription',
} as const;
const plan = (...allowances: Parameters<typeof allowance>[0][]): OfferingVersion =>
  offering({
    recurringCharges: [{ ...charge, prorate: true, taxCode: 'telecom', revenueCategory: 'recurring' }],
    allowances: allowances.map((change, at) => allowance({ allowanceId: `a${at}`, ...change })),
  });
const bundle = (units: number, ...zones: string[]) => ({
  usageType: 'data' as const,
  units: units * giga,
  zones,
});
const allIn = [
  { usageType: 'voice' as const, zones: ['home-49', 'eu'] },
  { usageType: 'sms' as const, zones: ['home-49', 'eu'] },
];

test.each<[string, OfferingVersion, string[]]>([
  ['all of it everywhere', plan(...allIn, bundle(10, 'home', 'eu')), []],
  // 20.00 over 10 GB is dearer than the cap: no open bundle, all of it
  [
    'no data abroad',
    plan(...allIn, bundle(10, 'home')),
    ['let allowances of at least 10000000000 bytes cover eu'],
  ],
  [
    'less of a small bundle',
    plan(...allIn, bundle(5, 'home'), bundle(5, 'home', 'eu')),
    ['let allowances of at least 10000000000 bytes cover eu'],
  ],
  ['fair use of a large one', plan(...allIn, bundle(50, 'home'), bundle(37, 'eu')), []],
  [
    'less than fair use',
    plan(...allIn, bundle(50, 'home'), bundle(36, 'eu')),
    ['let allowances of at least 36363636364 bytes cover eu'],
  ],
  [
    'fair use out of one bundle',
    plan(...allIn, { ...bundle(50, 'home', 'eu'), limits: [{ zones: ['eu'], units: 37 * giga }] }),
    [],
  ],
  [
    'less than fair use out of one bundle',
    plan(...allIn, { ...bundle(50, 'home', 'eu'), limits: [{ zones: ['eu'], units: 36 * giga }] }),
    ['let allowances of at least 36363636364 bytes cover eu'],
  ],
  [
    'minutes at home only',
    plan({ zones: ['home-49'], units: 600 }, allIn[1], bundle(10, 'home', 'eu')),
    ['let allowances of at least 600 seconds cover eu'],
  ],
  [
    'no data at all, a surcharge',
    plan(...allIn),
    ['include the fair use volume in eu, so that the surcharge begins behind it, or price it as at home'],
  ],
])('%s', (_, checked, expected) => {
  expect(checkRoamingPlan(deck, lawful, checked).map(({ wayOut }) => wayOut)).toEqual(expected);
});
