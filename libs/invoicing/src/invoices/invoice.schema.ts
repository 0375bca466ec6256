import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { PostalAddress, StorageRef } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import { billLineSchema } from './bill-line.schema';
import type { PaymentState } from '../domain/allocate-payment';
import type { Bill } from '../domain/bill';
import type { BillPurpose } from '../domain/bill-purpose';
import type { WriteOff } from '../domain/ledger/open-item';

/** `cancelled`: a credit note has given all of it back. */
export type InvoiceState = 'draft' | 'finalized' | 'cancelled' | 'void';

/** What a bill was when it was issued, it stays in the books: numbered, and of its run. */
export const issuedStates: readonly InvoiceState[] = ['finalized', 'cancelled'];

/** The payer as he was when the bill was drafted. */
export interface BilledCustomer {
  customerName: string;
  email: string;
  language: string;
  address: PostalAddress;
  termsDays: number;
}

export interface InvoiceRow extends Bill {
  _id: string;
  kind: BillPurpose;
  sequence: number;
  state: InvoiceState;
  /** Not void: one live invoice per account, kind, period and sequence. */
  live: boolean;
  paymentState: PaymentState;
  /** Rises with every change of the open amount. */
  revision: number;
  cycleId: string;
  runId: string;
  batchNo: number;
  customer: BilledCustomer;
  openMinor: number;
  /** The part of `openMinor` that is late fees. */
  feesOpenMinor: number;
  /** Late fees less price reductions and rounding differences since it was issued. */
  adjustedMinor: number;
  /** Given up as a debt: the flag `writtenOff`. */
  writeOff: WriteOff | null;
  /** Account credit that was used as payment. */
  creditAppliedMinor: number;
  /** Net amounts that credit notes gave back, line by line. Absent: none. */
  credited?: { lineNo: number; netMinor: number }[];
  /** The cancelled invoice whose place it takes, and the one that takes its own. Absent: none. */
  replaces?: string;
  replacedBy?: string;
  /** The bill before it, as it was when this one was drafted. Absent: none, and bills from before. */
  follows?: { invoiceId: string; draftedAt: Instant };
  number: string | null;
  draftedAt: Instant;
  finalizedAt: Instant | null;
  issuedOn: LocalDate | null;
  dueOn: LocalDate | null;
  pdf: StorageRef | null;
}

const text = { type: String, required: true };
const long = { type: BigInt, required: true };
const count = { type: Number, required: true };
const flag = { type: Boolean, required: true };
const texts = { type: [String], required: true };

const discount = rowSchema({
  discountKey: text,
  discountId: text,
  name: text,
  level: text,
  value: rowSchema({ off: text, percent: String, amountMinor: BigInt, atMostMinor: BigInt }),
  offeringId: String,
  offeringVersion: Number,
  accountDiscountId: String,
  code: String,
  amountMinor: long,
  byTaxCode: [rowSchema({ taxCode: text, amountMinor: long })],
  use: Number,
  of: Number,
});

const taxPart = rowSchema({ chargeId: text, baseMinor: long, amountMinor: long });

const charged = rowSchema({
  chargeKey: text,
  through: text,
  from: String,
  to: String,
  listMinor: long,
  discountMinor: long,
  returnedTo: String,
  earlier: [rowSchema({ from: text, to: text, until: text, listMinor: long, discountMinor: long })],
});

const devices = rowSchema({
  saleMinor: long,
  taxes: [rowSchema({ jurisdiction: text, amountMinor: long })],
  financedMinor: long,
  instalmentsMinor: long,
});

const tax = rowSchema({
  taxId: text,
  name: text,
  jurisdiction: text,
  percent: String,
  rounding: text,
  law: text,
  baseMinor: long,
  amountMinor: long,
  levy: String,
  ruleKey: String,
  rate: String,
  rateOn: String,
  rateDate: String,
  roundAt: String,
  taxInBaseMinor: BigInt,
  units: BigInt,
  parts: { type: [taxPart], default: undefined },
  onPartialCredit: String,
});

const untaxed = rowSchema({
  taxId: text,
  name: text,
  jurisdiction: text,
  law: text,
  reason: text,
  percent: String,
  certificateNumber: String,
  baseMinor: long,
});

const supply = rowSchema({
  jurisdictions: texts,
  customer: text,
  country: text,
  treatment: text,
  rule: text,
  evidence: [rowSchema({ kind: text, country: text, source: text })],
  confidence: String,
  jurisdictionCode: String,
  vatNumber: String,
  lines: {
    type: [
      rowSchema({
        ...{ subscriptionId: text, jurisdictions: texts, treatment: text, rule: text },
        evidence: [rowSchema({ kind: text, country: text, source: text })],
      }),
    ],
    default: undefined,
  },
  note: String,
});

const exemption = rowSchema({
  taxId: text,
  name: text,
  jurisdiction: text,
  percent: String,
  certificateNumber: text,
  reason: text,
  baseMinor: long,
});

const address = rowSchema({ lines: texts, city: text, region: String, postalCode: text, country: text });
export const customerSchema = rowSchema({
  customerName: text,
  email: text,
  language: text,
  address: { type: address, required: true },
  termsDays: count,
});

const writeOff = rowSchema({
  at: text,
  amountMinor: long,
  feesMinor: long,
  recoveredMinor: long,
  relievedFromMinor: long,
  reliefs: [rowSchema({ jurisdiction: text, amountMinor: long })],
});

export const Invoices = defineCollection<InvoiceRow>(
  'invoices',
  rowSchema({
    _id: text,
    kind: text,
    sequence: count,
    state: text,
    live: flag,
    paymentState: text,
    revision: count,
    accountId: text,
    cycleId: text,
    runId: text,
    batchNo: count,
    customer: { type: customerSchema, required: true },
    currency: text,
    periodFrom: text,
    periodTo: text,
    lines: [billLineSchema],
    taxes: [tax],
    recoveryFees: { type: [tax], default: undefined },
    untaxed: { type: [untaxed], default: undefined },
    supply,
    feeKeys: { type: [String], default: undefined },
    exemptions: [exemption],
    discounts: [discount],
    onceKeys: [String],
    devices,
    charged: [charged],
    netMinor: long,
    taxMinor: long,
    totalMinor: long,
    openMinor: long,
    feesOpenMinor: long,
    adjustedMinor: long,
    writeOff,
    creditAppliedMinor: long,
    credited: [rowSchema({ lineNo: count, netMinor: long })],
    replaces: String,
    replacedBy: String,
    follows: rowSchema({ invoiceId: text, draftedAt: text }),
    number: String,
    draftedAt: text,
    finalizedAt: String,
    issuedOn: String,
    dueOn: String,
    pdf: Object,
  }),
  [
    { keys: { accountId: 1, kind: 1, periodTo: 1, sequence: 1 }, unique: true, partial: { live: true } },
    {
      keys: { onceKeys: 1 },
      unique: true,
      partial: { live: true, onceKeys: { $exists: true } },
    },
    { keys: { accountId: 1, onceKeys: 1 }, partial: { live: true, onceKeys: { $exists: true } } },
    {
      keys: { feeKeys: 1 },
      unique: true,
      partial: { live: true, feeKeys: { $exists: true } },
    },
    { keys: { number: 1 }, unique: true, partial: { number: { $type: 'string' } } },
    { keys: { draftedAt: -1, _id: -1 } },
    { keys: { accountId: 1, draftedAt: -1, _id: -1 } },
    { keys: { accountId: 1, state: 1, openMinor: 1 } },
    { keys: { state: 1, openMinor: 1, dueOn: 1, currency: 1, accountId: 1 } },
    { keys: { runId: 1, batchNo: 1 } },
    { keys: { runId: 1, live: 1, totalMinor: 1 } },
  ],
);
