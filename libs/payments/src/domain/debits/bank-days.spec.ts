import { addBankDays, type BankCalendar, easterSunday, isBankDay } from './bank-days';

it.each([
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2038, '2038-04-25'],
])('Easter %i is %s', (year, sunday) => {
  expect(easterSunday(year)).toBe(sunday);
});

it.each<[BankCalendar, string, boolean, string]>([
  ['target', '2026-04-03', false, 'Good Friday'],
  ['target', '2026-04-06', false, 'Easter Monday'],
  ['target', '2026-05-01', false, 'Labour Day'],
  ['target', '2026-12-26', false, 'a Saturday anyway'],
  ['target', '2026-10-03', false, 'a Saturday'],
  ['target', '2025-10-03', true, 'German Unity Day is a TARGET day'],
  ['target', '2026-12-24', true, 'Christmas Eve'],
  ['federalReserve', '2026-01-19', false, 'Martin Luther King'],
  ['federalReserve', '2026-05-25', false, 'Memorial Day'],
  ['federalReserve', '2026-07-03', true, 'the 4th is a Saturday: the Friday is worked'],
  ['federalReserve', '2027-07-05', false, 'the 4th is a Sunday: kept on Monday'],
  ['federalReserve', '2026-11-26', false, 'Thanksgiving'],
  ['federalReserve', '2026-04-03', true, 'Good Friday'],
])('%s works on %s: %s (%s)', (calendar, date, works) => {
  expect(isBankDay(calendar, date)).toBe(works);
});

it.each([
  ['2026-04-02', 1, '2026-04-07'],
  ['2026-04-07', -1, '2026-04-02'],
  ['2026-04-04', 0, '2026-04-07'],
  ['2026-03-02', 5, '2026-03-09'],
])('%s and %i TARGET days is %s', (date, days, expected) => {
  expect(addBankDays('target', date, days)).toBe(expected);
});
