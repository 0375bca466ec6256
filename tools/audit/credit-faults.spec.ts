import { describe, expect, it } from '@jest/globals';
import { type CreditedBill, creditFaults, type CreditNote } from './credit-faults';

const vat = { taxId: 'vat', jurisdiction: 'DE', percent: '19' };
const bill: CreditedBill = {
  _id: 'inv_1',
  state: 'finalized',
  totalMinor: 1190,
  lines: [{ lineNo: 1, amountMinor: 1000 }],
  taxes: [{ ...vat, amountMinor: 190 }],
  credited: [{ lineNo: 1, netMinor: 500 }],
};
const note: CreditNote = {
  _id: 'crn_1',
  kind: 'partial',
  invoiceId: 'inv_1',
  lines: [{ lineNo: 1, billedMinor: 1000, netMinor: 500 }],
  taxes: [{ ...vat, amountMinor: 95, parts: [{ amountMinor: 95 }] }],
  netMinor: 500,
  taxMinor: 95,
  totalMinor: 595,
  openMinor: 595,
  freedMinor: 0,
};
const full = { ...note, _id: 'crn_2', kind: 'full' };

describe('what is credited of a bill', () => {
  it.each<[string, CreditedBill, CreditNote[], RegExp[]]>([
    ['half of it', bill, [note], []],
    [
      'both halves',
      { ...bill, state: 'cancelled', credited: [{ lineNo: 1, netMinor: 1000 }] },
      [note, full],
      [],
    ],
    ['goodwill touches no line', { ...bill, credited: [] }, [{ ...note, kind: 'exGratia' }], []],
    ['the bill does not know', { ...bill, credited: [] }, [note], [/says 0 credited/]],
    [
      'cancelled with a rest',
      { ...bill, state: 'cancelled' },
      [full],
      [/has 500 left/, /95 of DE vat 19 % is left/],
    ],
    [
      'more than there is',
      { ...bill, credited: [{ lineNo: 1, netMinor: 1500 }] },
      [note, { ...note, _id: 'crn_3' }, { ...note, _id: 'crn_4' }],
      [/1500 of 1000/, /285 of 190/],
    ],
    ['sums that do not add up', bill, [{ ...note, totalMinor: 594 }], [/500 \+ 95 is not 594/, /595 off/]],
  ])('%s', (_, given, notes, expected) => {
    const faults = creditFaults(given, notes);
    expect(faults).toHaveLength(expected.length);
    expected.forEach((pattern, at) => expect(faults[at]).toMatch(pattern));
  });
});
