/**
 * How long a gateway may still work on a request, and how old a signature is, are matters of real time, also for a
 * tenant whose business time is a test clock.
 */
export const realNow = (): Date => new Date();

export const realMsSince = (then: Date): number => realNow().getTime() - then.getTime();
