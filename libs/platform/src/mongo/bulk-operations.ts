import type { AnyBulkWriteOperation, Document } from 'mongodb';

type Operation = AnyBulkWriteOperation<Document>;

/** Rows carry business ids (text), the driver's types expect its own: filters are built here. */
export const updateOne = (filter: object, update: object): Operation => ({ updateOne: { filter, update } });
export const upsertOne = (filter: object, update: object): Operation => ({
  updateOne: { filter, update, upsert: true },
});
export const replaceOrInsert = (filter: object, replacement: object): Operation => ({
  replaceOne: { filter, replacement, upsert: true },
});
