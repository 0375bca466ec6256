import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { StorageRef } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import { type BilledCustomer, customerSchema } from '../invoices/invoice.schema';
import type { CreditPlan } from './domain/credit-note';

/** A document of its own, with its own number: never changed after it is issued. */
export interface CreditNoteRow extends CreditPlan {
  _id: string;
  number: string;
  accountId: string;
  invoiceId: string;
  invoiceNumber: string;
  customer: BilledCustomer;
  currency: string;
  /** What it took off the invoice's open amount. */
  openMinor: number;
  /** What had been paid and is account credit, or back where it came from. */
  freedMinor: number;
  /** The account's credit is paid out by the refund process. */
  payOut: boolean;
  /** The invoice that takes the cancelled one's place; `null`: none. */
  reissuedAs: string | null;
  reason: string;
  by: string;
  at: Instant;
  issuedOn: LocalDate;
  pdf: StorageRef | null;
}

const text = { type: String, required: true };
const long = { type: BigInt, required: true };
const count = { type: Number, required: true };
const flag = { type: Boolean, required: true };
const levy = rowSchema({
  taxId: text,
  name: text,
  jurisdiction: text,
  percent: String,
  rate: String,
  law: text,
  baseMinor: long,
  amountMinor: long,
  parts: [rowSchema({ lineNo: count, baseMinor: long, amountMinor: long })],
});
const taxPart = rowSchema({ jurisdiction: text, amountMinor: long });

export const CreditNotes = defineCollection<CreditNoteRow>(
  'creditNotes',
  rowSchema({
    _id: text,
    number: text,
    kind: text,
    accountId: text,
    invoiceId: text,
    invoiceNumber: text,
    customer: { type: customerSchema, required: true },
    currency: text,
    lines: [
      rowSchema({
        lineNo: count,
        description: text,
        number: String,
        from: text,
        to: text,
        quantity: BigInt,
        billedMinor: long,
        netMinor: long,
        deferred: flag,
        move: Boolean,
        revenue: [rowSchema({ revenueCategory: text, amountMinor: long })],
      }),
    ],
    taxes: [levy],
    recoveryFees: { type: [levy], default: undefined },
    since: rowSchema({ feesMinor: long, reducedMinor: long, reducedTaxes: [taxPart], roundedMinor: long }),
    netMinor: long,
    taxMinor: long,
    totalMinor: long,
    givenBack: {
      type: [rowSchema({ lineNo: count, netMinor: long, invoiceNumbers: [String] })],
      default: undefined,
    },
    device: rowSchema({ planId: text, offInstalmentsMinor: long, accountCreditMinor: long }),
    openMinor: long,
    freedMinor: long,
    payOut: flag,
    reissuedAs: String,
    reason: text,
    by: text,
    at: text,
    issuedOn: text,
    pdf: Object,
  }),
  [
    { keys: { number: 1 }, unique: true },
    { keys: { invoiceId: 1, at: 1 } },
    { keys: { accountId: 1, at: -1, _id: -1 } },
    { keys: { at: -1, _id: -1 } },
  ],
);
