import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { NumberRange } from '../domain/invoice-numbers';

export interface InvoiceSeriesRow {
  _id: string;
  series: string;
  /** The next number that no range has. */
  next: number;
}

export interface NumberRangeRow extends NumberRange {
  _id: string;
  batchKey: string;
}

const text = { type: String, required: true };
const long = { type: BigInt, required: true };

export const InvoiceSeries = defineCollection<InvoiceSeriesRow>(
  'invoiceSeries',
  rowSchema({ _id: text, series: text, next: long }),
  [{ keys: { series: 1 }, unique: true }],
);

export const NumberRanges = defineCollection<NumberRangeRow>(
  'numberRanges',
  rowSchema({
    _id: text,
    series: text,
    batchKey: text,
    first: long,
    invoiceIds: { type: [String], required: true },
  }),
  [
    { keys: { series: 1, batchKey: 1 }, unique: true },
    { keys: { series: 1, first: 1 }, unique: true },
  ],
);
