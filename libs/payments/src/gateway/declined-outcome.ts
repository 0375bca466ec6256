import type { DeclineCategory } from '@tollkeeper/contracts';
import { networkAdvice, type NetworkCodes, stricterOf } from '../domain/retries/network-advice';
import type { ChargeOutcome } from './payment-gateway';

/** A decline by the gateway's code and by what the card's scheme said beside it. */
export function declinedOutcome(
  declineCode: string,
  category: DeclineCategory,
  brand: string,
  codes: NetworkCodes,
): Extract<ChargeOutcome, { state: 'declined' }> {
  const advice = networkAdvice(brand, codes);
  return {
    ...{ state: 'declined', declineCode, category: stricterOf(category, advice.category) },
    ...(advice.isFinal ? { isFinal: true } : {}),
    ...(advice.waitHours > 0 ? { waitHours: advice.waitHours } : {}),
  };
}
