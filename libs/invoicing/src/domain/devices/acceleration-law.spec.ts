import { expect, it } from '@jest/globals';
import { accelerationFault } from './acceleration-law';
import { scheduleOf } from './instalment-plan';

const consumer = (country: string) => ({ country, kind: 'person' as const });

/** 480.00 financed, or 960.00 over 48 months: 20.00 a month. `late`: minor units in arrears, by number. */
const fault = (
  count: number,
  late: Record<number, number>,
  debtor = consumer('DE'),
  downPaymentMinor = 0,
) => {
  const priceMinor = count * 2000 + downPaymentMinor;
  const instalments = scheduleOf({ priceMinor, downPaymentMinor, count, firstDueOn: '2026-01-10' });
  return accelerationFault({ priceMinor, downPaymentMinor, instalments }, ({ no }) => late[no] ?? 0, debtor);
};

it.each<[string, number, Record<number, number>, boolean]>([
  ['nothing late', 24, {}, false],
  ['one instalment', 24, { 3: 2000 }, false],
  ['two in a row, 8.3 % of 480.00', 24, { 3: 2000, 4: 2000 }, false],
  ['three in a row, 12.5 %', 24, { 3: 2000, 4: 2000, 5: 2000 }, true],
  ['two in a row of 400.00: 10 % to the cent', 20, { 1: 2000, 2: 2000 }, true],
  ['two in a row of 400.00, a cent of one is paid', 20, { 1: 2000, 2: 1999 }, false],
  ['three, none in a row', 24, { 1: 2000, 3: 2000, 5: 2000 }, false],
  ['two in a row in part, and another: 10 %', 20, { 1: 2000, 4: 1000, 5: 1000 }, true],
  ['36 months are not longer than three years: 5.6 %', 36, { 1: 2000, 2: 2000 }, false],
  ['37 months are: 5.4 %', 37, { 1: 2000, 2: 2000 }, true],
  ['48 months: 4.2 %', 48, { 1: 2000, 2: 2000 }, false],
  ['arrears of the bill beyond the instalment do not count', 24, { 3: 9000, 4: 9000 }, false],
])('a consumer in Germany, %s: %#', (_what, count, late, allowed) => {
  expect(fault(count, late) === null).toBe(allowed);
});

it('what was paid down is not financed', () => {
  expect(fault(20, { 1: 2000, 2: 2000 }, consumer('DE'), 40_000)).toBeNull();
});

it('an organisation, and a consumer where no such law is known here: as the contract says', () => {
  expect(fault(24, {}, { country: 'DE', kind: 'organisation' } as never)).toBeNull();
  expect(fault(24, {}, consumer('US'))).toBeNull();
});
