import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  BusinessClock,
  conflict,
  newId,
  notFound,
  Outbox,
  type Page,
  pageOf,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AccountRepository } from '../tenants/account.repository';
import { CouponTable } from '../promotions/coupon-table.service';
import { type Difference, diffVersions } from '../domain/diff-versions';
import { expandBundle } from '../domain/expand-bundle';
import { knownAt, namedBy } from '../domain/known-offerings';
import { notADraft } from './offering-draft.service';
import { OfferingGround } from './offering-ground.service';
import { OfferingRepository, type VersionPage } from './offering.repository';
import type { OfferingRow } from './offering.schema';
import { PublicationService } from '../publications/publication.service';

interface VersionName {
  offeringId: string;
  version: number;
}

/** Versions from their publication on. */
@Injectable()
export class OfferingService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly offerings: OfferingRepository,
    private readonly accounts: AccountRepository,
    private readonly ground: OfferingGround,
    private readonly coupons: CouponTable,
    private readonly publications: PublicationService,
  ) {}

  async publish(principal: Principal, offeringId: string, version: number): Promise<OfferingRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const { offering } = await this.get(tenantId, offeringId, version);
    const rows = await this.ground.rowsFor(tenantId, offering);
    return this.db.transaction(async () => {
      const draft = await this.get(tenantId, offeringId, version);
      if (draft.state !== 'draft') throw notADraft(offeringId, version);
      refuseFindings(await this.ground.check(tenantId, draft.offering, 'published', { rows }));
      const publicationId = newId('pub');
      const [told] = await this.toldOf(tenantId, [draft]);
      const row = await this.offerings.publish(tenantId, draft._id, {
        publicationId,
        told: told?.told ?? null,
        at,
      });
      if (!row) throw notADraft(offeringId, version);
      await this.coupons.claim(tenantId, [row.offering], at);
      await this.publications.announce(tenantId, at, [
        { _id: publicationId, kind: 'offering', versionId: row._id },
      ]);
      await this.audit.record(principal, {
        at,
        what: 'publishOffering',
        entity: row._id,
        before: { state: 'draft' },
        after: { state: 'published', publicationId },
      });
      return row;
    });
  }

  /** Bundles among them with what their components contain: these may be among the rows themselves. */
  async toldOf(tenantId: string, rows: OfferingRow[]): Promise<OfferingRow[]> {
    if (rows.every(({ offering }) => !offering.bundle)) return rows;
    const own = rows.map(({ offering }) => offering);
    const versions = [...(await this.ground.named(tenantId, own, 'published')), ...own];
    return rows.map((row) => {
      const known = knownAt(versions, row.validFrom);
      return { ...row, told: expandBundle(row.offering, (id) => known.get(id)) };
    });
  }

  /** A published version that has not begun is called off: as if it had never been published. */
  async withdraw(
    principal: Principal,
    { offeringId, version }: VersionName,
    reason: string,
  ): Promise<OfferingRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const row = await this.get(tenantId, offeringId, version);
      await this.refuseUsed(tenantId, row, at);
      const withdrawn = await this.offerings.withdraw(tenantId, row._id, at);
      if (!withdrawn) throw notPublished(row);
      await this.outbox.tell(tenantId, at, 'versionWithdrawn', [{ offeringId, version }]);
      await this.audit.record(principal, {
        at,
        what: 'withdrawOffering',
        entity: row._id,
        before: { state: 'published' },
        after: { state: 'withdrawn' },
        reason,
      });
      return withdrawn;
    });
  }

  async diff(tenantId: string, from: VersionName, to: VersionName): Promise<Difference[]> {
    const before = await this.get(tenantId, from.offeringId, from.version);
    const after = await this.get(tenantId, to.offeringId, to.version);
    return diffVersions(contentOf(before), contentOf(after));
  }

  async get(tenantId: string, offeringId: string, version: number): Promise<OfferingRow> {
    const row = await this.offerings.find(tenantId, offeringId, version);
    if (!row) throw notFound('offering version', `${offeringId} version ${version}`);
    return row;
  }

  async page(tenantId: string, query: VersionPage): Promise<Page<OfferingRow>> {
    return pageOf(await this.offerings.page(tenantId, { ...query, limit: query.limit + 1 }), query.limit);
  }

  private async refuseUsed(tenantId: string, row: OfferingRow, at: Instant): Promise<void> {
    const { offeringId, version, validFrom } = row;
    if (row.state !== 'published') throw notPublished(row);
    if (validFrom <= at)
      throw conflict(
        'inUse',
        `Version ${version} of ${offeringId} is in force since ${validFrom}.`,
        'Publish a version that follows it, or retire the offering.',
      );
    if (row.inForceAt === null)
      throw conflict(
        'notAcknowledged',
        'Rating, invoicing and customers have not all received it yet.',
        'Try again when GET .../publications/{publicationId} says `inForceAt`.',
      );
    const later = await this.offerings.newest(tenantId, offeringId, 'published');
    if (later && later.version > version)
      throw conflict('notTheLast', `Version ${later.version} follows it.`, 'Withdraw that one first.');
    const earlier = (await this.offerings.versionsOf(tenantId, [offeringId], 'published')).length > 1;
    const holder = earlier ? null : await this.accounts.holderFrom(tenantId, offeringId, validFrom);
    if (holder)
      throw conflict(
        'inUse',
        `Account ${holder.accountId} has ordered ${offeringId}, and this is its only version.`,
        'Cancel the orders first, or publish a version that follows it.',
      );
    const published = earlier ? [] : await this.offerings.versionsOf(tenantId, null, 'published');
    const naming = published.find(({ offering }) => namedBy(offering).includes(offeringId));
    if (naming)
      throw conflict(
        'inUse',
        `Version ${naming.version} of ${naming.offeringId} names ${offeringId}, and this is its only version.`,
        'Withdraw that one first.',
      );
  }
}

const contentOf = ({ offering: { version: _, ...content } }: OfferingRow): object => content;

const notPublished = ({ offeringId, version, state }: OfferingRow) =>
  conflict(
    'notPublished',
    `Version ${version} of offering ${offeringId} is ${state}.`,
    'Discard a draft by DELETE.',
  );
