import type { RatedLine } from '@tollkeeper/tariff';
import type { UsedLine } from '../usage/usage.repository';

/** Late is what came after its own period was billed; one that is billed only now took it in time. */
export function lateOrInTime({ late, ...line }: UsedLine, taken: ReadonlySet<string>): RatedLine {
  return late && !taken.has(late.chargingPeriodId)
    ? { ...line, late: { from: late.from, to: late.to } }
    : line;
}
