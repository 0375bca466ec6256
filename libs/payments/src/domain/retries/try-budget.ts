import { type CountedCard, countedAs, fingerprintsOf } from './same-card';

/**
 * Tries of one batch: they are made at once, so that what they use up of a card's cap is counted before they are refused.
 * Where some are refused already while the last are chosen, what was left at the card's first counts with what is now.
 */
export class TryBudget {
  private readonly taken = new Map<string, number>();
  private readonly leftAtFirst = new Map<string, number>();

  /** `left`: how often the card may be tried; `null`: without a limit. */
  take(card: { fingerprint: string; left: number | null } & Partial<CountedCard>): boolean {
    if (card.left !== null && this.remaining(card, card.left) <= 0) return false;
    const counted = countedAs(card);
    this.taken.set(counted, (this.taken.get(counted) ?? 0) + 1);
    return true;
  }

  /** A try that was not refused counts for no cap. */
  giveBack(fingerprint: string): void {
    this.taken.set(fingerprint, Math.max(0, (this.taken.get(fingerprint) ?? 0) - 1));
  }

  private remaining(card: Parameters<typeof fingerprintsOf>[0], left: number): number {
    const fingerprints = fingerprintsOf(card);
    const atFirst = Math.min(...fingerprints.map((each) => this.leftAtFirst.get(each) ?? left));
    for (const each of fingerprints) this.leftAtFirst.set(each, atFirst);
    const taken = fingerprints.reduce((sum, each) => sum + (this.taken.get(each) ?? 0), 0);
    return Math.min(atFirst - taken, left);
  }
}
