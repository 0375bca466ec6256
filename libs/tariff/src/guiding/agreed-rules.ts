import type { PriceOverride, SubscriptionProfile } from '@tollkeeper/contracts';
import { compileRules, type CompiledRule, isDuring } from '../prices/price-rules';
import type { SubscriberAccount } from './subscriber-directory';

type Product = Pick<SubscriptionProfile, 'subscriptionId' | 'slice'>;

const compiled = new WeakMap<PriceOverride, CompiledRule[]>();

function rulesOf(override: PriceOverride): CompiledRule[] {
  const known = compiled.get(override);
  if (known || override.price.kind !== 'usagePrice') return known ?? [];
  const rules = compileRules([override.price.rule], `price override ${override.overrideId}`);
  compiled.set(override, rules);
  return rules;
}

/** What was agreed and holds then: a subscription's own before its account's. */
export function agreedAt(
  overrides: readonly PriceOverride[],
  { subscriptionId, slice }: Product,
  at: string,
): PriceOverride[] {
  const product = slice?.subscriptionId ?? subscriptionId;
  const holding = overrides.filter(
    ({ from, to, subscriptionId: own }) => isDuring(from, to, at) && (own === null || own === product),
  );
  const own = holding.filter((override) => override.subscriptionId !== null);
  return [...own, ...holding.filter((override) => override.subscriptionId === null)];
}

/** Usage prices agreed with the customer that hold then. */
export function agreedRules(
  { overrides }: Pick<SubscriberAccount, 'overrides'>,
  product: Product,
  offeringId: string,
  at: string,
): readonly CompiledRule[] {
  if (overrides === undefined || overrides.length === 0) return [];
  return agreedAt(overrides, product, at)
    .filter(
      ({ price }) =>
        price.kind === 'usagePrice' && (price.offeringId === undefined || price.offeringId === offeringId),
    )
    .flatMap(rulesOf);
}
