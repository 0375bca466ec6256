import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { PlannedDebit } from '../domain/debits/plan-debit';
import type { Reservation } from '../domain/attempts/reservations';

/** What an invoice still asks for, as invoicing last told, and who is paying which part of it. */
export interface PayableRow {
  /** The invoice's id. */
  _id: string;
  revision: number;
  accountId: string;
  invoiceNumber: string;
  /** The number as bank references are compared; left out: not told since those are read. */
  numberKey?: string;
  currency: string;
  totalMinor: number;
  openMinor: number;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  /** Invoicing has given the debt up: nothing is open, and nothing is paid. */
  writtenOffAt: Instant | null;
  reservations: Reservation[];
  /** Set with the one charge that auto-pay makes; later ones belong to a collection or to the payer. */
  autoChargedAt: Instant | null;
  /** Auto-pay looked at it that day and had nothing to charge. */
  autoSkippedOn: LocalDate | null;
  /** The account's tag `autoPayOff` ends then: it is looked at again. */
  autoSkippedUntil?: Instant | null;
  /** The bank debit that is to collect it, or last did; left out: none. */
  debit?: PlannedDebit | null;
  /** The payer was told then that it will be charged; left out: not told. */
  autoPayNoticedOn?: LocalDate | null;
  /** They were asked then to agree to more than their cap, and agreed to so much. */
  autoPayConsentAskedOn?: LocalDate | null;
  autoPayConsentMinor?: number | null;
  /** The case that ended without payment: written off or handed over, nothing of ours chases it any more. */
  givenUpBy: string | null;
}

/** Announced, and not handed in yet; one whose day has passed waits for nothing. */
export const awaitsDebit = ({ debit }: PayableRow, on: LocalDate): boolean =>
  debit !== null && debit !== undefined && debit.submittedOn === null && debit.collectOn >= on;

export const Payables = defineCollection<PayableRow>(
  'payables',
  rowSchema({
    _id: { type: String, required: true },
    revision: { type: BigInt, required: true },
    accountId: { type: String, required: true },
    invoiceNumber: { type: String, required: true },
    numberKey: String,
    currency: { type: String, required: true },
    totalMinor: { type: BigInt, required: true },
    openMinor: { type: BigInt, required: true },
    issuedOn: { type: String, required: true },
    dueOn: { type: String, required: true },
    writtenOffAt: String,
    reservations: {
      type: [
        rowSchema({
          attemptId: String,
          paymentId: { type: String, required: true },
          amountMinor: { type: BigInt, required: true },
          state: { type: String, required: true, enum: ['held', 'captured'] },
        }),
      ],
      required: true,
    },
    autoChargedAt: String,
    autoSkippedOn: String,
    autoSkippedUntil: String,
    debit: Object,
    autoPayNoticedOn: String,
    autoPayConsentAskedOn: String,
    autoPayConsentMinor: BigInt,
    givenUpBy: String,
  }),
  [
    { keys: { autoChargedAt: 1, dueOn: 1, _id: 1 }, partial: { openMinor: { $gt: 0 } } },
    { keys: { accountId: 1, dueOn: 1, _id: 1 } },
    { keys: { 'debit.submitOn': 1, _id: 1 }, partial: { 'debit.submittedOn': null } },
    { keys: { numberKey: 1 }, partial: { numberKey: { $type: 'string' } } },
    { keys: { currency: 1, openMinor: 1, dueOn: 1, _id: 1 }, partial: { openMinor: { $gt: 0 } } },
    { keys: { accountId: 1, openMinor: 1 }, partial: { openMinor: { $gt: 0 } } },
    { keys: { givenUpBy: 1 }, partial: { givenUpBy: { $type: 'string' } } },
    { keys: { autoSkippedUntil: 1 }, partial: { autoSkippedUntil: { $type: 'string' } } },
  ],
);
