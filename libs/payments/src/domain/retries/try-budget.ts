import { type CountedCard, countedAs, fingerprintsOf } from './same-card';

/** Tries of one batch: they are made at once, so that what they use up of a card's cap is counted before they are refused. */
export class TryBudget {
  private readonly taken = new Map<string, number>();

  /** `left`: how often the card may be tried; `null`: without a limit. */
  take(card: { fingerprint: string; left: number | null } & Partial<CountedCard>): boolean {
    const fingerprints = fingerprintsOf(card);
    const taken = fingerprints.reduce((sum, each) => sum + (this.taken.get(each) ?? 0), 0);
    if (card.left !== null && taken >= card.left) return false;
    this.taken.set(countedAs(card), (this.taken.get(countedAs(card)) ?? 0) + 1);
    return true;
  }
}
