import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Whose invoice has a number: what search needs of invoicing's rows. */
export interface InvoiceNumberRow {
  _id: string;
  number: string;
  accountId: string;
}

const text = { type: String, required: true };

export const InvoiceNumbers = defineCollection<InvoiceNumberRow>(
  'invoiceNumbers',
  rowSchema({ _id: text, number: text, accountId: text }),
  [{ keys: { number: 1 } }],
);
