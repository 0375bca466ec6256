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

/** 1 min, 5 min, 1 h, 6 h, then daily: after eleven days nobody but a person with the gateway's books can tell. */
const mostQuestions = 14;
/** A debit that was accepted may take long; after two months the webhook and all questions have failed. */
const mostPendingQuestions = 60;

/** When to ask again; `null`: a person decides. */
export function nextQuestionAt(
  { state, lookUps }: { state: string; lookUps: number },
  at: Instant,
): Instant | null {
  const most = state === 'pending' ? mostPendingQuestions : mostQuestions;
  if (lookUps + 1 >= most) return null;
  return state === 'pending' ? nextPendingLookUpAt(at) : nextLookUpAt(at, lookUps + 1);
}
