import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type PublicationRow, Publications } from './publication.schema';

@Injectable()
export class PublicationRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, publicationId: string): Promise<PublicationRow | null> {
    return this.rows(tenantId).findOne({ _id: publicationId });
  }

  page(
    tenantId: string,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<PublicationRow[]> {
    const filter = startingAfter ? { _id: { $gt: startingAfter } } : {};
    return this.rows(tenantId).find(filter, { sort: { _id: 1 }, limit });
  }

  insertMany(tenantId: string, publications: PublicationRow[]): Promise<void> {
    return this.rows(tenantId).insertMany(publications);
  }

  /** Null when it is in force already. */
  putInForce(tenantId: string, publicationId: string, at: string): Promise<PublicationRow | null> {
    return this.rows(tenantId).findOneAndUpdate(
      { _id: publicationId, inForceAt: null },
      { $set: { inForceAt: at } },
    );
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Publications);
  }
}
