import type { AnyBulkWriteOperation, Document, Filter, UpdateFilter } from 'mongodb';

/** The driver's types know neither our business ids nor what lies in arrays: said here once. */
export const arrayChange = (change: object): UpdateFilter<Document> => change as UpdateFilter<Document>;

export const rowUpdate = (
  filter: object,
  change: object,
  upsert = false,
): AnyBulkWriteOperation<Document> => ({
  updateOne: { filter: filter as Filter<Document>, update: arrayChange(change), upsert },
});
