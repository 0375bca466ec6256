import type { Instant } from '@tollkeeper/calendar';
import type { UsageMatch, UsagePriceRule } from '@tollkeeper/contracts';
import { fits, type UsageFacts } from '../deck/match-usage';
import { compilePrice, type CompiledPrice } from './compile-price';

/** A plan's own price, or one agreed with a customer, by attributes of the usage. */
export interface CompiledRule {
  priceId: string;
  name: string;
  when: UsageMatch;
  price: CompiledPrice;
}

/** Throws a RangeError that names the rule that cannot be priced. */
export const compileRules = (rules: readonly UsagePriceRule[], where: string): CompiledRule[] =>
  rules.map(({ priceId, name, when, price }) => {
    try {
      return { priceId, name, when, price: compilePrice(price, `price:${priceId}|${JSON.stringify(price)}`) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new RangeError(`${where}, price ${priceId}: ${reason}`);
    }
  });

/** The first rule that fits wins: what is listed first goes first, never the cheaper one. */
export function ruleFor(rules: readonly CompiledRule[], usage: UsageFacts): CompiledRule | undefined {
  for (const rule of rules) if (fits(rule.when, usage)) return rule;
  return undefined;
}

/** Half-open. */
export const isDuring = (from: Instant, to: Instant | null, at: Instant): boolean =>
  from <= at && (to === null || at < to);
