/** What makes a run wait for a person even where approval is automatic; set per cycle. */
export interface AnomalyGate {
  /** The middle bill differs from the last run's by more than this. */
  medianChangePercent: number | null;
  zeroBillsPercent: number | null;
  failedAccountsPercent: number | null;
  /** All bills together. */
  totalAboveMinor: number | null;
}

export interface RunFigures {
  accounts: number;
  invoices: number;
  zeroBills: number;
  failed: number;
  totalMinor: number;
  medianMinor: number | null;
  lastMedianMinor: number | null;
}

const above = (part: number, whole: number, percent: number | null): boolean =>
  percent !== null && part * 100 > whole * percent;

/** One sentence each. */
export function findAnomalies(figures: RunFigures, gate: AnomalyGate): string[] {
  const { accounts, invoices, zeroBills, failed, totalMinor, medianMinor, lastMedianMinor } = figures;
  const found: string[] = [];
  if (medianMinor !== null && lastMedianMinor !== null) {
    const change = Math.abs(medianMinor - lastMedianMinor);
    if (above(change, lastMedianMinor, gate.medianChangePercent)) {
      found.push(
        `The middle bill went from ${lastMedianMinor} to ${medianMinor} minor units, more than ${gate.medianChangePercent} %.`,
      );
    }
  }
  if (above(zeroBills, invoices, gate.zeroBillsPercent)) {
    found.push(`${zeroBills} of ${invoices} bills are zero, more than ${gate.zeroBillsPercent} %.`);
  }
  if (above(failed, accounts, gate.failedAccountsPercent)) {
    found.push(
      `${failed} of ${accounts} accounts were set aside, more than ${gate.failedAccountsPercent} %.`,
    );
  }
  if (gate.totalAboveMinor !== null && totalMinor > gate.totalAboveMinor) {
    found.push(`All bills together are ${totalMinor} minor units, above ${gate.totalAboveMinor}.`);
  }
  return found;
}
