import { addDays, type Cycle, type LocalDate, type Period, periodContaining } from '@tollkeeper/calendar';

/**
 * What a bill is made for, and its kind. `onDemand`: all that is due by now, between two cut-offs; the next bill goes on
 * from it. `oneOff`: only what is charged once. `lateUsage`: what came after the bill of its period, on a bill of its own.
 */
export type BillPurpose = 'cycle' | 'onDemand' | 'oneOff' | 'lateUsage';

/** Bills that charge periods, so that the next one begins where they end. */
export const chargesPeriods = (purpose: BillPurpose): boolean =>
  purpose === 'cycle' || purpose === 'onDemand';

/** The cycle's period that a bill up to this day is of; between two cut-offs the part of it that has passed. */
export const servedUntil = (cycle: Cycle, to: LocalDate): Period => ({
  from: periodContaining(cycle, addDays(to, -1)).from,
  to,
});
