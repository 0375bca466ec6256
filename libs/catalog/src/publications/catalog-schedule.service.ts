import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { OfferingVersion } from '@tollkeeper/contracts';
import { BusinessClock } from '@tollkeeper/platform';
import { diffVersions } from '../domain/diff-versions';
import { OfferingRepository } from '../offerings/offering.repository';
import { OfferingSalesRepository } from '../offerings/offering-sales.repository';
import type { OfferingRow } from '../offerings/offering.schema';
import { RateDeckRepository } from '../decks/rate-deck.repository';

/** Something that comes into force or ends by itself. */
interface Coming {
  at: Instant;
  what: 'version' | 'deck' | 'price' | 'salesBegin' | 'salesEnd';
  /** Offering or deck. */
  name: string;
  version: number | null;
  text: string;
}

const most = 500;

/** What the catalog will do without anybody doing anything: the next first. */
@Injectable()
export class CatalogSchedule {
  constructor(
    private readonly clock: BusinessClock,
    private readonly offerings: OfferingRepository,
    private readonly decks: RateDeckRepository,
    private readonly sales: OfferingSalesRepository,
  ) {}

  async coming(tenantId: string): Promise<Coming[]> {
    const at = await this.clock.now(tenantId);
    const published = await this.offerings.versionsOf(tenantId, null, 'published');
    const decks = await this.decks.toCome(tenantId, at, most);
    const sales = await this.sales.endingAfter(tenantId, at, most);
    return [
      ...published.flatMap((row, index) => comingOf(row, published[index - 1], at)),
      ...decks.map(({ deckId, version, validFrom }) => ({
        ...{ at: validFrom, what: 'deck' as const, name: deckId, version },
        text: `Version ${version} of rate deck ${deckId} comes into force`,
      })),
      ...sales.map(({ offeringId, salesEndAt }) => ({
        ...{ at: salesEndAt ?? at, what: 'salesEnd' as const, name: offeringId, version: null },
        text: `${offeringId} is retired: no longer sold`,
      })),
    ]
      .filter((each) => each.at > at)
      .sort((left, right) => (left.at < right.at ? -1 : 1))
      .slice(0, most);
  }
}

function comingOf(row: OfferingRow, before: OfferingRow | undefined, at: Instant): Coming[] {
  const { offering } = row;
  const { offeringId, version, validFrom, scheduledPrices = [], eligibility } = offering;
  const about = { name: offeringId, version };
  const earlier = before?.offeringId === offeringId ? before.offering : null;
  return [
    ...(validFrom > at
      ? [{ at: validFrom, what: 'version' as const, ...about, text: textOf(offering, earlier) }]
      : []),
    ...scheduledPrices.map(({ chargeId, from, amountMinor }) => ({
      ...{ at: from, what: 'price' as const, ...about },
      text: `${offeringId}: ${chargeId} costs ${amountMinor} (minor units of ${offering.currency})`,
    })),
    ...(eligibility?.salesFrom
      ? [
          {
            at: eligibility.salesFrom,
            what: 'salesBegin' as const,
            ...about,
            text: `${offeringId} goes on sale`,
          },
        ]
      : []),
    ...(eligibility?.salesTo
      ? [
          {
            at: eligibility.salesTo,
            what: 'salesEnd' as const,
            ...about,
            text: `${offeringId} is no longer sold`,
          },
        ]
      : []),
  ];
}

function textOf(offering: OfferingVersion, earlier: OfferingVersion | null): string {
  if (!earlier) return `${offering.offeringId} begins`;
  const { version: _old, validFrom: _since, ...before } = earlier;
  const { version: _new, validFrom: _from, ...after } = offering;
  const changes = diffVersions(before, after).map(({ text }) => text);
  return `${offering.offeringId}: ${changes.join('; ') || 'nothing changes'}`;
}
