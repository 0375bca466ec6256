import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { OfferingVersion } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  isDuplicateKey,
  newId,
  notFound,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import type { Finding, OfferingDraft } from '@tollkeeper/tariff';
import { type Difference, diffVersions } from '../domain/diff-versions';
import { OfferingGround } from './offering-ground.service';
import { OfferingRepository } from './offering.repository';
import type { OfferingRow } from './offering.schema';

interface Clone {
  offeringId: string;
  name?: string;
  validFrom?: Instant;
}

/** Versions while they can still be changed. */
@Injectable()
export class OfferingDrafts {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly offerings: OfferingRepository,
    private readonly ground: OfferingGround,
  ) {}

  async create(principal: Principal, draft: OfferingDraft): Promise<OfferingRow> {
    const exists = await this.offerings.newest(principal.tenantId, draft.offeringId);
    if (exists) throw offeringExists(draft.offeringId);
    return this.add(principal, draft, 'addOfferingVersion');
  }

  async addVersion(principal: Principal, draft: OfferingDraft): Promise<OfferingRow> {
    const exists = await this.offerings.newest(principal.tenantId, draft.offeringId);
    if (!exists) throw notFound('offering', draft.offeringId);
    return this.add(principal, draft, 'addOfferingVersion');
  }

  /** A new offering, or a new version of one, from any version of any offering. */
  async clone(
    principal: Principal,
    from: OfferingRow,
    { offeringId, name, validFrom }: Clone,
  ): Promise<OfferingRow> {
    const { version: _, ...content } = from.offering;
    const draft = {
      ...content,
      offeringId,
      ...(name === undefined ? {} : { name }),
      ...(validFrom === undefined ? {} : { validFrom }),
    };
    return this.add(principal, draft, 'cloneOffering');
  }

  async replace(principal: Principal, version: number, draft: OfferingDraft): Promise<OfferingRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    refuseFindings(await this.ground.check(tenantId, draft, 'any'));
    return this.db.transaction(async () => {
      const before = await this.get(tenantId, draft.offeringId, version);
      const row = await this.offerings.replaceDraft(tenantId, before._id, { ...draft, version });
      if (!row) throw notADraft(draft.offeringId, version);
      const after = row.offering;
      await this.audit.record(principal, {
        at,
        what: 'changeOfferingDraft',
        entity: row._id,
        before: before.offering,
        after,
      });
      return row;
    });
  }

  async discard(principal: Principal, offeringId: string, version: number): Promise<void> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    await this.db.transaction(async () => {
      const before = await this.get(tenantId, offeringId, version);
      if (!(await this.offerings.discardDraft(tenantId, before._id))) throw notADraft(offeringId, version);
      await this.audit.record(principal, {
        at,
        what: 'discardOfferingDraft',
        entity: before._id,
        before: before.offering,
      });
    });
  }

  /** As if it were published now; nothing is written. */
  async validate(
    tenantId: string,
    draft: OfferingDraft,
  ): Promise<{ findings: Finding[]; changes: Difference[] | null }> {
    const findings = await this.ground.check(tenantId, draft, 'published');
    const previous = await this.offerings.newest(tenantId, draft.offeringId, 'published');
    if (!previous) return { findings, changes: null };
    const { version: _, ...before } = previous.offering;
    return { findings, changes: diffVersions(before, draft) };
  }

  private async get(tenantId: string, offeringId: string, version: number): Promise<OfferingRow> {
    const row = await this.offerings.find(tenantId, offeringId, version);
    if (!row) throw notFound('offering version', `${offeringId} version ${version}`);
    return row;
  }

  private async add(principal: Principal, draft: OfferingDraft, what: string): Promise<OfferingRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    refuseFindings(await this.ground.check(tenantId, draft, 'any'));
    try {
      return await this.db.transaction(async () => {
        const version = ((await this.offerings.newest(tenantId, draft.offeringId))?.version ?? 0) + 1;
        const row = draftRow(draft, version, at);
        await this.offerings.insertMany(tenantId, [row]);
        await this.audit.record(principal, { at, what, entity: row._id, after: row.offering });
        return row;
      });
    } catch (error) {
      throw isDuplicateKey(error) ? offeringExists(draft.offeringId) : error;
    }
  }
}

export const draftRow = (draft: OfferingDraft, version: number, createdAt: string): OfferingRow => {
  const offering: OfferingVersion = { ...draft, version };
  const { offeringId, currency, validFrom } = offering;
  return {
    ...{ _id: newId('ofv'), offeringId, version, state: 'draft', currency, validFrom, offering, told: null },
    ...{ publicationId: null, createdAt, publishedAt: null, inForceAt: null, withdrawnAt: null },
  };
};

const offeringExists = (offeringId: string) =>
  conflict(
    'offeringExists',
    `There is an offering ${offeringId}, or one was just added.`,
    'Add a version to it: POST /v1/catalog/offerings/{offeringId}/versions.',
  );

export const notADraft = (offeringId: string, version: number) =>
  conflict(
    'notADraft',
    `Version ${version} of offering ${offeringId} is no draft any more.`,
    'Add a new version to change it.',
  );
