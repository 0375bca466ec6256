import type { Instant } from '@tollkeeper/calendar';
import type { OfferingVersion, RateEntry } from '@tollkeeper/contracts';
import type { CatalogDocument, FileDeck } from './catalog-file-fields';
import { bandsOf } from './check-calendar';
import {
  checkDeckHead,
  checkDeckRules,
  checkEntries,
  checkServingZones,
  indexZones,
  indexZonesOf,
} from './check-deck';
import { checkOffering, type OfferingSurroundings } from './check-offering';
import { checkOfferingRoaming } from '../roaming/check-roaming-plan';
import { type Finding, inside } from './finding';

/** A deck with its rows, wherever they lay. */
export interface WholeDeck extends Omit<FileDeck, 'entries' | 'entriesFile'> {
  entries: RateEntry[];
}

interface Dated {
  validFrom: Instant;
}

/** Versions of one thing by their beginning; each with its place in the file. */
function versionsOf<Item extends Dated>(items: readonly Item[], idOf: (item: Item) => string) {
  const byId = new Map<string, { item: Item; at: number }[]>();
  items.forEach((item, at) => byId.set(idOf(item), [...(byId.get(idOf(item)) ?? []), { item, at }]));
  for (const versions of byId.values())
    versions.sort((left, right) => (left.item.validFrom < right.item.validFrom ? -1 : 1));
  return byId;
}

const sameStart = (what: string, id: string, { validFrom }: Dated): Finding => ({
  field: 'validFrom',
  reason: `two versions of ${what} ${id} are valid from ${validFrom} on: one instant, one version`,
});

/**
 * All that the shape of the document alone can't tell, at the places of the document. Of one that is not whole
 * (`isWhole: false`) nothing is said about what an offering names: that may be what could not be read.
 */
export function checkCatalogFile(
  decks: readonly WholeDeck[],
  { offerings }: Pick<CatalogDocument, 'offerings'>,
  { isWhole } = { isWhole: true },
): Finding[] {
  const deckVersions = versionsOf(decks, ({ deckId }) => deckId);
  const surroundings = new Map(
    [...deckVersions].map(([deckId, versions]) => [deckId, versions.map(({ item }) => contentOf(item))]),
  );
  const offeringVersions = versionsOf(offerings, ({ offeringId }) => offeringId);
  const newest = new Map([...offeringVersions].map(([id, versions]) => [id, versions.at(-1)!.item]));
  return [
    ...[...deckVersions].flatMap(([id, versions]) =>
      versions.flatMap(({ item, at }, index) =>
        inside(`decks.${at}`, checkDeck(item, versions[index - 1]?.item, id)),
      ),
    ),
    ...[...offeringVersions].flatMap(([id, versions]) =>
      versions.flatMap(({ item, at }, index) => {
        const before = versions[index - 1]?.item;
        const isRepeat = before?.validFrom === item.validFrom;
        const around: OfferingSurroundings = {
          deck: surroundings.get(item.deckId) ?? [],
          previous: before && !isRepeat ? before : null,
          ...(isWhole ? { others: newest } : {}),
        };
        return inside(`offerings.${at}`, [
          ...(isRepeat ? [sameStart('offering', id, item)] : []),
          ...checkOffering(item, around),
          ...checkOfferingRoaming(
            item,
            (deckVersions.get(item.deckId) ?? []).map((deck) => deck.item),
          ),
        ]);
      }),
    ),
  ];
}

const contentOf = ({ entries, currency, validFrom, calendar }: WholeDeck) => ({
  currency,
  validFrom,
  ...indexZones(entries),
  bands: bandsOf(calendar),
  zonesOf: indexZonesOf(entries),
});

function checkDeck(deck: WholeDeck, before: WholeDeck | undefined, id: string): Finding[] {
  const isRepeat = before?.validFrom === deck.validFrom;
  return [
    ...(isRepeat ? [sameStart('deck', id, deck)] : []),
    ...checkDeckHead(deck, before && !isRepeat ? before : null),
    ...checkEntries(deck.entries),
    ...checkServingZones(deck.servingZones, indexZones(deck.entries)),
    ...checkDeckRules(deck, deck.entries),
  ];
}

/** Versions are numbered by their beginning. */
export function numbered<Item extends Dated>(
  items: readonly Item[],
  idOf: (item: Item) => string,
): (Item & { version: number })[] {
  return [...versionsOf(items, idOf).values()].flatMap((versions) =>
    versions.map(({ item }, index) => ({ ...item, version: index + 1 })),
  );
}

/** Of each offering its first version: from when on it can be held. */
export const plansOf = (offerings: readonly OfferingVersion[]) =>
  new Map(
    [...versionsOf(offerings, ({ offeringId }) => offeringId)].map(([id, [first]]) => [
      id,
      { validFrom: first!.item.validFrom, kind: first!.item.kind },
    ]),
  );
