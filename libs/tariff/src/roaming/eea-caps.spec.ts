import { inForce, intraUnionCaps, roamLikeAtHomeCountries, terminationCaps, wholesaleCaps } from './eea-caps';
import { fairUseVolume } from './fair-use-volume';

test.each([
  ['2017-06-14', undefined],
  ['2017-06-15', '7.70 0.032 0.01'],
  ['2021-12-31', '3.00 0.032 0.01'],
  ['2022-06-30', '2.50 0.032 0.01'],
  ['2022-07-01', '2.00 0.022 0.004'],
  ['2024-12-31', '1.55 0.022 0.004'],
  ['2025-01-01', '1.30 0.019 0.003'],
  ['2026-11-23', '1.10 0.019 0.003'],
  ['2027-01-01', '1.00 0.019 0.003'],
  ['2032-06-30', '1.00 0.019 0.003'],
  ['2032-07-01', undefined],
])('wholesale caps on %s: %s', (on, expected) => {
  const cap = inForce(wholesaleCaps, on);
  expect(cap && `${cap.perGigabyte} ${cap.perMinute} ${cap.perSms}`).toBe(expected);
});

test.each([
  ['2019-05-14', undefined],
  ['2019-05-15', '0.19'],
  ['2026-11-23', '0.19'],
])('calls within the Union on %s: %s a minute', (on, expected) => {
  expect(inForce(intraUnionCaps, on)?.perMinute).toBe(expected);
});

it('calls received', () => {
  expect(inForce(terminationCaps, '2023-06-01')?.perMinute).toBe('0.004');
  expect(inForce(terminationCaps, '2026-06-01')?.perMinute).toBe('0.002');
});

test.each([
  ['DE', '2026-11-23', true],
  ['NO', '2026-11-23', true],
  ['RE', '2026-11-23', true],
  ['CH', '2026-11-23', false],
  ['GB', '2020-12-31', true],
  ['GB', '2021-01-01', false],
  ['UA', '2025-12-31', false],
  ['UA', '2026-01-01', true],
  ['MD', '2026-01-01', true],
  ['DE', '2032-07-01', false],
])('one roams like at home in %s on %s: %s', (country, on, expected) => {
  expect(roamLikeAtHomeCountries(on).has(country)).toBe(expected);
});

const giga = 1_000_000_000;

test.each([
  // 2 x 20.00 / 1.10 = 36.36 GB
  ['20.00', '2026-03-01', null, false, 36_363_636_364, true],
  ['20.00', '2027-03-01', null, false, 40 * giga, true],
  // 30 GB at home cost 0.67 a GB, less than the cap, and yet less than 36.36 GB: all of it
  ['20.00', '2026-03-01', 30 * giga, false, 30 * giga, false],
  ['20.00', '2026-03-01', 100 * giga, false, 36_363_636_364, true],
  // 10 GB cost 2.00 a GB, more than the cap: no open bundle, all of it
  ['20.00', '2026-03-01', 10 * giga, false, 10 * giga, false],
  ['11.00', '2026-03-01', null, true, 10 * giga, true], // credit: once, not twice
  ['0', '2026-03-01', null, false, 0, true],
] as const)(
  'fair use of %s on %s with %s at home (credit: %s) is %i',
  (price, on, domesticBytes, isCredit, bytes, isLimited) => {
    expect(fairUseVolume({ on, price, domesticBytes, isCredit })).toMatchObject({ bytes, isLimited });
  },
);

it('outside of the regulation there is no fair use volume', () => {
  expect(fairUseVolume({ on: '2032-07-01', price: '20', domesticBytes: null })).toBeNull();
});
