import type { DeclineCategory } from '@tollkeeper/contracts';

/** Who asks for the charge: the payer at this moment, or we on the payer's standing order. */
export type Initiator = 'payer' | 'merchant';

export interface LastDecline {
  category: DeclineCategory;
  code: string;
}

/**
 * Schemes fine merchants who go on after "stolen" or "suspected fraud", whoever asks. A holder who has to
 * confirm can do so only when they are there.
 */
const mayChargeAgain: Record<DeclineCategory, Record<Initiator, boolean>> = {
  soft: { payer: true, merchant: true },
  actionRequired: { payer: true, merchant: false },
  hard: { payer: false, merchant: false },
  fraud: { payer: false, merchant: false },
};

export const mayCharge = (lastDecline: LastDecline | null, initiator: Initiator): boolean =>
  lastDecline === null || mayChargeAgain[lastDecline.category][initiator];
