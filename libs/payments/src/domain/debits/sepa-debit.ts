import { addDays, addMonths, compareDates, type LocalDate } from '@tollkeeper/calendar';
import { addBankDays, onBankDay } from './bank-days';

/** A debtor's authorisation: EPC SEPA Core Direct Debit Rulebook, section 4.1. */
export interface SepaMandate {
  mandateId: string;
  signedOn: LocalDate;
  /** Due date of the last collection that was presented; `null` before the first. */
  lastUsedOn: LocalDate | null;
  cancelledOn: LocalDate | null;
  /** Days between announcement and due date that were agreed with the debtor; 14 unless agreed shorter. */
  preNoticeDays: number;
}

/** Rulebook 4.1: a mandate that is not used for 36 months lapses. */
const mandateMonths = 36;
/** The creditor's bank takes a collection at the latest one bank day before it is due (rulebook 4.3.4, D-1). */
const submissionBankDays = 1;
/** The debtor's bank may return up to five bank days after settlement. */
const returnBankDays = 5;
/** A debtor may have an authorised debit back within eight weeks, without a reason: PSD2 Art. 77(1). */
const refundDays = 56;
/** An unauthorised one within 13 months: PSD2 Art. 71(1). */
const unauthorisedMonths = 13;

interface SepaSchedule {
  sequence: 'FRST' | 'RCUR';
  /** Last day on which the debtor may be told. */
  announceBy: LocalDate;
  /** Last day on which the bank takes it. */
  submitBy: LocalDate;
  collectOn: LocalDate;
  /** Until then it can come back: by the bank, by the debtor without reason, as unauthorised. */
  returnableUntil: LocalDate;
  refundableUntil: LocalDate;
  disputableUntil: LocalDate;
}

export type SepaRefusal = 'mandateCancelled' | 'mandateLapsed' | 'mandateNotSigned';

const mandateLapsesOn = ({ lastUsedOn, signedOn }: SepaMandate): LocalDate =>
  addMonths(lastUsedOn ?? signedOn, mandateMonths);

/**
 * When a collection that is wanted on a day can be made: announced at the earliest today, on a TARGET day, by a mandate
 * that holds on that day.
 */
export function scheduleSepaDebit(
  mandate: SepaMandate,
  { wantedOn, today }: { wantedOn: LocalDate; today: LocalDate },
): SepaSchedule | { refused: SepaRefusal } {
  const earliest = latestOf(
    wantedOn,
    addDays(today, mandate.preNoticeDays),
    addBankDays('target', today, submissionBankDays),
  );
  const collectOn = onBankDay('target', earliest);
  const refused = mandateFault(mandate, collectOn);
  if (refused) return { refused };
  return {
    sequence: mandate.lastUsedOn === null ? 'FRST' : 'RCUR',
    announceBy: addDays(collectOn, -mandate.preNoticeDays),
    submitBy: addBankDays('target', collectOn, -submissionBankDays),
    collectOn,
    returnableUntil: addBankDays('target', collectOn, returnBankDays),
    refundableUntil: addDays(collectOn, refundDays),
    disputableUntil: addMonths(collectOn, unauthorisedMonths),
  };
}

function mandateFault(mandate: SepaMandate, on: LocalDate): SepaRefusal | null {
  if (compareDates(mandate.signedOn, on) > 0) return 'mandateNotSigned';
  if (mandate.cancelledOn !== null && compareDates(mandate.cancelledOn, on) <= 0) return 'mandateCancelled';
  return compareDates(mandateLapsesOn(mandate), on) <= 0 ? 'mandateLapsed' : null;
}

const latestOf = (...dates: LocalDate[]): LocalDate =>
  dates.reduce((latest, each) => (compareDates(each, latest) > 0 ? each : latest));
