import { Injectable } from '@nestjs/common';
import type { OfferingVersion } from '@tollkeeper/contracts';
import { canonicalJson } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import {
  type OfferingRow,
  offeringRowOf,
  Offerings,
  type StoredOffering,
  storedOffering,
} from './offering.schema';

export interface VersionPage {
  limit: number;
  /** Id of the last row seen. */
  startingAfter?: string;
  offeringId?: string;
}

const mostVersions = 5000;

@Injectable()
export class OfferingRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, offeringId: string, version: number): Promise<OfferingRow | null> {
    return this.one(tenantId, { offeringId, version });
  }

  findById(tenantId: string, id: string): Promise<OfferingRow | null> {
    return this.one(tenantId, { _id: id });
  }

  async page(tenantId: string, { limit, startingAfter, offeringId }: VersionPage): Promise<OfferingRow[]> {
    const last = startingAfter ? await this.findById(tenantId, startingAfter) : null;
    const after = last
      ? {
          $or: [
            { offeringId: { $gt: last.offeringId } },
            { offeringId: last.offeringId, version: { $gt: last.version } },
          ],
        }
      : {};
    return this.many(
      tenantId,
      { ...(offeringId ? { offeringId } : {}), ...after },
      { sort: { offeringId: 1, version: 1 }, limit },
    );
  }

  async newest(
    tenantId: string,
    offeringId: string,
    state?: OfferingRow['state'],
  ): Promise<OfferingRow | null> {
    const filter = { offeringId, ...(state ? { state } : {}) };
    return this.one(tenantId, filter, { sort: { version: -1 } });
  }

  /** By offering and `validFrom`; withdrawn ones never. */
  versionsOf(
    tenantId: string,
    offeringIds: string[] | null,
    leaning: 'published' | 'any',
  ): Promise<OfferingRow[]> {
    const state = leaning === 'published' ? 'published' : { $in: ['published', 'draft'] };
    return this.many(
      tenantId,
      { state, ...(offeringIds ? { offeringId: { $in: offeringIds } } : {}) },
      { sort: { offeringId: 1, validFrom: 1 }, limit: mostVersions },
    );
  }

  insertMany(tenantId: string, rows: OfferingRow[]): Promise<void> {
    return this.rows(tenantId).insertMany(rows.map(storedOffering));
  }

  /** Null when it is no draft any more. */
  replaceDraft(tenantId: string, id: string, offering: OfferingVersion): Promise<OfferingRow | null> {
    const { currency, validFrom } = offering;
    const change = { currency, validFrom, content: canonicalJson(offering) };
    return this.change(tenantId, { _id: id, state: 'draft' }, change);
  }

  /** False when it is no draft any more. */
  async discardDraft(tenantId: string, id: string): Promise<boolean> {
    return (await this.rows(tenantId).deleteMany({ _id: id, state: 'draft' })) === 1;
  }

  /** Null when it is no draft any more. */
  publish(
    tenantId: string,
    id: string,
    { publicationId, told, at }: { publicationId: string; told: OfferingVersion | null; at: string },
  ): Promise<OfferingRow | null> {
    const change = {
      state: 'published' as const,
      publicationId,
      publishedAt: at,
      told: told && canonicalJson(told),
    };
    return this.change(tenantId, { _id: id, state: 'draft' }, change);
  }

  /** Null when it is not published any more. */
  withdraw(tenantId: string, id: string, at: string): Promise<OfferingRow | null> {
    return this.change(tenantId, { _id: id, state: 'published' }, { state: 'withdrawn', withdrawnAt: at });
  }

  async putInForce(tenantId: string, id: string, at: string): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: id, inForceAt: null }, { $set: { inForceAt: at } });
  }

  private async one(tenantId: string, filter: object, options: object = {}): Promise<OfferingRow | null> {
    const row = await this.rows(tenantId).findOne(filter, options);
    return row && offeringRowOf(row);
  }

  private async many(tenantId: string, filter: object, options: object): Promise<OfferingRow[]> {
    return (await this.rows(tenantId).find(filter, options)).map(offeringRowOf);
  }

  private async change(
    tenantId: string,
    filter: object,
    change: Partial<StoredOffering>,
  ): Promise<OfferingRow | null> {
    const row = await this.rows(tenantId).findOneAndUpdate(filter, { $set: change });
    return row && offeringRowOf(row);
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Offerings);
  }
}
