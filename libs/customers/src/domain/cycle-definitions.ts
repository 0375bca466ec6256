import { type Cycle, cycle as checkedCycle } from '@tollkeeper/calendar';
import type { Finding } from './finding';

export interface CycleChoice {
  cycleId: string | null;
  /** May be left out for a cycle that is known. */
  cycle?: Cycle;
}

const sameCycle = (left: Cycle, right: Cycle): boolean =>
  left.frequency === right.frequency &&
  left.anchorDay === right.anchorDay &&
  (left.anchorMonth ?? 1) === (right.anchorMonth ?? 1) &&
  left.zone === right.zone;

/** Two descriptions of one cycle would cut usage in two ways. */
export function checkCycle({ cycleId, cycle }: CycleChoice, known: ReadonlyMap<string, Cycle>): Finding[] {
  if (cycleId === null)
    return cycle ? [{ field: 'cycle', reason: 'describes a cycle, and cycleId names none' }] : [];
  const before = known.get(cycleId);
  if (!cycle)
    return before
      ? []
      : [
          {
            field: 'cycle',
            reason: `cycle ${cycleId} is not known here yet: describe it (frequency, anchorDay, zone)`,
          },
        ];
  if (!before || sameCycle(before, cycle)) return [];
  return [
    {
      field: 'cycle',
      reason: `cycle ${cycleId} is ${before.frequency} from day ${before.anchorDay} in ${before.zone}`,
    },
  ];
}

/** Why it is no cycle, or null. */
export function cycleFault(cycle: Cycle): string | null {
  try {
    checkedCycle(cycle);
    return null;
  } catch (error) {
    return error instanceof RangeError ? error.message : String(error);
  }
}
