import { instantAtMillis, millisOf } from '@tollkeeper/calendar';
import type { BandDay, TariffCalendar, TimeBand } from '@tollkeeper/contracts';
import { compileCalendar } from './time-bands';

const weekdays: BandDay[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const everyDay: BandDay[] = [...weekdays, 'sat', 'sun'];
const band = (name: string, from: string, to: string, days: BandDay[] = weekdays): TimeBand => ({
  band: name,
  days,
  from,
  to,
});
const calendar = (bands: TimeBand[], change: Partial<TariffCalendar> = {}): TariffCalendar => ({
  zone: 'UTC',
  holidays: [],
  bands,
  crossing: 'split',
  ...change,
});
const bandAt = (of: TariffCalendar, at: string, zone = 'UTC') =>
  compileCalendar(of).at(millisOf(at), zone).band;

const office = calendar([band('peak', '08:00', '18:00'), band('night', '22:00', '06:00')], {
  holidays: ['2026-01-06'],
});

it.each([
  ['Monday at eight', '2026-01-05T08:00:00Z', 'peak'],
  ['a moment before', '2026-01-05T07:59:59.999Z', ''],
  ['six in the evening is outside', '2026-01-05T18:00:00Z', ''],
  ['the night begins', '2026-01-05T22:00:00Z', 'night'],
  ['and goes on behind midnight, into a holiday', '2026-01-06T05:59:59Z', 'night'],
  ['a holiday has only bands of its own', '2026-01-06T12:00:00Z', ''],
  ['no night begins on it', '2026-01-07T02:00:00Z', ''],
  ["Friday's night", '2026-01-10T02:00:00Z', 'night'],
  ['Saturday has none', '2026-01-11T02:00:00Z', ''],
])('%s', (_, at, expected) => {
  expect(bandAt(office, at)).toBe(expected);
});

it.each([
  ['R054 inside', '2012-02-10T14:30:01Z', 'hour'],
  ['R054 before', '2012-02-10T14:29:00Z', ''],
  ['R054 still inside', '2012-02-10T14:59:00Z', 'hour'],
  ['R054 behind', '2012-02-10T15:01:00Z', ''],
])('%s', (_, at, expected) => {
  expect(bandAt(calendar([band('hour', '14:30', '15:00')]), at)).toBe(expected);
});

const feb10 = { months: [2], monthDays: [10] };
const wedThu: BandDay[] = ['wed', 'thu'];
it.each<[string, Partial<TimeBand>, [at: string, expected: string][]]>([
  ['in February', { months: [2] }, [['2012-02-10T23:00:00Z', 'x'], ['2012-01-10T23:00:00Z', '']]],
  ['on the 10th', { monthDays: [10] }, [['2012-02-10T23:00:00Z', 'x'], ['2012-02-11T23:00:00Z', '']]],
  ['on 10 February', feb10, [['2012-02-10T23:00:00Z', 'x'], ['2012-02-11T23:00:00Z', ''], ['2012-01-10T23:00:00Z', '']]],
  ['Wednesdays and Thursdays that are a 2nd', { monthDays: [2], days: wedThu }, [['2012-02-01T23:00:00Z', ''], ['2012-02-02T23:00:00Z', 'x'], ['2012-03-02T23:00:00Z', '']]],
  ['half an hour of one day of one year', { during: { from: '2012-02-01', to: '2012-02-02' }, days: wedThu, from: '14:30', to: '15:00' }, [['2012-02-01T14:30:01Z', 'x'], ['2012-02-01T14:29:01Z', ''], ['2012-02-01T15:00:01Z', ''], ['2011-02-01T14:45:00Z', '']]],
  ['a month that has no 31st', { monthDays: [31] }, [['2012-01-31T12:00:00Z', 'x'], ['2012-02-29T12:00:00Z', ''], ['2012-03-01T12:00:00Z', '']]],
  ['29 February', { months: [2], monthDays: [29] }, [['2012-02-29T12:00:00Z', 'x'], ['2013-02-28T12:00:00Z', '']]],
  ['the night of 31 December lasts into the new year', { months: [12], monthDays: [31], from: '22:00', to: '06:00' }, [['2012-12-31T21:59:59Z', ''], ['2013-01-01T05:59:59Z', 'x'], ['2013-01-01T22:00:00Z', '']]],
  ['a season over the turn of the year', { during: { from: '2012-12-20', to: '2013-01-07' } }, [['2012-12-19T23:59:59Z', ''], ['2012-12-20T00:00:00Z', 'x'], ['2013-01-06T23:59:59Z', 'x'], ['2013-01-07T00:00:00Z', '']]],
])('a band %s', (_, change, expected) => {
  const of = calendar([{ ...band('x', '00:00', '00:00', everyDay), ...change }]);
  expect(expected.map(([at]) => [at, bandAt(of, at)])).toEqual(expected);
}); // prettier-ignore

it('May Day before the week, without a list of holidays', () => {
  const mayDay = { ...band('mayDay', '00:00', '00:00', everyDay), months: [5], monthDays: [1] };
  const of = calendar([mayDay, band('weekday', '00:00', '00:00')]);
  expect(stretches(of, '2015-04-30T12:00:00Z', '2015-05-02T00:00:00Z')).toEqual([
    'weekday until 00:00',
    'mayDay until 00:00',
  ]);
});

it('R051: of two bands that fit, the one listed first wins, whatever it costs', () => {
  const [one, other] = [band('a', '00:00', '12:00'), band('b', '00:00', '00:00')];
  expect(bandAt(calendar([one, other]), '2026-01-05T03:00:00Z')).toBe('a');
  expect(bandAt(calendar([other, one]), '2026-01-05T03:00:00Z')).toBe('b');
});

it("the account's own zone, or the calendar's", () => {
  const bands = [band('evening', '18:00', '00:00')];
  expect(bandAt(calendar(bands, { zone: 'account' }), '2026-01-05T17:30:00Z', 'Europe/Berlin')).toBe(
    'evening',
  );
  expect(bandAt(calendar(bands, { zone: 'account' }), '2026-01-05T17:30:00Z', 'Europe/Lisbon')).toBe('');
  expect(bandAt(calendar(bands, { zone: 'Asia/Tokyo' }), '2026-01-05T17:30:00Z', 'Europe/Berlin')).toBe('');
});

/** All stretches of a day in Berlin, where the clocks jump from two to three in March and back in October. */
function stretches(of: TariffCalendar, from: string, to: string): string[] {
  const compiled = compileCalendar(of);
  const list: string[] = [];
  for (let ms = millisOf(from); ms < millisOf(to);) {
    const { band: name, toMs } = compiled.at(ms, 'UTC');
    list.push(`${name} until ${instantAtMillis(toMs).slice(11, 16)}`);
    ms = toMs;
  }
  return list;
}

it.each([
  [
    'the band inside the gap has no length',
    '2026-03-28T23:00:00Z',
    '2026-03-29T22:00:00Z',
    ['day until 01:00', 'late until 22:00'],
  ],
  [
    'an hour twice',
    '2026-10-24T22:00:00Z',
    '2026-10-25T23:00:00Z',
    ['day until 00:00', 'skipped until 02:00', 'late until 23:00'],
  ],
])('when the clocks change: %s', (_, from, to, expected) => {
  const bands = [
    band('day', '00:00', '02:00', everyDay),
    band('skipped', '02:00', '03:00', everyDay),
    band('late', '03:00', '00:00', everyDay),
  ];
  expect(stretches(calendar(bands, { zone: 'Europe/Berlin' }), from, to)).toEqual(expected);
});
