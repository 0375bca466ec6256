import type { PriceOverride, SubscriptionProfile } from '@tollkeeper/contracts';
import { compileRules, type CompiledRule, isDuring } from '../prices/price-rules';
import type { SubscriberAccount } from './subscriber-directory';

const compiled = new WeakMap<PriceOverride, CompiledRule[]>();

function rulesOf(override: PriceOverride): CompiledRule[] {
  const known = compiled.get(override);
  if (known || override.price.kind !== 'usagePrice') return known ?? [];
  const rules = compileRules([override.price.rule], `price override ${override.overrideId}`);
  compiled.set(override, rules);
  return rules;
}

/** Usage prices agreed with the customer that hold then: a subscription's own before its account's. */
export function agreedRules(
  { overrides }: Pick<SubscriberAccount, 'overrides'>,
  { subscriptionId, slice }: Pick<SubscriptionProfile, 'subscriptionId' | 'slice'>,
  offeringId: string,
  at: string,
): readonly CompiledRule[] {
  if (overrides === undefined || overrides.length === 0) return [];
  const product = slice?.subscriptionId ?? subscriptionId;
  const holding = overrides.filter(
    ({ price, from, to, subscriptionId: own }) =>
      price.kind === 'usagePrice' &&
      isDuring(from, to, at) &&
      (own === null || own === product) &&
      (price.offeringId === undefined || price.offeringId === offeringId),
  );
  const own = holding.filter((override) => override.subscriptionId !== null);
  return [...own, ...holding.filter((override) => override.subscriptionId === null)].flatMap(rulesOf);
}
