import type { AnyBulkWriteOperation, Document, UpdateFilter } from 'mongodb';

/** The driver's types know neither our business ids nor what lies in arrays: said here once. */
export const arrayChange = (change: object): UpdateFilter<Document> => change;

export const rowUpdate = (
  filter: object,
  change: object,
  upsert = false,
): AnyBulkWriteOperation<Document> => ({
  updateOne: { filter, update: arrayChange(change), upsert },
});
