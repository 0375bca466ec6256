import type { OverriddenPrice, PriceOverride } from '@tollkeeper/contracts';
import { entryKey } from '@tollkeeper/tariff';

/** Two prices of one target at one time would contradict each other; a subscription's own goes before the account's. */
export const targetOf = ({
  accountId,
  subscriptionId,
  price,
}: Pick<PriceOverride, 'accountId' | 'subscriptionId' | 'price'>): string =>
  [accountId, subscriptionId ?? '*', ...partsOf(price)].join('/');

function partsOf(price: OverriddenPrice): string[] {
  switch (price.kind) {
    case 'charge':
      return ['charge', price.offeringId, price.chargeId];
    case 'usagePrice':
      return ['usagePrice', price.offeringId ?? '*', price.rule.priceId];
    case 'deckRate':
      return ['deckRate', price.deckId, entryKey(price.entry)];
  }
}
