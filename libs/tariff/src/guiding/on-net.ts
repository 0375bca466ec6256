import type { OfferingVersion, PriceOverride, SubscriptionProfile, UsageMatch } from '@tollkeeper/contracts';
import type { CompiledCatalog } from '../catalog/compile-catalog';
import type { CompiledDeck } from '../deck/compile-deck';
import { namedRows } from '../deck/destination';
import type { UsageRecord } from '../record/usage-record';
import type { SubscriberDirectory } from './subscriber-directory';

/** Answers of immutable versions: each is asked once. */
function remembered<Version extends object>(
  find: (version: Version) => boolean,
): (version: Version) => boolean {
  const known = new WeakMap<Version, boolean>();
  return (version) => {
    const found = known.get(version) ?? find(version);
    known.set(version, found);
    return found;
  };
}

const names = ({ onNet }: UsageMatch): boolean => onNet !== undefined;

const offeringAsks = remembered(
  ({ usagePrices = [], allowances }: OfferingVersion) =>
    usagePrices.some(({ when }) => names(when)) ||
    allowances.some(({ when }) => when !== undefined && names(when)),
);

const deckAsks = remembered(({ tables }: CompiledDeck) =>
  [...tables.values()].some((byType) =>
    Object.values(byType).some(({ named }) => named.has(namedRows.onNet)),
  ),
);

/** Whether any published version has a rule or a row for numbers of the operator's own. */
export const asksOnNet: (catalog: CompiledCatalog) => boolean = remembered(
  ({ offerings, decks }: CompiledCatalog) =>
    [...offerings.values()].some((versions) => versions.some(offeringAsks)) ||
    [...decks.values()].some((versions) => versions.some(deckAsks)),
);

/** Whether a price agreed with the customer does. */
export const agreedAsks: (overrides: readonly PriceOverride[]) => boolean = remembered(
  (overrides: readonly PriceOverride[]) =>
    overrides.some(
      ({ price }) =>
        (price.kind === 'usagePrice' && names(price.rule.when)) ||
        (price.kind === 'deckRate' && price.entry.prefix === namedRows.onNet),
    ),
);

/** Whether usage of this plan can depend on it; of add-ons and bundles, whether anything on sale does. */
export const usageAsksOnNet = (
  offering: OfferingVersion,
  deck: CompiledDeck,
  { addOns = [] }: SubscriptionProfile,
  catalog: CompiledCatalog,
): boolean =>
  offeringAsks(offering) ||
  deckAsks(deck) ||
  ((addOns.length > 0 || offering.bundle !== undefined) && asksOnNet(catalog));

/**
 * The other number is the operator's own: as the network says, by where the number was routed to, or because a
 * subscriber of ours had it at that instant. Never by its prefix: numbers move between operators.
 */
function isOwn(
  { onNet, routingNumber, otherParty, startAt }: UsageRecord,
  { ownRoutingNumbers }: CompiledDeck,
  directory: SubscriberDirectory | undefined,
): boolean {
  if (onNet !== undefined) return onNet;
  if (routingNumber !== undefined && ownRoutingNumbers.some((own) => routingNumber.startsWith(own)))
    return true;
  return directory?.hasNumberAt(otherParty, startAt) ?? false;
}

export function withOnNet(
  record: UsageRecord,
  deck: CompiledDeck,
  directory: SubscriberDirectory | undefined,
): UsageRecord {
  if (record.onNet !== undefined || record.otherParty === '' || record.shortCode) return record;
  return { ...record, onNet: isOwn(record, deck, directory) };
}
