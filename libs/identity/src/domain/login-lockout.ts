/** Failures of one account from one address, as far as they are remembered. Real time, in milliseconds. */
interface FailureCount {
  failures: number;
  lockedUntilMs: number;
}

export type Attempt = { allowed: false; waitSeconds: number } | { allowed: true; next: FailureCount };

const freeFailures = 10;
/** After the tenth failure, the eleventh, ...: each further guess costs one of these, the last one for ever. */
const pauseMinutes = [1, 2, 4, 8, 15, 30, 60] as const;

/** An attempt is counted as failed before the password is looked at, so that parallel guesses all count. */
export function takeAttempt(count: FailureCount | null, nowMs: number): Attempt {
  const { failures, lockedUntilMs } = count ?? { failures: 0, lockedUntilMs: 0 };
  if (lockedUntilMs > nowMs)
    return { allowed: false, waitSeconds: Math.ceil((lockedUntilMs - nowMs) / 1000) };
  const next = failures + 1;
  return { allowed: true, next: { failures: next, lockedUntilMs: nowMs + pauseMs(next) } };
}

function pauseMs(failures: number): number {
  if (failures < freeFailures) return 0;
  const step = Math.min(failures - freeFailures, pauseMinutes.length - 1);
  return (pauseMinutes[step] ?? 0) * 60_000;
}
