import { addDays, type LocalDate } from '@tollkeeper/calendar';

/** Days past the due date; due today is not overdue. */
export const ageingBuckets = ['notDue', 'days1To30', 'days31To60', 'days61To90', 'over90'] as const;
export type AgeingBucket = (typeof ageingBuckets)[number];

/** The earliest due date of each bucket; what is due before the last one is over 90 days. */
interface BucketStarts {
  notDue: LocalDate;
  days1To30: LocalDate;
  days31To60: LocalDate;
  days61To90: LocalDate;
}

export const bucketStarts = (on: LocalDate): BucketStarts => ({
  notDue: on,
  days1To30: addDays(on, -30),
  days31To60: addDays(on, -60),
  days61To90: addDays(on, -90),
});

export function bucketOf(dueOn: LocalDate, on: LocalDate): AgeingBucket {
  const starts = bucketStarts(on);
  if (dueOn >= starts.notDue) return 'notDue';
  if (dueOn >= starts.days1To30) return 'days1To30';
  if (dueOn >= starts.days31To60) return 'days31To60';
  return dueOn >= starts.days61To90 ? 'days61To90' : 'over90';
}
