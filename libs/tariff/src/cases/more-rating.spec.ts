import type { RateEntry, TariffCalendar, TimeBand } from '@tollkeeper/contracts';
import { call, dataEntry, dataUse, entry } from '../sample-tariff';
import { type CaseTariff, costOf, priced, rate, rateOne, slots, talk, voice, weekBands } from './case-tariff';

/** Facts of other systems' tests (CGRateS: rates, slots, windows; numbers only), and edges of our own. */
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
const minute = (rateText: string, change: Partial<RateEntry> = {}) =>
  deck(rateText, { perUnits: 60, ...change });
const minute60 = { ...slots([0, '0.2', 60, 60], [60, '0.1', 60, 1]), connectFee: '0.4' };
const minute120 = { ...slots([0, '1.2', 60, 60], [60, '1.2', 60, 1]), connectFee: '0.2' };
const half30 = { ...slots([0, '0.4', 60, 30], [60, '0.2', 60, 10]), connectFee: '0.8' };
const sixty = slots([0, '1', 1, 60], [60, '1', 1, 1]);
const tens = { perUnits: 10_000, initialIncrement: 10_000, nextIncrement: 10_000 };
const petabyte = 1_000_000_000_000_000;

test.each<[string, ReturnType<typeof call>, CaseTariff, cost: number, billed: number]>([
  ['N001 0.15 and 0.05 a minute: 24 s', voice(24), minute('0.05', { connectFee: '0.15', decimals: 2 }), 0.17, 24],
  ['N002 60/1 in slots: 132 s', voice(132), { prices: priced(sixty) }, 132, 132],
  ['N003 one second costs a minute', voice(1), { prices: priced(sixty) }, 60, 60],
  ['N004 dear seconds, then cheap minutes', voice(60), { prices: priced(slots([0, '2', 1, 1], [30, '1', 1, 60])) }, 120, 90],
  ['N005 85 s: a minute and 25 s, rounded once', voice(85), { prices: priced(minute60) }, 0.6417, 85],
  ['N006 45 s cost a whole first minute', voice(45), { prices: priced(minute120) }, 1.4, 60],
  ['N007 61 s', voice(61), { prices: priced(minute120) }, 1.42, 61],
  ['N008 30/10: 61 s are 70', voice(61), { prices: priced(half30) }, 1.2334, 70],
  ['N009 30/10: 31 s are 60', voice(31), { prices: priced(half30) }, 1.2, 60],
  ['N010 five minutes for nothing but the fee', voice(300), deck('0', { connectFee: '0.1' }), 0.1, 300],
  ['N011 two messages', call({ usageType: 'sms', quantity: 2 }), deck('0.2', { usageType: 'sms' }), 0.4, 2],
  ['N012 256 MB at 1 for 10,000', dataUse({ quantity: 256_000_000 }), data('1', tens), 25_600, 256_000_000],
  ['N013 a byte more is a step more', dataUse({ quantity: 256_000_001 }), data('1', tens), 25_601, 256_010_000],
  ['N014 1025 by 1024', dataUse({ quantity: 1025 }), data('1', { perUnits: 1024, initialIncrement: 1024, nextIncrement: 1024 }), 2, 2048],
  ['N015 nothing said: no fee, no first minute', voice(0), minute('1', { connectFee: '0.5', initialIncrement: 60, nextIncrement: 60 }), 0, 0],
  ['N016 the first increment is longer than the call', voice(1), minute('0.6', { initialIncrement: 3600 }), 36, 3600],
  ['N017 10^15 bytes at 0.10 a GB', dataUse({ quantity: petabyte }), data('0.10', { perUnits: 1_000_000_000 }), 100_000, petabyte],
  ['N018 10^15 bytes at 10^-12 a byte', dataUse({ quantity: petabyte }), data('0.000000000001'), 1000, petabyte],
  ['N019 a byte at 10^-12, rounded up', dataUse({ quantity: 1 }), data('0.000000000001', { decimals: 6 }), 0.000001, 1],
  ['N020 and half up', dataUse({ quantity: 1 }), data('0.000000000001', { decimals: 6, rounding: 'halfUp' }), 0, 1],
  ['N021 500,000 of them are half a micro', dataUse({ quantity: 500_000 }), data('0.000000000001', { decimals: 6, rounding: 'halfUp' }), 0.000001, 500_000],
  ['N022 half to even stays at 0', dataUse({ quantity: 500_000 }), data('0.000000000001', { decimals: 6, rounding: 'halfEven' }), 0, 500_000],
  ['N023 whole yen, half up', voice(90), minute('33', { decimals: 0, rounding: 'halfUp' }), 50, 90],
  ['N024 whole yen, up', voice(91), minute('33', { decimals: 0 }), 51, 91],
  ['N025 thousandths of a dinar', voice(7), minute('0.055', { decimals: 3, rounding: 'halfUp' }), 0.006, 7],
  ['N026 a limit below the first increment', voice(5), minute('6', { initialIncrement: 60, nextIncrement: 60, maxCharge: '2.5' }), 2.5, 60],
  ['N027 the fee counts towards the limit', voice(100), deck('0.01', { connectFee: '0.9', maxCharge: '1' }), 1, 100],
  ['N028 a whole day', voice(86_400), minute('0.01'), 14.4, 86_400],
])('%s', (_, record, tariff, cost, billed) => {
  expect([costOf(record, tariff), rateOne(record, tariff).billedQuantity]).toEqual([cost, billed]);
}); // prettier-ignore

const week = (bands: TimeBand[] = weekBands, change: Partial<TariffCalendar> = {}): TariffCalendar => ({
  ...{ zone: 'UTC', holidays: [], crossing: 'split' },
  bands,
  ...change,
});
const fullWeek: CaseTariff = {
  entries: [row('1', { connectFee: '1', band: 'peak' }), row('0.5')],
  calendar: week(),
};
const always = (band: string, from: string, to: string): TimeBand => ({
  ...{ band, from, to },
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
});
/** By night 1, by day 2 a second, in Berlin. */
const nights: CaseTariff = {
  entries: [row('1', { band: 'night' }), row('2')],
  calendar: week([always('night', '22:00', '06:00')], { zone: 'Europe/Berlin' }),
};
const xmas: CaseTariff = {
  entries: [row('0.1', { band: 'xmas' }), row('1')],
  calendar: week([{ ...always('xmas', '00:00', '00:00'), months: [12], monthDays: [25, 26] }]),
};

test.each<[string, string, string, CaseTariff, number]>([
  ['N030 Tuesday evening into Wednesday: 600 x 0.5, 1800 x 1, the fee of the first part', '2012-02-07T23:50:00.000Z', '2012-02-08T00:30:00.000Z', fullWeek, 2100],
  ['N031 Friday to Saturday: both at 0.5', '2012-02-10T23:50:00.000Z', '2012-02-11T00:10:00.000Z', fullWeek, 600],
  ['N032 Sunday to Monday: then peak', '2012-02-12T23:59:00.000Z', '2012-02-13T00:01:00.000Z', fullWeek, 90],
  ['N033 the call ends on the edge', '2012-02-08T17:59:00.000Z', '2012-02-08T18:00:00.000Z', fullWeek, 61],
  ['N034 the call begins on the edge', '2012-02-08T18:00:00.000Z', '2012-02-08T18:01:00.000Z', fullWeek, 30],
  ['N035 a second before it', '2012-02-08T17:59:59.000Z', '2012-02-08T18:00:59.000Z', fullWeek, 31.5],
  ['N036 half a second before it: that second is peak', '2012-02-08T17:59:59.500Z', '2012-02-08T18:00:02.500Z', fullWeek, 3],
  ['N037 spring: the night is seven hours', '2026-03-28T21:00:00.000Z', '2026-03-29T05:00:00.000Z', nights, 7 * 3600 + 3600 * 2],
  ['N038 autumn: the night is nine hours', '2026-10-24T20:00:00.000Z', '2026-10-25T06:00:00.000Z', nights, 9 * 3600 + 3600 * 2],
  ['N039 over midnight of Christmas Day', '2026-12-24T23:59:00.000Z', '2026-12-25T00:01:00.000Z', xmas, 66],
  ['N040 out of Boxing Day', '2026-12-26T23:59:00.000Z', '2026-12-27T00:01:00.000Z', xmas, 66],
])('%s', (_, from, to, tariff, cost) => {
  expect(costOf(talk(from, to), tariff)).toBe(cost);
}); // prettier-ignore

test.each<[string, string, string, string[]]>([
  ['N041 56 s before eight, 120 behind', '2015-04-24T07:59:04.000Z', '2015-04-24T08:02:00.000Z', ['early 56', 'day 120']],
  ['N042 two hours from night to night', '2015-04-24T07:00:00.000Z', '2015-04-24T18:30:00.000Z', ['early 3600', 'day 36000', 'late 1800']],
])('%s', (_, from, to, expected) => {
  const bands = [always('early', '00:00', '08:00'), always('day', '08:00', '18:00'), always('late', '18:00', '00:00')];
  const { spans = [] } = rateOne(talk(from, to), { entries: [row('1')], calendar: week(bands) }).explanation;
  expect(spans.map(({ band, fromUnits, toUnits }) => `${band} ${toUnits - fromUnits}`)).toEqual(expected);
}); // prettier-ignore

test.each<[string, string, string]>([
  ['N043 the longest prefix', '4915112345678', 'German mobiles'],
  ['N044 one digit less', '4914112345678', 'Germany'],
  ['N045 a single number', '4915700000000', 'One'],
  ['N046 a country whose code begins another', '12425551234', 'Bahamas'],
  ['N047 and the country itself', '12125551234', 'North America'],
])('%s: %s', (_, otherParty, expected) => {
  const places = [['49', 'Germany'], ['4915', 'German mobiles'], ['4915700000000', 'One'], ['1', 'North America'], ['1242', 'Bahamas']] as const;
  const entries = places.map(([prefix, zone]) => row('1', { prefix, zone: 'z', description: zone }));
  expect(rateOne(call({ otherParty }), { entries }).description).toBe(expected);
}); // prettier-ignore

it('N048 a new version of the deck in the middle of a started minute begins behind it', () => {
  const tariff: CaseTariff = {
    entries: [row('1', { initialIncrement: 60, nextIncrement: 60 })],
    calendar: week(),
    later: [{ validFrom: '2026-01-12T12:00:30.000Z', entries: [row('5')] }],
  };
  expect(costOf(talk('2026-01-12T12:00:00.000Z', '2026-01-12T12:01:30.000Z'), tariff)).toBe(60 + 30 * 5);
});

it('N049 amounts beyond what is exact wait, they are never cut', () => {
  expect(rate([dataUse({ quantity: petabyte })], data('1000000'))).toEqual([{ suspended: 'amountTooLarge' }]);
});
