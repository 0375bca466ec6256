/** Tries of one batch: they are made at once, so that what they use up of a card's cap is counted before they are refused. */
export class TryBudget {
  private readonly taken = new Map<string, number>();

  /** `left`: how often the card may be tried; `null`: without a limit. */
  take({ fingerprint, left }: { fingerprint: string; left: number | null }): boolean {
    const taken = this.taken.get(fingerprint) ?? 0;
    if (left !== null && taken >= left) return false;
    this.taken.set(fingerprint, taken + 1);
    return true;
  }
}
