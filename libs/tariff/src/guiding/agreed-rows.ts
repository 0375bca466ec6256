import type { PriceOverride, SubscriptionProfile } from '@tollkeeper/contracts';
import { compileAgreedRows, type AgreedRows } from '../deck/agreed-rows';
import { agreedAt } from './agreed-rules';
import type { SubscriberAccount } from './subscriber-directory';

/** By the overrides of an account as they were read: few different sets of them ever hold. */
const compiled = new WeakMap<readonly PriceOverride[], Map<string, AgreedRows>>();

/** Rows agreed with the customer that hold then: a subscription's own takes the place of its account's. */
export function agreedRowsAt(
  { overrides }: Pick<SubscriberAccount, 'overrides'>,
  subscription: Pick<SubscriptionProfile, 'subscriptionId' | 'slice'>,
  deckId: string,
  at: string,
): AgreedRows | undefined {
  if (overrides === undefined || overrides.length === 0) return undefined;
  const holding = agreedAt(overrides, subscription, at).filter(
    ({ price }) => price.kind === 'deckRate' && price.deckId === deckId,
  );
  if (holding.length === 0) return undefined;
  const known = compiled.get(overrides) ?? new Map<string, AgreedRows>();
  compiled.set(overrides, known);
  const key = holding.map(({ overrideId, revision }) => `${overrideId} ${revision}`).join();
  const rows = known.get(key) ?? compileAgreedRows(holding);
  known.set(key, rows);
  return rows;
}
