import type { Instant } from '@tollkeeper/calendar';
import type { DunningLevel } from '@tollkeeper/contracts';

export interface CaseStep {
  levelId: string;
  what: string;
  at: Instant;
}

export type BarState = NonNullable<DunningLevel['actions'][number]['state']>;

/** The bar that stands, and the one that was lifted for a plan or a dispute. */
export function barsOf(steps: readonly CaseStep[]): {
  now: BarState | null;
  lifted: BarState | null;
  liftings: number;
} {
  const bars: ReturnType<typeof barsOf> = { now: null, lifted: null, liftings: 0 };
  for (const { what } of steps) {
    const state = /^restrict: (\w+)$/.exec(what)?.[1] as BarState | undefined;
    if (state) Object.assign(bars, { now: state, lifted: null });
    if (what.startsWith('lift:'))
      Object.assign(bars, { now: null, lifted: bars.now, liftings: bars.liftings + 1 });
  }
  return bars;
}
