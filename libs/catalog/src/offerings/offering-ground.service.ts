import { Injectable } from '@nestjs/common';
import type { OfferingVersion, RateDeckVersion, RateEntry, StorageRef } from '@tollkeeper/contracts';
import { Storage } from '@tollkeeper/platform';
import {
  checkOffering,
  checkOfferingRoaming,
  type Finding,
  type OfferingDraft,
  type OfferingSurroundings,
  roamingDeckOf,
} from '@tollkeeper/tariff';
import { knownAt, namedBy } from '../domain/known-offerings';
import { OfferingRepository } from './offering.repository';
import { RateDeckRepository } from '../decks/rate-deck.repository';
import { deckFactsOf, type RateDeckRow } from '../decks/rate-deck.schema';

/** Bundles in bundles: what lies deeper is not looked up, and so not found. */
const deepest = 10;

/** What a published version leans on must be published; a draft may lean on drafts. */
type Leaning = 'published' | 'any';

type RoamingDeck = Pick<RateDeckVersion, 'validFrom' | 'currency' | 'servingZones' | 'eea'> & {
  entries: readonly RateEntry[] | StorageRef;
};

/** What the same document brings along. */
interface Beside {
  decks?: { deckId: string; facts: OfferingSurroundings['deck'][number]; whole: RoamingDeck }[];
  offerings?: OfferingDraft[];
  /** Rows of decks that lie in storage, read once for all offerings of a document. */
  rows?: Map<string, Promise<RateEntry[]>>;
}

/** What an offering is checked against: its deck, its earlier versions and the offerings that it names. */
@Injectable()
export class OfferingGround {
  constructor(
    private readonly offerings: OfferingRepository,
    private readonly decks: RateDeckRepository,
    private readonly storage: Storage,
  ) {}

  async check(
    tenantId: string,
    draft: OfferingDraft,
    leaning: Leaning,
    beside: Beside = {},
  ): Promise<Finding[]> {
    const named = await this.named(tenantId, [draft, ...(beside.offerings ?? [])], leaning);
    const others = [...named, ...(beside.offerings ?? [])].filter((other) => other !== draft);
    const standing = await this.deckVersions(tenantId, draft.deckId, leaning);
    const brought = (beside.decks ?? []).filter(({ deckId }) => deckId === draft.deckId);
    const findings = checkOffering(draft, {
      deck: [...standing.map(deckFactsOf), ...brought.map(({ facts }) => facts)],
      previous: await this.previousOf(tenantId, draft, beside.offerings ?? []),
      others: knownAt(others, draft.validFrom),
    });
    // The law is asked about a plan that is right by itself.
    if (findings.length > 0) return findings;
    const versions = [...standing, ...brought.map(({ whole }) => whole)];
    return this.roamingFaults(draft, versions, beside.rows ?? new Map<string, Promise<RateEntry[]>>());
  }

  /** Rows that a check will ask for, so that it can be made inside a transaction. */
  async rowsFor(tenantId: string, draft: OfferingDraft): Promise<Map<string, Promise<RateEntry[]>>> {
    const rows = new Map<string, Promise<RateEntry[]>>();
    const deck = roamingDeckOf(draft, await this.decks.published(tenantId, draft.deckId));
    if (deck) rows.set(deck.entries.sha256, Promise.resolve(await this.storage.readLines(deck.entries)));
    return rows;
  }

  private async roamingFaults(
    draft: OfferingDraft,
    versions: readonly RoamingDeck[],
    known: Map<string, Promise<RateEntry[]>>,
  ): Promise<Finding[]> {
    const byStart = [...versions].sort((left, right) => (left.validFrom < right.validFrom ? -1 : 1));
    const deck = roamingDeckOf(draft, byStart);
    if (deck === null) return [];
    const { entries } = deck;
    if (!('sha256' in entries)) return checkOfferingRoaming(draft, [{ ...deck, entries }]);
    const rows = known.get(entries.sha256) ?? this.storage.readLines<RateEntry>(entries);
    known.set(entries.sha256, rows);
    return checkOfferingRoaming(draft, [{ ...deck, entries: await rows }]);
  }

  private async previousOf(tenantId: string, draft: OfferingDraft, beside: readonly OfferingDraft[]) {
    const { offeringId, validFrom } = draft;
    const earlier = beside
      .filter((other) => other !== draft && other.offeringId === offeringId && other.validFrom <= validFrom)
      .sort((left, right) => (left.validFrom < right.validFrom ? -1 : 1))
      .at(-1);
    return earlier ?? this.offerings.newest(tenantId, offeringId, 'published');
  }

  /** Offerings that these name, and those that bundles among them name in turn. */
  async named(
    tenantId: string,
    drafts: readonly OfferingDraft[],
    leaning: Leaning,
  ): Promise<OfferingVersion[]> {
    const found: OfferingVersion[] = [];
    const asked = new Set<string>();
    let open: readonly OfferingDraft[] = drafts;
    for (let depth = 0; depth < deepest && open.length > 0; depth += 1) {
      const ids = [...new Set(open.flatMap(namedBy))].filter((id) => !asked.has(id));
      ids.forEach((id) => asked.add(id));
      const rows = ids.length > 0 ? await this.offerings.versionsOf(tenantId, ids, leaning) : [];
      open = rows.map(({ offering }) => offering);
      found.push(...rows.map(({ offering }) => offering));
    }
    return found;
  }

  private async deckVersions(tenantId: string, deckId: string, leaning: Leaning): Promise<RateDeckRow[]> {
    const published = await this.decks.published(tenantId, deckId);
    const newest =
      published.length > 0 || leaning === 'published' ? null : await this.decks.newest(tenantId, deckId);
    return newest ? [newest] : published;
  }
}
