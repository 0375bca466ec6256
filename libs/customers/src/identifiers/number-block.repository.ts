import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type NumberBlockRow, NumberBlocks } from './inventory.schema';

@Injectable()
export class NumberBlockRepository {
  constructor(private readonly db: ServiceDatabase) {}

  overlapping(
    tenantId: string,
    { digits, first, last }: Pick<NumberBlockRow, 'digits' | 'first' | 'last'>,
  ): Promise<NumberBlockRow | null> {
    return this.rows(tenantId).findOne({ digits, first: { $lte: last }, last: { $gte: first } });
  }

  insert(tenantId: string, row: NumberBlockRow): Promise<void> {
    return this.rows(tenantId).insertOne(row);
  }

  /** In the order of their numbers, the shorter ones first. */
  async page(tenantId: string, startingAfter: string | undefined, limit: number): Promise<NumberBlockRow[]> {
    const after = startingAfter ? await this.rows(tenantId).findOne({ _id: startingAfter }) : null;
    const filter = after
      ? { $or: [{ digits: { $gt: after.digits } }, { digits: after.digits, first: { $gt: after.first } }] }
      : {};
    return this.rows(tenantId).find(filter, { sort: { digits: 1, first: 1 }, limit });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(NumberBlocks);
  }
}
