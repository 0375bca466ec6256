/**
 * How long a gateway may still work on a request, and how old a signature is, are matters of real time, also for a
 * tenant whose business time is a test clock.
 */
export const realNow = (): Date => new Date();

/** Only a short time-out is waited for in place; a longer one ends while the question stays open. */
const longestWaitMs = 10_000;

export const waitInPlaceMs = (booksWithinMs: number, elapsedMs: number): number =>
  booksWithinMs > longestWaitMs ? 0 : Math.max(0, booksWithinMs - elapsedMs);

export const realMsSince = (then: Date): number => realNow().getTime() - then.getTime();
