import { instantAtMillis, millisOf } from '@tollkeeper/calendar';
import type { RateEntry, TariffCalendar } from '@tollkeeper/contracts';
import { allowance, call, dataEntry, dataUse, entry } from '../sample-tariff';
import type { RatedUsage } from '../rating/rate-record';
import { type CaseTariff, costOf, priced, rate, rateOne, slots, talk, voice, weekBands } from './case-tariff';

const row = (rateText: string, change: Partial<RateEntry> = {}): RateEntry =>
  entry({ rate: rateText, perUnits: 1, rounding: 'up', decimals: 4, ...change });
const deck = (rateText: string, change: Partial<RateEntry> = {}): CaseTariff => ({
  entries: [row(rateText, change)],
});
const data = (rateText: string, change: Partial<RateEntry> = {}): CaseTariff => ({
  entries: [
    dataEntry({ rate: rateText, perUnits: 1, roundAt: 'record', rounding: 'up', decimals: 4, ...change }),
  ],
});
const minute60 = { ...slots([0, '0.2', 60, 60], [60, '0.1', 60, 1]), connectFee: '0.4' };
const half30 = { ...slots([0, '0.4', 60, 30], [60, '0.2', 60, 10]), connectFee: '0.8' };
const sixty = slots([0, '1', 1, 60], [60, '1', 1, 1]);

test.each<[string, ReturnType<typeof call>, CaseTariff, number, number]>([
  [
    'R001 per second',
    voice(90, { otherParty: '4986517174963' }),
    { entries: [row('1'), row('9', { prefix: '4915' }), row('9', { prefix: '4916' })] },
    90,
    90,
  ],
  [
    'R003 data by tens',
    dataUse({ quantity: 20 }),
    data('0.002', { perUnits: 10, initialIncrement: 10, nextIncrement: 10 }),
    0.004,
    20,
  ],
  ['R006 a message', call({ usageType: 'sms', quantity: 1 }), deck('0.005', { usageType: 'sms' }), 0.005, 1],
  ['R015 60/1', voice(85), { prices: priced(sixty) }, 85, 85],
  ['R018 data at 60/1', dataUse({ quantity: 65 }), data('1', { initialIncrement: 60 }), 65, 65],
  [
    'R020 0.1 a minute, 180 s: exact, no second is rounded',
    voice(180),
    deck('0.1', { perUnits: 60 }),
    0.3,
    180,
  ],
  [
    'R022 fee and price are rounded together, once',
    voice(180),
    deck('0.05', { perUnits: 60, connectFee: '0.15', decimals: 2 }),
    0.3,
    180,
  ],
  ['R024 10 at most, the rest of the call is free', voice(1800), deck('1', { maxCharge: '10' }), 10, 1800],
  ['R067 20 s cost a minute', voice(20), { prices: priced(minute60) }, 0.6, 60],
  ['R069 20 s at 30/10', voice(20), { prices: priced(half30) }, 1, 30],
  ['R071 98 s at 30/10', voice(98), { prices: priced(half30) }, 1.3334, 100],
  ['R073 90 s at 30/10', voice(90), { prices: priced(half30) }, 1.3, 90],
  ['R075 0.62 at most: 50 s', voice(50), deck('0.01', { maxCharge: '0.62' }), 0.5, 50],
  ['R075 0.62 at most: 70 s', voice(70), deck('0.01', { maxCharge: '0.62' }), 0.62, 70],
  [
    'R077 exact, where others round each second and get 0.7002',
    voice(120),
    { prices: priced(minute60) },
    0.7,
    120,
  ],
  ['R080 fee and seconds', voice(45), deck('0.01', { connectFee: '0.1' }), 0.55, 45],
  [
    'R084 data by 1024',
    dataUse({ quantity: 2048 }),
    data('1', { perUnits: 1024, initialIncrement: 1024, nextIncrement: 1024 }),
    2,
    2048,
  ],
  ['R086 a price per call: 300 s', voice(300), deck('0', { connectFee: '0.1' }), 0.1, 300],
  ['R086 a price per call: 645 s', voice(645), deck('0', { connectFee: '0.1' }), 0.1, 645],
  ['R097 120 s at 0.6 a minute', voice(120), deck('0.6', { perUnits: 60 }), 1.2, 120],
  ['R097 rated again at 1.7', voice(120), deck('1.7', { perUnits: 60 }), 3.4, 120],
  ['R099 240 s', voice(240), deck('0.6', { perUnits: 60 }), 2.4, 240],
])('%s', (_, record, tariff, cost, billed) => {
  expect([costOf(record, tariff), rateOne(record, tariff).billedQuantity]).toEqual([cost, billed]);
});

it.each([
  ['R013 no deck row at all', { entries: [] }, '49257'],
  ['R041 an unknown destination', deck('1'), '9999999999'],
  ['a row for another band only', deck('1', { band: 'peak' }), '4930'],
])('%s: waits for a rate, is never free', (_, tariff, otherParty) => {
  expect(rate([call({ otherParty })], tariff)).toEqual([{ suspended: 'noRate' }]);
});

const calendar: TariffCalendar = { zone: 'UTC', holidays: [], bands: weekBands, crossing: 'split' };
const peak = row('1', { connectFee: '1', band: 'peak' });
const off = row('0.5');
const week: CaseTariff = { entries: [peak, off], calendar };
const byStart: CaseTariff = { ...week, calendar: { ...calendar, crossing: 'byStart' } };

test.each<[string, ReturnType<typeof call>, CaseTariff, number]>([
  [
    'half an hour each side of 18:00, one fee',
    talk('2012-02-02T17:30:00.000Z', '2012-02-02T18:30:00.000Z'),
    week,
    2701,
  ],
  [
    'R008 the second leg of the call: no fee again',
    talk('2012-02-02T17:30:00.000Z', '2012-02-02T18:30:00.000Z', { usedBefore: 60 }),
    week,
    2700,
  ],
  ['R011 30 s in the evening', talk('2012-02-08T23:50:00.000Z', '2012-02-08T23:50:30.000Z'), week, 15],
  [
    'R011 a minute and a bit into a new day: 600 x 0.5, then 21 x 1',
    talk('2012-02-08T23:50:00.000Z', '2012-02-09T00:00:21.000Z'),
    week,
    321,
  ],
  ['R011 110 s', talk('2012-02-08T22:50:00.000Z', '2012-02-08T22:51:50.000Z'), week, 55],
  ['all of it by its start', talk('2012-02-02T17:30:00.000Z', '2012-02-02T18:30:00.000Z'), byStart, 3601],
  [
    'a fee of 0 in the evening, then peak: the fee was due with the first part',
    talk('2012-02-08T23:59:00.000Z', '2012-02-09T00:01:00.000Z'),
    week,
    90,
  ],
])('%s', (_, record, tariff, cost) => {
  expect(costOf(record, tariff)).toBe(cost);
});

const newPlan: CaseTariff = {
  ...week,
  later: [{ validFrom: '2012-02-28T00:00:00.000Z', entries: [peak, off] }],
};
test.each([
  ['2012-02-27T23:50:00.000Z', '2012-02-28T18:10:00.000Z', ['evening', 'peak 2', 'evening 2']],
  ['2012-02-27T09:50:00.000Z', '2012-02-28T18:10:00.000Z', ['peak', 'evening', 'peak 2', 'evening 2']],
  ['2012-02-24T09:50:00.000Z', '2012-02-27T18:10:00.000Z', ['peak', 'evening', 'weekend', 'peak', 'evening']],
  [
    '2012-02-20T09:50:00.000Z',
    '2012-02-23T18:10:00.000Z',
    ['peak', 'evening', 'peak', 'evening', 'peak', 'evening', 'peak', 'evening'],
  ],
])('R044: a long call from %s to %s is cut at bands and at the new version', (from, to, expected) => {
  const { spans = [] } = rateOne(talk(from, to), newPlan).explanation;
  expect(spans.map(({ band, deck: label }) => `${band}${label === 'retail@2' ? ' 2' : ''}`)).toEqual(
    expected,
  );
});

/** Prices that change in the middle of a call, each at 1, 2 and 3 a second; the first in steps. */
function changing(edges: number[], increment: number, seconds: number): RatedUsage {
  const startAt = '2026-01-10T12:00:00.000Z';
  const rows = (price: number) => [
    row(String(price), price === 1 ? { initialIncrement: increment, nextIncrement: increment } : {}),
  ];
  return rateOne(voice(seconds, { startAt }), {
    entries: rows(1),
    calendar,
    later: edges.map((edge, index) => ({
      validFrom: instantAtMillis(millisOf(startAt) + edge * 1_000),
      entries: rows(index + 2),
    })),
  });
}

test.each([
  [[30], 60, 45, [[0, 60]], 60],
  [
    [20],
    15,
    40,
    [
      [0, 30],
      [30, 40],
    ],
    50,
  ],
  [[30, 40], 60, 50, [[0, 60]], 60],
  [[30, 40], 60, 60, [[0, 60]], 60],
  [
    [30],
    45,
    60,
    [
      [0, 45],
      [45, 60],
    ],
    75,
  ],
  [
    [30, 50],
    45,
    60,
    [
      [0, 45],
      [45, 50],
      [50, 60],
    ],
    85,
  ],
])('R049: prices change at %j, steps of %i, %i s', (edges, increment, seconds, spans, cost) => {
  const { explanation, amountMicro, billedQuantity } = changing(edges, increment, seconds);
  const cut = explanation.spans?.map(({ fromUnits, toUnits }) => [fromUnits, toUnits]) ?? [
    [0, billedQuantity],
  ];
  expect([cut, amountMicro / 1_000_000]).toEqual([spans, cost]);
});

describe('bundles, and what is over them', () => {
  const bundle = (allowanceId: string, units: number, priority: number) =>
    allowance({ allowanceId, units, priority });
  const over = (size: number, amount: string) =>
    priced({ charge: { model: 'package', size, amount }, decimals: 4 });
  const tiers = priced({
    charge: {
      model: 'graduated',
      tiers: [
        { upTo: 20, rate: '0.2', perUnits: 1 },
        { upTo: null, rate: '0.5', perUnits: 1 },
      ],
    },
  });
  const usage = (...seconds: number[]) =>
    seconds.map((quantity, index) =>
      voice(quantity, { recordId: `r${index}`, startAt: `2026-01-10T12:0${index}:00.000Z` }),
    );

  test.each<[string, CaseTariff, number[], [number, number][]]>([
    [
      'R106 three bundles, then tiers of one record',
      { allowances: [bundle('plan', 100, 1), bundle('one', 40, 2), bundle('two', 75, 3)], prices: tiers },
      [60, 50, 50, 280],
      [
        [60, 0],
        [50, 0],
        [50, 0],
        [55, 106.5],
      ],
    ],
    [
      'R114 a bundle of 300 s, then started half minutes',
      { allowances: [bundle('b', 300, 1)], prices: over(30, '0.5') },
      [240, 475],
      [
        [240, 0],
        [60, 7],
      ],
    ],
    [
      'R117 the same pass twice',
      { allowances: [bundle('first', 250, 1), bundle('second', 250, 2)], prices: over(10, '0.1') },
      [235, 245, 70],
      [
        [235, 0],
        [245, 0],
        [20, 0.5],
      ],
    ],
    [
      'R108 nothing is over until the bundle ends',
      { allowances: [bundle('one', 40, 1)], prices: over(1, '0.5') },
      [35, 5, 12],
      [
        [35, 0],
        [5, 0],
        [0, 6],
      ],
    ],
  ])('%s', (_, tariff, seconds, expected) => {
    const rated = rate(usage(...seconds), tariff) as RatedUsage[];
    expect(
      rated.map(({ includedQuantity, amountMicro }) => [includedQuantity, amountMicro / 1_000_000]),
    ).toEqual(expected);
  });
});
