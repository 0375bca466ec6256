import type { Document, UpdateFilter } from 'mongodb';

/** The driver's types do not know what lies in arrays: said here once. */
export const arrayChange = (change: object): UpdateFilter<Document> => change;
