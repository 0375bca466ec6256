import { describe, expect, it } from '@jest/globals';
import { givenBackFaults, type GivingBill } from './given-back-faults';

const charge = 'sub_1/plan/line';
const line = (amountMinor: number, from = '2026-02-01') => ({
  ...{ lineNo: 1, chargeKey: amountMinor < 0 ? `${charge}/givenBack` : charge },
  ...{ from, to: '2026-03-01', amountMinor },
});
const bill = (at: number, amountMinor: number, more: Partial<GivingBill> = {}): GivingBill => ({
  ...{ _id: `inv_${at}`, accountId: 'acc_1', draftedAt: `2026-0${at}-01T00:00:00.000Z` },
  lines: [line(amountMinor, amountMinor < 0 ? '2026-02-15' : '2026-02-01')],
  ...more,
});
const credited = (netMinor: number) => ({ credited: [{ lineNo: 1, netMinor }] });

describe('credited and given back of a line', () => {
  it.each<[string, GivingBill[], RegExp[]]>([
    ['both halves', [bill(1, 2800, credited(1400)), bill(2, -1400)], []],
    ['too much', [bill(1, 2800, credited(1401)), bill(2, -1400)], [/of 2800: 1401 credited and 1400/]],
    ['taken back by a note', [bill(1, 2800, credited(2800)), bill(2, -1400, credited(-1400))], []],
    [
      'of the corrected bill',
      [
        bill(1, 2800, { ...credited(2800), replacedBy: 'inv_3' }),
        bill(2, -1400),
        bill(3, 1300, { replaces: 'inv_1' }),
      ],
      [/of 1300: 0 credited and 1400/],
    ],
  ])('%s', (_, bills, expected) => {
    const faults = givenBackFaults(bills);
    expect(faults).toHaveLength(expected.length);
    expected.forEach((pattern, at) => expect(faults[at]?.what).toMatch(pattern));
  });
});
