import { describe, expect, it } from '@jest/globals';
import { type DecidedEntry, heldMinor, undoEntry, type Undoing } from './undo-entry';

const undoneAt = '2026-02-07T10:00:00.000Z';
const part = (paymentId: string, amountMinor: number, undone = false) => ({
  ...{ paymentId, amountMinor },
  ...(undone ? { undoneAt } : {}),
});

/** Ten dollars. */
const entry = (changed: Partial<DecidedEntry>): DecidedEntry => ({
  ...{ state: 'booked', isReversal: false, amountMinor: 1000, parts: [] },
  ...{ settlement: null, otherEntryId: null },
  ...changed,
});
const one = [part('pay_1', 1000)];
const two = [part('pay_1', 700), part('pay_2', 300)];
const halfUndone = [part('pay_1', 700, true), part('pay_2', 300)];
const rest = { amountMinor: 300 };

describe('in suspense lies', () => {
  it.each<[string, Partial<DecidedEntry>, number]>([
    ['all of an entry that nobody has decided', { state: 'unmatched' }, 1000],
    ['nothing of one that is booked', { parts: one }, 0],
    ['nothing of one that was sent back', { state: 'settled', settlement: { amountMinor: 1000 } }, 0],
    ['what was undone of a split', { state: 'unmatched', parts: halfUndone }, 700],
    [
      'what was undone, less what was sent back and stays so',
      { state: 'unmatched', parts: [part('pay_1', 700, true)], settlement: rest },
      700,
    ],
  ])('%s', (_case, changed, expected) => {
    expect(heldMinor(entry(changed))).toBe(expected);
  });
});

describe('undone of an entry', () => {
  const undoing = (paymentIds: string[], withSettlement = false): Undoing => ({ paymentIds, withSettlement });
  it.each<[string, Partial<DecidedEntry>, string[] | null, Undoing | string]>([
    ['one account', { parts: one }, null, undoing(['pay_1'])],
    ['a split, whole', { parts: two }, null, undoing(['pay_1', 'pay_2'])],
    ['one part of a split', { parts: two }, ['pay_2'], undoing(['pay_2'])],
    ['one part, named twice', { parts: two }, ['pay_2', 'pay_2'], undoing(['pay_2'])],
    ['what is left of a split', { state: 'unmatched', parts: halfUndone }, null, undoing(['pay_2'])],
    ['a part again', { state: 'unmatched', parts: halfUndone }, ['pay_1'], 'partUnknown'],
    ['a part of another entry', { parts: one }, ['pay_9'], 'partUnknown'],
    [
      'a part and the rest that goes back',
      { parts: [part('pay_1', 700)], settlement: rest },
      null,
      undoing(['pay_1'], true),
    ],
    [
      'a part; the rest has left the bank',
      { parts: [part('pay_1', 700)], settlement: rest, otherEntryId: 'bke_2' },
      null,
      undoing(['pay_1']),
    ],
    ['what was sent back', { state: 'settled', settlement: rest }, null, undoing([], true)],
    [
      'what was sent back, and has left the bank',
      { state: 'settled', settlement: rest, otherEntryId: 'bke_2' },
      null,
      'entryMatchesAnother',
    ],
    [
      'what the bank took back',
      { state: 'reversed', parts: one, otherEntryId: 'bke_2' },
      null,
      'entryReversed',
    ],
    ['a reversal', { isReversal: true, otherEntryId: 'bke_1' }, null, 'entryMatchesAnother'],
    ['what nobody has decided', { state: 'unmatched' }, null, 'nothingToUndo'],
    ['what was undone', { state: 'unmatched', parts: [part('pay_1', 1000, true)] }, null, 'nothingToUndo'],
  ])('%s', (_case, changed, wanted, expected) => {
    expect(undoEntry(entry(changed), wanted)).toEqual(expected);
  });
});
