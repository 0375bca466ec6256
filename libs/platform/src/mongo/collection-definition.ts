import type { Schema } from 'mongoose';

export interface IndexDefinition {
  keys: Record<string, 1 | -1 | 'text'>;
  unique?: boolean;
  /** Only rows that match are in the index. MongoDB uses it for filters that say the same: `{ $type: "string", $eq: x }`. */
  partial?: Record<string, unknown>;
  /** Rows are purged this long after the (single) indexed instant. */
  expireAfterSeconds?: number;
}

/** Shape, indexes and name of a collection. `tenantId` is added to the shape, to every index, filter and insert. */
export interface CollectionDefinition<Row extends object> {
  name: string;
  schema: Schema;
  indexes: IndexDefinition[];
  /** Only for typing: rows as the repository sees them, without `tenantId`. */
  row?: Row;
}

export const defineCollection = <Row extends object>(
  name: string,
  schema: Schema,
  indexes: IndexDefinition[],
): CollectionDefinition<Row> => ({ name, schema, indexes });
