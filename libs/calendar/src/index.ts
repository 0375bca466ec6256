export {
  localDate,
  isLocalDate,
  addDays,
  addMonths,
  daysBetween,
  compareDates,
  dayOfWeek,
  dayInMonth,
  monthIndexOf,
  dayOfMonth,
  type LocalDate,
} from './local-date';
export {
  instant,
  isInstant,
  compareInstants,
  addDuration,
  minutesBetween,
  instantAtMillis,
  millisOf,
  type Instant,
  type InstantDuration,
} from './instant';
export { isZone, localDateOf, localTimeOf, atLocalTime, startOfDay, type LocalTime } from './zone';
export { period, contains, daysIn, intersect, type Period } from './period';
export {
  anniversaryCycle,
  cycle,
  cycleFault,
  frequencies,
  periodContaining,
  nextCutOffs,
  periodEndingAt,
  type Cycle,
  type Frequency,
} from './cycle';
export {
  prorationRatio,
  prorationUnits,
  unitsBetween,
  type Boundary,
  type ProrationRatio,
  type ProrationUnit,
} from './proration';
