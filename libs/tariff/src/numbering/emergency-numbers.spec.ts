import { callsForHelp } from './emergency-numbers';
import { countryOf } from './mobile-country';

const in2026 = '2026-01-10T12:00:00.000Z';

test.each([
  ['112', '26201', true],
  ['112', '310260', true],
  ['911', '310260', true],
  ['911', '26201', true], // a phone knows it everywhere
  ['999', '23410', true],
  ['999', '26201', false],
  ['110', '26201', true],
  ['110', '20801', false],
  ['15', '20801', true],
  ['000', '50501', true],
  ['118', '22201', true],
  ['1120', '26201', false],
  ['4911', '26201', false],
  ['112', '90105', true],
  ['115', '90105', false],
])('%s in network %s calls for help: %s', (digits, network, expected) => {
  expect(callsForHelp(digits, network, in2026)).toBe(expected);
});

test.each([
  ['310260', '2022-07-15T23:59:59.999Z', false],
  ['310260', '2022-07-16T00:00:00.000Z', true],
  ['302720', '2023-11-29T00:00:00.000Z', false],
  ['302720', in2026, true],
  ['26201', in2026, false],
])('988 in network %s at %s: %s', (network, at, expected) => {
  expect(callsForHelp('988', network, at)).toBe(expected);
});

test.each([
  ['262', 'DE'],
  ['310260', 'US'],
  ['311480', 'US'],
  ['22101', 'XK'],
  ['90105', undefined],
  ['00101', undefined],
])('network %s stands in %s', (network, country) => {
  expect(countryOf(network)).toBe(country);
});
