import { addDuration, compareInstants, type Instant } from '@tollkeeper/calendar';
import type { PromiseRules } from '@tollkeeper/contracts';

export interface PromiseMade {
  amountMinor: number;
  until: Instant;
  madeAt: Instant;
  /** Owed when it was made. */
  owedMinor: number;
  /** On these: what falls due later is another debt. Left out: all that is overdue. */
  invoiceIds?: string[];
  /** `replaced`: another was made before it was kept or broken; it counts as one of the case's all the same. */
  state: 'open' | 'kept' | 'broken' | 'replaced';
}

export const promiseEndsAt = (
  { until }: Pick<PromiseMade, 'until'>,
  rules: PromiseRules | undefined,
): Instant => addDuration(until, { days: rules?.graceDays ?? 0 });

/** Kept once so much less is owed, broken when its time is over. */
export function promiseStateAt(
  promise: PromiseMade,
  rules: PromiseRules | undefined,
  { owedMinor, at }: { owedMinor: number; at: Instant },
): PromiseMade['state'] {
  if (promise.state !== 'open') return promise.state;
  if (owedMinor === 0 || promise.owedMinor - owedMinor >= promise.amountMinor) return 'kept';
  return compareInstants(at, promiseEndsAt(promise, rules)) >= 0 ? 'broken' : 'open';
}

/** Why no further promise is taken; null when it is. */
export function promiseFault(
  rules: PromiseRules | undefined,
  { made, until, at }: { made: number; until: Instant; at: Instant },
): string | null {
  if (!rules) return null;
  if (made >= rules.maxPerCase)
    return `This policy takes ${rules.maxPerCase} promises in a case; ${made} were made.`;
  const latest = addDuration(at, { days: rules.maxDays });
  return until > latest ? `A promise reaches at most ${rules.maxDays} days, to ${latest}.` : null;
}
