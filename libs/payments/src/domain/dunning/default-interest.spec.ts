import { type DebtorKind, lumpSumMinor, statutoryFor, statutoryInterestMinor } from './default-interest';

/** 10,000.00 for a whole half-year of 184 or 181 days: 1,000,000 x rate x days / 36,500, by the law of each country. */
it.each<[string, string, DebtorKind, string, string, string, number]>([
  ['DN50', 'FR', 'organisation', '2025-07-01', '2026-01-01', '12.15 % x 184', 61_249],
  ['DN51', 'FR', 'organisation', '2014-01-01', '2014-07-01', '10.25 % x 181', 50_829],
  ['DN52', 'AT', 'organisation', '2025-07-01', '2026-01-01', '10.73 % x 184', 54_091],
  ['DN53', 'AT', 'organisation', '2024-07-01', '2025-01-01', '13.08 % x 184', 65_938],
  ['DN54', 'AT', 'person', '2025-07-01', '2026-01-01', '4 % x 184', 20_164],
  ['DN55', 'BE', 'organisation', '2025-07-01', '2026-01-01', '10.15 goes up to 10.5 %', 52_932],
  ['DN56', 'BE', 'organisation', '2024-07-01', '2025-01-01', '12.25 goes up to 12.5 %', 63_014],
  ['DN57', 'FI', 'organisation', '2025-01-01', '2025-07-01', '11.15 goes up to 11.5 %', 57_027],
  ['DN58', 'FI', 'person', '2025-01-01', '2025-07-01', '3.5 + 7 %', 52_068],
  ['DN59', 'PL', 'organisation', '2025-07-01', '2026-01-01', '15.25 % x 184', 76_877],
  ['DN60', 'ES', 'organisation', '2025-01-01', '2025-07-01', '11.15 % x 181', 55_292],
  ['DN61', 'GB', 'organisation', '2020-07-01', '2021-01-01', '8.1 % x 184', 40_833],
  ['DN62', 'GB', 'organisation', '2010-01-01', '2010-07-01', '8.5 % x 181', 42_151],
  ['DN63', 'DE', 'organisation', '2024-01-01', '2024-07-01', '12.62 % x 182', 62_927],
  ['DN64', 'DE', 'person', '2014-07-01', '2015-01-01', '4.27 % x 184', 21_525],
])('%s %s %s from %s to %s: %s', (_, country, kind, from, to, _rate, expected) => {
  const law = statutoryFor(country, kind);
  expect(law && statutoryInterestMinor(law, { amountMinor: 1_000_000, from, to })).toBe(expected);
});

it('DN65: three half-years, each at its own rate', () => {
  // 31 days at 12.25, 181 at 11.15, 31 at 10.15 (Italy): 10,404.1 + 55,291.8 + 8,620.5
  const law = statutoryFor('IT', 'organisation');
  const stretch = { amountMinor: 1_000_000, from: '2024-12-01', to: '2025-08-01' };
  expect(law && statutoryInterestMinor(law, stretch)).toBe(74_316);
});

/** The lump sum of an invoice: the limit itself is in the higher band in Britain, in the lower one in Ireland. */
it.each([
  ['DN66', 'GB', 'GBP', [99_999, 100_000, 999_999, 1_000_000], [4_000, 7_000, 7_000, 10_000]],
  ['DN67', 'IE', 'EUR', [100_000, 100_001, 1_000_000, 1_000_001], [4_000, 7_000, 7_000, 10_000]],
  ['DN68', 'FR', 'EUR', [1, 5_000_000], [4_000, 4_000]],
  ['DN69', 'AT', 'EUR', [1_000, 2_000_000], [4_000, 4_000]],
  ['DN70', 'GB', 'EUR', [100_000], [null]],
])('%s %s in %s', (_, country, currency, invoices, expected) => {
  const law = statutoryFor(country, 'organisation');
  expect(invoices.map((minor) => law && lumpSumMinor(law, minor, currency))).toEqual(expected);
});

it.each([
  ['US', 'organisation'],
  ['FR', 'person'],
  ['GB', 'person'],
] as const)('%s %s: no rate by statute here', (country, kind) =>
  expect(statutoryFor(country, kind)).toBeNull(),
);
