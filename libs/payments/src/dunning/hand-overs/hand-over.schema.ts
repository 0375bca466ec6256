import type { Instant } from '@tollkeeper/calendar';
import type { StorageRef } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** A file for a collection agency: each case that was handed over is in one file. */
export interface HandOverFileRow {
  _id: string;
  cases: number;
  invoices: number;
  /** Cases of which something else is open or disputed now. Left out: none. */
  changed?: number;
  /** Cases that are over for the agency: taken back or settled. Left out: none. */
  recalled?: number;
  /** Null until the file is written. */
  file: StorageRef | null;
  createdAt: Instant;
  by: string;
}

const text = { type: String, required: true };
const count = { type: BigInt, required: true };

export const HandOverFiles = defineCollection<HandOverFileRow>(
  'handOverFiles',
  rowSchema({
    _id: text,
    cases: count,
    invoices: count,
    changed: BigInt,
    recalled: BigInt,
    file: Object,
    createdAt: text,
    by: text,
  }),
  [],
);
