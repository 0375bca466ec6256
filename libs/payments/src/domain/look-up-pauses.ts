import { addDuration, type Instant, type InstantDuration } from '@tollkeeper/calendar';

/** Growing pauses between questions about one charge of unknown outcome; the last one repeats. */
const pauses: readonly InstantDuration[] = [
  { minutes: 1 },
  { minutes: 5 },
  { hours: 1 },
  { hours: 6 },
  { days: 1 },
];

const longestPause: InstantDuration = { days: 1 };

export const nextLookUpAt = (at: Instant, lookUps: number): Instant =>
  addDuration(at, pauses[lookUps] ?? longestPause);

/** A pending charge is told by webhook; a question a day is enough for one that got lost. */
export const nextPendingLookUpAt = (at: Instant): Instant => addDuration(at, longestPause);
