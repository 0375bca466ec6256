import { addDays, compareDates, type LocalDate } from '@tollkeeper/calendar';
import { addBankDays } from './bank-days';

/** Nacha Operating Rules, Subsection 2.13.4 (Reinitiation): at most twice within 180 days, only for R01 and R09. */
const representableCodes = ['R01', 'R09'];
const mostRepresentments = 2;
const representWithinDays = 180;
/** What a re-presented entry says of itself (Subsection 2.13.4). */
export const achEntryDescription = 'RETRY PYMT';
/** Subsection 2.3.2.8(a) and Regulation E, 12 CFR 1005.10(d): notice ten days before a changed amount. */
export const achNoticeDays = 10;

export interface AchEntry {
  /** Settlement date of the entry that came back. */
  settledOn: LocalDate;
  returnCode: string;
  representments: number;
}

export type RepresentmentRefusal = 'codeNotAllowed' | 'triedTwice' | 'tooLate';

/** Whether a returned debit may be sent again on that day, and if so on which bank day, under which description. */
export function mayRepresent(
  { settledOn, returnCode, representments }: AchEntry,
  on: LocalDate,
): { settlesOn: LocalDate; description: typeof achEntryDescription } | { refused: RepresentmentRefusal } {
  if (!representableCodes.includes(returnCode)) return { refused: 'codeNotAllowed' };
  if (representments >= mostRepresentments) return { refused: 'triedTwice' };
  const settlesOn = addBankDays('federalReserve', on, 1);
  if (compareDates(settlesOn, addDays(settledOn, representWithinDays)) > 0) return { refused: 'tooLate' };
  return { settlesOn, description: achEntryDescription };
}

export interface AchAuthorisation {
  /** The amount of the debit before; `null` before the first. */
  lastAmountMinor: number | null;
  /** The payer agreed to hear only of amounts outside of it. */
  range: { fromMinor: number; toMinor: number } | null;
}

/** The last day on which a payer must be told of the amount; `null` when no notice is needed. */
export function noticeBy(
  { lastAmountMinor, range }: AchAuthorisation,
  amountMinor: number,
  debitOn: LocalDate,
): LocalDate | null {
  const isKnown = range
    ? range.fromMinor <= amountMinor && amountMinor <= range.toMinor
    : lastAmountMinor === amountMinor;
  return isKnown ? null : addDays(debitOn, -achNoticeDays);
}
