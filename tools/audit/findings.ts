export interface Offender {
  readonly id: string;
  readonly what: string;
}

const OFFENDERS_SHOWN = 5;

/** What one invariant's check saw: how much it looked at, what broke it, and what is only on its way. */
export class Findings {
  checked = 0;
  breaches = 0;
  pending = 0;
  /** Named states and tallies, so that a green verdict also says of what. */
  readonly counts: Record<string, number> = {};
  readonly offenders: Offender[] = [];
  readonly waiting: Offender[] = [];

  look(rows = 1): void {
    this.checked += rows;
  }

  count(name: string, rows = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + rows;
  }

  breach(id: string, what: string): void {
    this.breaches += 1;
    if (this.offenders.length < OFFENDERS_SHOWN) this.offenders.push({ id, what });
  }

  /** True of a house at work: a fact that another service has not been told yet. A breach once the house is settled. */
  wait(id: string, what: string): void {
    this.pending += 1;
    if (this.waiting.length < OFFENDERS_SHOWN) this.waiting.push({ id, what });
  }

  breachIf(broken: boolean, id: string, what: string): void {
    if (broken) this.breach(id, what);
  }
}
