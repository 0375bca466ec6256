import { defineCollection, rowSchema } from '@tollkeeper/platform';

export interface ContactRow {
  name: string;
  /** What the person is asked about: `billing`, `technical`, `legal` ... */
  role: string;
  email: string | null;
  phone: string | null;
}

/** The party that has accounts: a person or an organisation. Who pays, and how, is the account's. */
export interface CustomerRow {
  _id: string;
  externalId: string | null;
  kind: 'person' | 'organisation';
  name: string;
  /** The operator's own word for whom offers are made: student, staff, sme. Left out, as null: none. */
  segment?: string | null;
  /** Lower case, for search. */
  nameWords: string[];
  /** Of an organisation: its number in the register of companies. */
  registrationNumber: string | null;
  contacts: ContactRow[];
  createdAt: string;
}

const text = { type: String, required: true };

export const Customers = defineCollection<CustomerRow>(
  'customers',
  rowSchema({
    _id: text,
    externalId: String,
    kind: text,
    name: text,
    segment: String,
    nameWords: [String],
    registrationNumber: String,
    contacts: [rowSchema({ name: text, role: text, email: String, phone: String })],
    createdAt: text,
  }),
  [
    { keys: { nameWords: 1 } },
    { keys: { externalId: 1 }, unique: true, partial: { externalId: { $type: 'string' } } },
  ],
);
