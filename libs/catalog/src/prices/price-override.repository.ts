import { Injectable } from '@nestjs/common';
import { canonicalJson, type PriceOverride } from '@tollkeeper/contracts';
import { notFound, ServiceDatabase } from '@tollkeeper/platform';
import { targetOf } from './override-target';
import { type OverrideRow, PriceOverrides, type StoredOverride } from './price-override.schema';

const openEnd = '9999-12-31T23:59:59.999Z';

export interface OverridePage {
  limit: number;
  startingAfter?: string;
  accountId?: string;
}

@Injectable()
export class PriceOverrideRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async get(tenantId: string, id: string): Promise<OverrideRow> {
    const row = await this.rows(tenantId).findOne({ _id: id });
    if (!row) throw notFound('price override', id);
    return rowOf(row);
  }

  async page(tenantId: string, { limit, startingAfter, accountId }: OverridePage): Promise<OverrideRow[]> {
    const filter = {
      ...(accountId ? { accountId } : {}),
      ...(startingAfter ? { _id: { $gt: startingAfter } } : {}),
    };
    return (await this.rows(tenantId).find(filter, { sort: { _id: 1 }, limit })).map(rowOf);
  }

  /** One that holds at some time of the stretch. */
  async overlapping(tenantId: string, fact: PriceOverride): Promise<OverrideRow | null> {
    const row = await this.rows(tenantId).findOne({
      target: targetOf(fact),
      from: { $lt: fact.to ?? openEnd },
      end: { $gt: fact.from },
    });
    return row && rowOf(row);
  }

  insert(tenantId: string, row: OverrideRow): Promise<void> {
    return this.rows(tenantId).insertOne(storedOf(row));
  }

  /** False when somebody else changed it meanwhile. */
  async end(tenantId: string, before: OverrideRow, fact: PriceOverride): Promise<boolean> {
    const { end, revision, content } = storedOf({ ...before, fact });
    const { modifiedCount } = await this.rows(tenantId).updateOne(
      { _id: before._id, revision: before.fact.revision },
      { $set: { end, revision, content } },
    );
    return modifiedCount === 1;
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(PriceOverrides);
  }
}

const storedOf = ({ _id, fact, reason, createdAt }: OverrideRow): StoredOverride => ({
  ...{ _id, accountId: fact.accountId, target: targetOf(fact), from: fact.from, end: endOf(fact) },
  ...{ revision: fact.revision, content: canonicalJson(fact), reason, createdAt },
});

const endOf = ({ from, to }: PriceOverride): string => (to === from ? '' : (to ?? openEnd));

const rowOf = ({ _id, content, reason, createdAt }: StoredOverride): OverrideRow => ({
  ...{ _id, reason, createdAt },
  fact: JSON.parse(content) as PriceOverride,
});
