import { describe, expect, it } from '@jest/globals';
import { type BankEntryRow, entryFault } from './invariants/bank-entries';

const entry = (change: Partial<BankEntryRow>): BankEntryRow => ({
  ...{ _id: 'bke_1', direction: 'in', state: 'booked', amountMinor: 100, currency: 'EUR', parts: [] },
  ...change,
});
const part = { paymentId: 'pay_1', amountMinor: 100 };
const payment = { _id: 'pay_1', amountMinor: 100, currency: 'EUR' };
const undonePart = { ...part, undoneAt: '2026-02-07T10:00:00.000Z' };
const undonePayment = { ...payment, state: 'undone' };
const rest = { settlement: { amountMinor: 40 } };

describe('an amount of a bank statement', () => {
  it.each([
    ['is a payment', entry({ parts: [part] }), [payment], null],
    [
      'is a payment and a rest',
      entry({ parts: [{ ...part, amountMinor: 60 }], ...rest }),
      [{ ...payment, amountMinor: 60 }],
      null,
    ],
    ['lies in suspense', entry({ state: 'unmatched' }), [], null],
    ['left suspense', entry({ state: 'settled', settlement: { amountMinor: 100 } }), [], null],
    ['was taken back out of suspense', entry({ state: 'reversed' }), [], null],
    ['takes another back', entry({ direction: 'out', matchedBy: 'reversal' }), [], null],
    ['went nowhere', entry({}), [], 'only 0 of it'],
    ['is a payment twice', entry({ parts: [part] }), [payment, { ...payment, _id: 'pay_2' }], 'are 200'],
    ['is partly nowhere', entry(rest), [], 'only 40 of it'],
    ['is in suspense and paid', entry({ state: 'unmatched', parts: [part] }), [payment], 'went somewhere'],
    ['went out and paid', entry({ direction: 'out', parts: [part] }), [payment], 'pays for an account'],
    ['is in suspense again', entry({ state: 'unmatched', parts: [undonePart] }), [undonePayment], null],
    [
      'is another account’s now',
      entry({ parts: [undonePart, { ...part, paymentId: 'pay_2' }] }),
      [undonePayment, { ...payment, _id: 'pay_2' }],
      null,
    ],
    [
      'is in suspense for a part',
      entry({
        state: 'unmatched',
        amountMinor: 150,
        parts: [undonePart, { paymentId: 'pay_2', amountMinor: 50 }],
      }),
      [undonePayment, { ...payment, _id: 'pay_2', amountMinor: 50 }],
      null,
    ],
    [
      'is in suspense, and its payment stands',
      entry({ state: 'unmatched', parts: [undonePart] }),
      [payment],
      'do not agree',
    ],
    ['is booked, and its payment was undone', entry({ parts: [part] }), [undonePayment], 'do not agree'],
    ['is booked, and all of it was undone', entry({ parts: [undonePart] }), [undonePayment], 'only 0 of it'],
    [
      'is in another currency',
      entry({ parts: [part] }),
      [{ ...payment, currency: 'USD' }],
      'another currency',
    ],
  ])('%s', (_what, row, payments, fault) => {
    const found = entryFault(row, payments);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toContain(fault);
  });
});
