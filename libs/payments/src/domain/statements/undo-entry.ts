import type { Instant } from '@tollkeeper/calendar';

/** What became of an entry's money so far. */
export interface DecidedEntry {
  state: 'received' | 'booked' | 'unmatched' | 'settled' | 'reversed';
  isReversal: boolean;
  amountMinor: number;
  parts: readonly { paymentId: string; amountMinor: number; undoneAt?: Instant | null }[];
  settlement: { amountMinor: number } | null;
  otherEntryId: string | null;
}

/** Parts that accounts have: one that was undone is kept to be seen, and counts no more. */
export const standingParts = <Part extends { undoneAt?: Instant | null }>(parts: readonly Part[]): Part[] =>
  parts.filter(({ undoneAt }) => !undoneAt);

/** Of the entry in suspense: what no account has, and what was not settled. */
export function heldMinor({ state, amountMinor, parts, settlement }: DecidedEntry): number {
  if (state !== 'unmatched') return 0;
  const given = standingParts(parts).reduce((sum, part) => sum + part.amountMinor, 0);
  return amountMinor - given - (settlement?.amountMinor ?? 0);
}

export interface Undoing {
  paymentIds: string[];
  /** What was settled comes back too. */
  withSettlement: boolean;
}

export type CannotUndo = 'nothingToUndo' | 'entryReversed' | 'entryMatchesAnother' | 'partUnknown';

/**
 * What a person can take back of what was decided: all of it (`wanted` is `null`), or the named payments alone. What a
 * statement has confirmed stays: a reversal by the bank, a pay-out that it has shown.
 */
export function undoEntry(entry: DecidedEntry, wanted: readonly string[] | null): Undoing | CannotUndo {
  if (entry.state === 'reversed') return 'entryReversed';
  if (entry.isReversal && entry.otherEntryId !== null) return 'entryMatchesAnother';
  const standing = standingParts(entry.parts).map(({ paymentId }) => paymentId);
  if (wanted !== null) {
    if (wanted.some((paymentId) => !standing.includes(paymentId))) return 'partUnknown';
    return { paymentIds: [...new Set(wanted)], withSettlement: false };
  }
  const isShown = entry.otherEntryId !== null;
  const withSettlement = entry.settlement !== null && !isShown;
  if (standing.length > 0 || withSettlement) return { paymentIds: standing, withSettlement };
  return entry.settlement && isShown ? 'entryMatchesAnother' : 'nothingToUndo';
}
