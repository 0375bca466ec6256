import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;
const LIMIT_MS = 180_000;

export interface Patience {
  limitMs?: number;
  everyMs?: number;
}

/** Looks until there is something to see, and says what it waited for when that does not come in time. */
export async function eventually<Seen>(
  what: string,
  look: () => Promise<Seen | null | undefined | false>,
  { limitMs = LIMIT_MS, everyMs = LOOK_EVERY_MS }: Patience = {},
): Promise<Seen> {
  const deadline = performance.now() + limitMs;
  let lastError: unknown = null;
  while (performance.now() < deadline) {
    try {
      const seen = await look();
      if (seen) return seen;
      lastError = null;
    } catch (error) {
      lastError = error;
    }
    await pause(everyMs);
  }
  throw new Error(`waited ${limitMs / 1000} s in vain: ${what}`, { cause: lastError });
}
