import { type CountedCard, countedAs, fingerprintsOf } from './same-card';

/** Tries of one batch: they are made at once, so that what they use up of a card's cap is counted before they are refused. */
export class TryBudget {
  private readonly taken = new Map<string, number>();
  /** What was left of a card when it was first asked for: what is refused since counts as taken here already. */
  private readonly left = new Map<string, number>();

  /** `left`: how often the card may be tried; `null`: without a limit. */
  take(card: { fingerprint: string; left: number | null } & Partial<CountedCard>): boolean {
    const fingerprints = fingerprintsOf(card);
    const taken = fingerprints.reduce((sum, each) => sum + (this.taken.get(each) ?? 0), 0);
    if (card.left !== null) {
      const left = this.left.get(countedAs(card)) ?? card.left;
      this.left.set(countedAs(card), left);
      if (taken >= left) return false;
    }
    this.taken.set(countedAs(card), (this.taken.get(countedAs(card)) ?? 0) + 1);
    return true;
  }

  /** A try that was not refused counts for no cap. */
  giveBack(fingerprint: string): void {
    this.taken.set(fingerprint, Math.max(0, (this.taken.get(fingerprint) ?? 0) - 1));
  }
}
