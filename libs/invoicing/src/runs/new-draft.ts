import type { Instant } from '@tollkeeper/calendar';
import type { AccountProfile } from '@tollkeeper/contracts';
import type { Bill } from '../domain/bill';
import type { BilledCustomer, InvoiceRow } from '../invoices/invoice.schema';

type About = Pick<
  InvoiceRow,
  '_id' | 'kind' | 'sequence' | 'cycleId' | 'runId' | 'batchNo' | 'customer' | 'follows' | 'replaces'
>;

/** A bill before it is numbered: nothing is paid, and number, dates and document come with its issue. */
export const newDraft = ({ follows, replaces, ...about }: About, bill: Bill, at: Instant): InvoiceRow => ({
  ...about,
  state: 'draft',
  live: true,
  paymentState: 'open',
  revision: 0,
  ...bill,
  ...(follows ? { follows } : {}),
  ...(replaces ? { replaces } : {}),
  openMinor: bill.totalMinor,
  feesOpenMinor: 0,
  adjustedMinor: 0,
  writeOff: null,
  creditAppliedMinor: 0,
  number: null,
  draftedAt: at,
  finalizedAt: null,
  issuedOn: null,
  dueOn: null,
  pdf: null,
});

export const billedCustomer = (profile: AccountProfile): BilledCustomer => {
  const { customerName, email, language, address, termsDays } = profile;
  return { customerName, email, language, address, termsDays };
};
