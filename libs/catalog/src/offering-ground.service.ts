import { Injectable } from '@nestjs/common';
import type { OfferingVersion } from '@tollkeeper/contracts';
import {
  checkOffering,
  type Finding,
  type OfferingDraft,
  type OfferingSurroundings,
} from '@tollkeeper/tariff';
import { knownAt, namedBy } from './domain/known-offerings';
import { OfferingRepository } from './offering.repository';
import { RateDeckRepository } from './rate-deck.repository';
import { deckFactsOf } from './rate-deck.schema';

/** Bundles in bundles: what lies deeper is not looked up, and so not found. */
const deepest = 10;

/** What a published version leans on must be published; a draft may lean on drafts. */
export type Leaning = 'published' | 'any';

/** What the same document brings along. */
export interface Beside {
  decks?: (OfferingSurroundings['deck'][number] & { deckId: string })[];
  offerings?: OfferingDraft[];
}

/** What an offering is checked against: its deck, its earlier versions and the offerings that it names. */
@Injectable()
export class OfferingGround {
  constructor(
    private readonly offerings: OfferingRepository,
    private readonly decks: RateDeckRepository,
  ) {}

  async check(
    tenantId: string,
    draft: OfferingDraft,
    leaning: Leaning,
    beside: Beside = {},
  ): Promise<Finding[]> {
    const named = await this.named(tenantId, [draft, ...(beside.offerings ?? [])], leaning);
    const others = [...named, ...(beside.offerings ?? [])].filter((other) => other !== draft);
    return checkOffering(draft, {
      deck: [
        ...(await this.deckVersions(tenantId, draft.deckId, leaning)),
        ...(beside.decks ?? []).filter(({ deckId }) => deckId === draft.deckId),
      ],
      previous: await this.previousOf(tenantId, draft, beside.offerings ?? []),
      others: knownAt(others, draft.validFrom),
    });
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

  private async deckVersions(
    tenantId: string,
    deckId: string,
    leaning: Leaning,
  ): Promise<OfferingSurroundings['deck']> {
    const published = await this.decks.published(tenantId, deckId);
    const newest =
      published.length > 0 || leaning === 'published' ? null : await this.decks.newest(tenantId, deckId);
    return (newest ? [newest] : published).map(deckFactsOf);
  }
}
