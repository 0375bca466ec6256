import { addDays, compareDates, type LocalDate } from '@tollkeeper/calendar';
import {
  type AchAuthorisation,
  achEntryDescription,
  type AchEntry,
  achNoticeDays,
  mayRepresent,
  noticeBy,
  type RepresentmentRefusal,
} from './ach-debit';
import { addBankDays, onBankDay } from './bank-days';
import { scheduleSepaDebit, type SepaMandate, type SepaRefusal } from './sepa-debit';

/** An attempt that is a bank debit: as it is handed in. */
export interface AttemptDebit {
  scheme: 'sepa' | 'ach';
  /** The bank day on which the payer's account is charged. */
  collectOn: LocalDate;
  mandateId?: string;
  sequence?: 'FRST' | 'RCUR';
  /** How often this debt has been sent again after a return; left out: 0. */
  representment?: number;
  /** Nacha's company entry description. */
  entryDescription?: string;
}

/** A debit of an invoice: announced to the payer, handed in by its day, collected on another. */
export interface PlannedDebit {
  methodId: string;
  scheme: 'sepa' | 'ach';
  mandateId: string | null;
  sequence: 'FRST' | 'RCUR' | null;
  amountMinor: number;
  /** `null`: the payer knows amount and day already. */
  announcedOn: LocalDate | null;
  submitOn: LocalDate;
  collectOn: LocalDate;
  /** `null` until it is handed in. */
  submittedOn: LocalDate | null;
  /** The dunning case that asked for it. */
  caseId: string | null;
}

/** What of a method says how it may be debited. */
export interface DebitMethod {
  _id: string;
  kind?: string;
  mandate?: SepaMandate;
  authorisation?: AchAuthorisation;
}

type DebitRefusal = SepaRefusal | RepresentmentRefusal | 'noMandate';

/** An entry reaches the receiver's bank a bank day before it settles. */
const achSubmissionBankDays = 1;
const neverCharged: AchAuthorisation = { lastAmountMinor: null, range: null };

export const isDebit = ({ kind }: { kind?: string }): boolean => kind === 'sepaDebit' || kind === 'achDebit';

const later = (left: LocalDate, right: LocalDate): LocalDate =>
  compareDates(left, right) > 0 ? left : right;

/** When a debit that is wanted on a day can be made, if it is announced today. */
export function planDebit(
  method: DebitMethod,
  wanted: { amountMinor: number; wantedOn: LocalDate; today: LocalDate; caseId?: string | null },
): PlannedDebit | { refused: DebitRefusal } {
  const { amountMinor, caseId = null } = wanted;
  const base = { methodId: method._id, amountMinor, submittedOn: null, caseId };
  if (method.kind === 'achDebit')
    return { ...base, ...planAch(method.authorisation ?? neverCharged, wanted) };
  if (!method.mandate) return { refused: 'noMandate' };
  const schedule = scheduleSepaDebit(method.mandate, wanted);
  if ('refused' in schedule) return schedule;
  const { submitBy: submitOn, collectOn, sequence } = schedule;
  const { mandateId } = method.mandate;
  return { ...base, scheme: 'sepa', mandateId, sequence, announcedOn: wanted.today, submitOn, collectOn };
}

function planAch(
  authorisation: AchAuthorisation,
  { amountMinor, wantedOn, today }: { amountMinor: number; wantedOn: LocalDate; today: LocalDate },
) {
  const first = later(wantedOn, addBankDays('federalReserve', today, achSubmissionBankDays));
  const needsNotice = noticeBy(authorisation, amountMinor, first) !== null;
  const collectOn = onBankDay(
    'federalReserve',
    needsNotice ? later(first, addDays(today, achNoticeDays)) : first,
  );
  return {
    ...{ scheme: 'ach' as const, mandateId: null, sequence: null, collectOn },
    announcedOn: needsNotice ? today : null,
    submitOn: addBankDays('federalReserve', collectOn, -achSubmissionBankDays),
  };
}

/** As it is handed in today: on its day, or, when that has passed, on the next bank day that is left. The notice only grows longer. */
export function submitDebit(
  method: DebitMethod,
  plan: PlannedDebit,
  today: LocalDate,
): AttemptDebit | { refused: DebitRefusal } {
  const { scheme, mandateId, sequence } = plan;
  const calendar = scheme === 'ach' ? 'federalReserve' : 'target';
  const collectOn = later(plan.collectOn, addBankDays(calendar, today, 1));
  if (scheme === 'ach') return { scheme, collectOn };
  const again =
    method.mandate &&
    scheduleSepaDebit({ ...method.mandate, preNoticeDays: 1 }, { wantedOn: collectOn, today });
  if (!again) return { refused: 'noMandate' };
  if ('refused' in again) return again;
  return {
    scheme,
    collectOn: again.collectOn,
    ...(mandateId ? { mandateId } : {}),
    ...(sequence ? { sequence } : {}),
  };
}

/** The same a day later at least: its day comes once it is handed in. */
export function debitPutOff(plan: PlannedDebit, today: LocalDate): PlannedDebit {
  const submitOn = addDays(today, 1);
  const calendar = plan.scheme === 'ach' ? 'federalReserve' : 'target';
  return { ...plan, submitOn, collectOn: later(plan.collectOn, addBankDays(calendar, submitOn, 1)) };
}

/** The next bank day, for what a payer asks for at this moment, or agreed to with their plan. */
export function soonestDebit(method: DebitMethod, today: LocalDate): AttemptDebit {
  if (method.kind === 'achDebit')
    return { scheme: 'ach', collectOn: addBankDays('federalReserve', today, achSubmissionBankDays) };
  const collectOn = addBankDays('target', today, 1);
  const { mandate } = method;
  if (!mandate) return { scheme: 'sepa', collectOn };
  const sequence = mandate.lastUsedOn === null ? 'FRST' : 'RCUR';
  return { scheme: 'sepa', collectOn, mandateId: mandate.mandateId, sequence };
}

/** A debit of the same debt that came back. */
export interface ReturnedDebit {
  collectOn: LocalDate;
  code: string;
}

/** The same debt once more, after its debits came back; oldest first. */
export function representDebit(
  method: DebitMethod,
  returned: readonly [ReturnedDebit, ...ReturnedDebit[]],
  today: LocalDate,
): AttemptDebit | { refused: DebitRefusal } {
  const soonest = soonestDebit(method, today);
  const representments = returned.length - 1;
  const last = returned.at(-1) ?? returned[0];
  if (soonest.scheme === 'sepa') return { ...soonest, representment: representments + 1 };
  const entry: AchEntry = { settledOn: returned[0].collectOn, returnCode: last.code, representments };
  const answer = mayRepresent(entry, today);
  if ('refused' in answer) return answer;
  return {
    ...{ scheme: 'ach', collectOn: answer.settlesOn, representment: representments + 1 },
    entryDescription: achEntryDescription,
  };
}
