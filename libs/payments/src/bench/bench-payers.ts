import { addDays, type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import { referenceKey } from '@tollkeeper/contracts';
import type { ServiceDatabase } from '@tollkeeper/platform';
import { type PayableRow, Payables } from '../payables/payable.schema';
import {
  Payers,
  type PayerRow,
  type PaymentMethodRow,
  PaymentMethods,
} from '../methods/payment-method.schema';
import { AccountCopies, type AccountCopyRow, TenantProfiles } from '../payers/profile.schema';

export const benchTenant = 'ten_bench';
export const openedAt: Instant = '2026-01-01T00:00:00.000Z';
const rowsPerInsert = 1_000;

const digits = (no: number): string => String(no).padStart(8, '0');
export const accountOf = (no: number): string => `acc_${digits(no)}`;
export const invoiceOf = (no: number): string => `inv_${digits(no)}`;
export const numberOf = (no: number): string => `INV-${digits(no)}`;

const copyOf = (no: number): AccountCopyRow => ({
  _id: accountOf(no),
  revision: 1,
  customerName: `Ada Lovelace ${no}`,
  zone: 'Europe/Berlin',
  currency: 'EUR',
  dunningPolicyId: null,
  country: 'DE',
  customerKind: 'person',
  flags: [],
});

const payerOf = (no: number): PayerRow => ({
  _id: accountOf(no),
  defaultMethodId: `pm_${digits(no)}`,
  autoPay: true,
});

/** A card of its own each, charged before: the month after the first. */
const methodOf = (no: number): PaymentMethodRow => ({
  _id: `pm_${digits(no)}`,
  accountId: accountOf(no),
  gateway: 'sandbox',
  token: `tok_ok.card_${digits(no)}`,
  networkTransactionId: `ntx_${digits(no)}`,
  brand: 'visa',
  last4: '4242',
  expiry: '2031-12',
  fingerprint: `fp_${digits(no)}`,
  lastDecline: null,
  createdAt: openedAt,
  removedAt: null,
});

const payableOf = (no: number, dueOn: LocalDate): PayableRow => ({
  _id: invoiceOf(no),
  revision: 1,
  accountId: accountOf(no),
  invoiceNumber: numberOf(no),
  numberKey: referenceKey(numberOf(no)),
  currency: 'EUR',
  totalMinor: 1_500,
  openMinor: 1_500,
  issuedOn: addDays(dueOn, -14),
  dueOn,
  writtenOffAt: null,
  reservations: [],
  autoChargedAt: null,
  autoSkippedOn: null,
  givenUpBy: null,
});

export async function openTenant(database: ServiceDatabase): Promise<void> {
  const profile = { _id: benchTenant, revision: 1, zone: 'Europe/Berlin', currency: 'EUR' };
  await database.tenant(benchTenant).collection(TenantProfiles).insertOne(profile);
}

/** Accounts of one invoice each, from `first` on; without a payer's method they are not charged. */
export async function openAccounts(
  database: ServiceDatabase,
  { first, count, dueOn, autoPay }: { first: number; count: number; dueOn: LocalDate; autoPay: boolean },
): Promise<void> {
  const rows = database.tenant(benchTenant);
  for (let from = first; from < first + count; from += rowsPerInsert) {
    const length = Math.min(rowsPerInsert, first + count - from);
    const numbers = Array.from({ length }, (_, index) => from + index);
    await rows.collection(AccountCopies).insertMany(numbers.map(copyOf));
    await rows.collection(Payables).insertMany(numbers.map((no) => payableOf(no, dueOn)));
    if (!autoPay) continue;
    await rows.collection(Payers).insertMany(numbers.map(payerOf));
    await rows.collection(PaymentMethods).insertMany(numbers.map(methodOf));
  }
}

export const dayOf = (at: Instant): LocalDate => localDateOf(at, 'Europe/Berlin');
