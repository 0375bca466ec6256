import type { Invariant } from '../invariant';
import { bankEntries } from './bank-entries';
import { books } from './books';
import { cardNumbers } from './card-numbers';
import { charges } from './charges';
import { collections } from './collections';
import { corrections } from './corrections';
import { creditNotes } from './credit-notes';
import { devices } from './devices';
import { debits } from './debits';
import { documents } from './documents';
import { credit } from './credit';
import { gateway } from './gateway';
import { identifiers } from './identifiers';
import { invoiceNumbers } from './invoice-numbers';
import { lateUsage } from './late-usage';
import { ledger } from './ledger';
import { messages } from './messages';
import { network } from './network';
import { oneLiveInvoice } from './one-live-invoice';
import { orders } from './orders';
import { paidOnce } from './paid-once';
import { payers } from './payers';
import { prepaid } from './prepaid';
import { processes } from './processes';
import { ratedRecords } from './rated-records';
import { refunds } from './refunds';
import { reversals } from './reversals';
import { sessions } from './sessions';
import { subscriberImports } from './subscriber-imports';
import { taxes } from './taxes';
import { tenants } from './tenants';
import { usage } from './usage';

/** What holds for each tenant, in the order in which a bill comes about. */
export const invariants: readonly Invariant[] = [
  payers,
  identifiers,
  usage,
  sessions,
  corrections,
  ratedRecords,
  lateUsage,
  oneLiveInvoice,
  invoiceNumbers,
  ledger,
  books,
  charges,
  taxes,
  creditNotes,
  devices,
  documents,
  paidOnce,
  gateway,
  refunds,
  reversals,
  bankEntries,
  debits,
  collections,
  prepaid,
  credit,
  messages,
  orders,
  network,
  processes,
  subscriberImports,
  cardNumbers,
];

/** What holds for the house as a whole, whoever is looked at. */
export const houseInvariants: readonly Invariant[] = [tenants];
