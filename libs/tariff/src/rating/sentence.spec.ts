import type { UsagePrice } from '@tollkeeper/contracts';
import { priced, rate, rateOne, slots, voice, weekBands, talk, type CaseTariff } from '../cases/case-tariff';
import type { UsageRecord } from '../record/usage-record';
import { allowance, call, dataEntry, dataUse, entry } from '../sample-tariff';
import type { RatedUsage } from './rate-record';
import { sentenceOf } from './sentence';

const say = ({ usageType, quantity }: UsageRecord, rated: RatedUsage): string =>
  sentenceOf({ usageType, quantity, currency: 'EUR', ...rated });

const sayOne = (record: UsageRecord, tariff: CaseTariff): string => say(record, rateOne(record, tariff));

it('says every step of a call', () => {
  const tariff = {
    entries: [entry({ initialIncrement: 60, connectFee: '0.15', decimals: 2, rounding: 'up' as const })],
    allowances: [allowance({ units: 20 })],
  };
  expect(sayOne(voice(85), tariff)).toBe(
    '85 s used, billed as 85 s (60/1); plan plan@1, deck retail@1; row "49" in home; ' +
      '20 s from allowance sub_1/minutes; 65 s charged; 0.06 EUR per 60 s; connect fee 0.15 EUR; ' +
      'rounded up to 2 decimals for each record; in all 0.22 EUR.',
  );
});

it('says the parts of a call over an edge', () => {
  const record = talk('2026-01-05T17:59:00.000Z', '2026-01-05T18:01:00.000Z');
  const tariff: CaseTariff = {
    entries: [entry({ band: 'peak' }), entry({ rate: '0.03', maxCharge: '1' })],
    calendar: { zone: 'UTC', holidays: [], bands: weekBands, crossing: 'split' },
  };
  expect(sayOne(record, tariff)).toBe(
    '120 s used, billed as 120 s (1/1); plan plan@1, deck retail@1; ' +
      'from 0 to 60 s, row "49" in home, band peak, 60 s charged, 0.06 EUR per 60 s; ' +
      'from 60 to 120 s, row "49" in home, band evening, 60 s charged, 0.03 EUR per 60 s; ' +
      'rounded half up to 6 decimals for each record; in all 0.09 EUR.',
  );
});

/** What stands between the price's name and the rounding. */
const middle = (sentence: string): string =>
  /price "All usage"(?:; )?(.*?);? rounded/.exec(sentence)?.[1]?.replace(/;$/, '') ?? sentence;

const service = (amount?: string): UsageRecord =>
  call({
    usageType: 'event',
    otherParty: '',
    service: 'parking',
    quantity: 1_500_000,
    ...(amount ? { amount } : {}),
  });

describe('says of each price what was charged for what', () => {
  const twoPrices = { ...slots([0, '0.2', 60, 60], [60, '0.1', 60, 60]), connectFee: '0.4' };
  it.each<[string, UsageRecord, UsagePrice, string]>([
    [
      'steps',
      voice(100),
      twoPrices,
      '120 s charged; 60 s at 0.2 EUR per 60 s; 60 s at 0.1 EUR per 60 s; connect fee 0.4 EUR',
    ],
    [
      'tiers',
      voice(150),
      {
        charge: {
          model: 'graduated',
          tiers: [
            { upTo: 100, rate: '2', perUnits: 60 },
            { upTo: null, rate: '1', perUnits: 60 },
          ],
        },
      },
      '150 s charged; 100 s at 2 EUR per 60 s; 50 s at 1 EUR per 60 s',
    ],
    [
      'volume',
      voice(150),
      {
        charge: {
          model: 'volume',
          tiers: [
            { upTo: 100, rate: '2', perUnits: 60 },
            { upTo: null, rate: '1', perUnits: 60 },
          ],
        },
      },
      '150 s charged; all 150 s until now at 1 EUR per 60 s',
    ],
    [
      'packages',
      voice(150),
      { charge: { model: 'package', size: 100, amount: '5.00', freeUnits: 10 } },
      '150 s charged; 5 EUR for each started package of 100 s behind 10 s free',
    ],
    [
      'a percentage',
      service('12.00'),
      { charge: { model: 'percentage', percent: '1.50', fixed: '0.30' } },
      '1.5 units charged; 1.5 % of 12 EUR plus 0.3 EUR',
    ],
    [
      'a percentage with bounds',
      service('12'),
      { charge: { model: 'percentage', percent: '10', maxPerEvent: '1' } },
      '1.5 units charged; 10 % of 12 EUR within the free part, the least and the most of the price',
    ],
    [
      'an event',
      service(),
      { charge: { model: 'flat', amount: '0.50' } },
      '1.5 units charged; 0.5 EUR for each event',
    ],
    [
      'what the record says',
      service('7.25'),
      { charge: { model: 'passThrough' } },
      '1.5 units charged; the price that the record carries, 7.25 EUR',
    ],
  ])('%s', (_, record, price, expected) => {
    expect(middle(sayOne(record, { prices: priced(price) }))).toBe(expected);
  });
});

it('says of the second record of a sum which tier it fell into', () => {
  const tiers = [
    { upTo: 100, rate: '2', perUnits: 1 },
    { upTo: null, rate: '1', perUnits: 1 },
  ];
  const prices = priced({ charge: { model: 'graduated', tiers }, roundAt: 'line' });
  const records = [voice(80), voice(50, { recordId: 'r2' })];
  const [, second] = rate(records, { prices });
  expect(second && 'explanation' in second && middle(say(records[1]!, second))).toBe(
    '50 s charged; 20 s at 2 EUR per 1 s; 30 s at 1 EUR per 1 s; after 80 s of the same bill line',
  );
});

const inHome = { usageType: 'data' as const, zones: ['home'], units: 30 };

it.each([
  ['throttle' as const, '14 bytes free at lower speed behind allowance sub_1/minutes'],
  ['block' as const, '14 bytes free behind allowance sub_1/minutes, which is used up and charges nothing'],
])('%s: says what is free and why', (whenUsedUp, expected) => {
  const tariff = { entries: [dataEntry()], allowances: [allowance({ ...inHome, whenUsedUp })] };
  expect(sayOne(dataUse(), tariff)).toContain(
    `row "zone:home" in home; 30 bytes from allowance sub_1/minutes; ${expected}; 0 bytes charged; rounded`,
  );
});

it('says where an allowance has units left, but not here', () => {
  const limits = [{ zones: ['home'], units: 10 }];
  const tariff = {
    entries: [dataEntry()],
    allowances: [allowance({ ...inHome, zones: ['home', 'roaming'], units: 100, limits })],
  };
  expect(sayOne(dataUse(), tariff)).toContain(
    '10 bytes from allowance sub_1/minutes; ' +
      'allowance sub_1/minutes covers at most 10 bytes in home, which are used up; 34 bytes charged; 0.1 EUR per 1000000 bytes',
  );
});
