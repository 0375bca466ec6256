import { addDays, dayInMonth, type LocalDate, monthIndexOf } from '@tollkeeper/calendar';

/** How a payer wants to be charged; what is left out asks for nothing. */
export interface AutoPayRules {
  /** So many days before the due date. */
  autoPayDaysBefore?: number;
  /** On this day of the month, 29 to 31 being the last of a shorter one. */
  autoPayDay?: number | null;
  /** Told so many days before. */
  autoPayNoticeDays?: number;
  /** Nothing above it without consent. */
  autoPayCapMinor?: number | null;
}

interface DueInvoice {
  issuedOn: LocalDate;
  dueOn: LocalDate;
  availableMinor: number;
  autoPayNoticedOn?: LocalDate | null;
  /** The payer agreed to be charged so much for it. */
  autoPayConsentMinor?: number | null;
}

type AutoPayStep = 'charge' | 'tellBefore' | 'askConsent' | 'wait';

/** The first such day of a month once the invoice is there; never after its due date, which nobody should miss by a wish. */
export function chargeOn(
  { issuedOn, dueOn }: Pick<DueInvoice, 'issuedOn' | 'dueOn'>,
  { autoPayDay, autoPayDaysBefore = 0 }: AutoPayRules,
): LocalDate {
  if (autoPayDay == null) return addDays(dueOn, -autoPayDaysBefore);
  const month = monthIndexOf(issuedOn);
  const inMonth = dayInMonth(month, autoPayDay);
  const wished = inMonth < issuedOn ? dayInMonth(month + 1, autoPayDay) : inMonth;
  return wished < dueOn ? wished : dueOn;
}

/** Whoever of us charges, auto-pay or a collection: more than the cap only by consent. */
export const isWithinCap = (
  { availableMinor, autoPayConsentMinor }: Pick<DueInvoice, 'availableMinor' | 'autoPayConsentMinor'>,
  { autoPayCapMinor }: AutoPayRules,
): boolean =>
  availableMinor <= Math.max(autoPayCapMinor ?? Number.MAX_SAFE_INTEGER, autoPayConsentMinor ?? 0);

/** What is to be done for an invoice today. A payer who wants notice is charged no sooner than that many days after it. */
export function autoPayStep(invoice: DueInvoice, rules: AutoPayRules, on: LocalDate): AutoPayStep {
  const { autoPayNoticedOn = null } = invoice;
  const notice = rules.autoPayNoticeDays ?? 0;
  const day = chargeOn(invoice, rules);
  const isTime = addDays(day, -notice) <= on;
  if (!isWithinCap(invoice, rules)) return isTime ? 'askConsent' : 'wait';
  if (notice > 0 && autoPayNoticedOn === null) return isTime ? 'tellBefore' : 'wait';
  const noticed = autoPayNoticedOn !== null && notice > 0 ? addDays(autoPayNoticedOn, notice) : day;
  return day <= on && noticed <= on ? 'charge' : 'wait';
}
