import type { Instant } from '@tollkeeper/calendar';
import type { RateEntry } from './rate-deck';
import type { UsagePriceRule } from './usage-prices';

/** What one customer pays instead of the list price. */
export type OverriddenPrice =
  /** A recurring or one-off charge of an offering. */
  | { kind: 'charge'; offeringId: string; chargeId: string; amountMinor: number }
  /** Goes before the plan's own price rules. `offeringId` left out: with any plan. */
  | { kind: 'usagePrice'; offeringId?: string; rule: UsagePriceRule }
  /** Takes the place of the deck's row of the same usage type, serving zone, prefix and band; where there is none it is added. */
  | { kind: 'deckRate'; deckId: string; entry: RateEntry };

/** Dated price of one account or subscription: catalog tells rating and invoicing; the higher revision wins. */
export interface PriceOverride {
  overrideId: string;
  revision: number;
  accountId: string;
  /** `null`: all subscriptions of the account. */
  subscriptionId: string | null;
  price: OverriddenPrice;
  /** Half-open: usage that starts, and charge periods that begin, in `[from, to)`. */
  from: Instant;
  /** `null`: until it is ended. `to` equal to `from`: called off before it began. */
  to: Instant | null;
}
