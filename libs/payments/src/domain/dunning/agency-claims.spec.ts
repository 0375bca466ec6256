import { describe, expect, it } from '@jest/globals';
import { changedClaims, claimsOf } from './agency-claims';

const claim = (invoiceId: string, openMinor: number, disputedMinor = 0) => ({
  ...{ invoiceId, openMinor, disputedMinor },
});
const dispute = (amountMinor: number, closedAt: string | null = null) => ({
  ...{ invoiceId: 'inv_1', amountMinor, closedAt },
});

describe('of an invoice of 60.00 the debtor disputes', () => {
  it.each([
    ['nothing', [], 0],
    ['15.00', [dispute(1500)], 1500],
    ['15.00 and 20.00', [dispute(1500), dispute(2000)], 3500],
    ['more than is open', [dispute(9000)], 6000],
    ['15.00 once, which was decided', [dispute(1500, '2026-02-18T10:00:00.000Z')], 0],
  ])('%s', (_case, disputes, expected) => {
    expect(claimsOf([{ _id: 'inv_1', openMinor: 6000 }], disputes)).toEqual([claim('inv_1', 6000, expected)]);
  });
});

describe('told 60.00 and 30.00, the agency is told', () => {
  const told = [claim('inv_1', 6000), claim('inv_2', 3000)];
  it.each([
    ['nothing, where nothing changed', told, []],
    ['the rest after a payment', [claim('inv_1', 4000), claim('inv_2', 3000)], [claim('inv_1', 4000)]],
    ['that one is paid', [claim('inv_1', 6000), claim('inv_2', 0)], [claim('inv_2', 0)]],
    ['of a dispute', [claim('inv_1', 6000, 1500), claim('inv_2', 3000)], [claim('inv_1', 6000, 1500)]],
    [
      'of money that its bank took back',
      [claim('inv_1', 8000), claim('inv_2', 3000)],
      [claim('inv_1', 8000)],
    ],
  ])('%s', (_case, now, expected) => {
    expect(changedClaims(told, now)).toEqual(expected);
  });

  it('all of it where nobody knows what it was told', () => {
    expect(changedClaims(undefined, told)).toEqual(told);
  });
});
