import type { LocalDate } from '@tollkeeper/calendar';
import type { Bill } from '../../domain/bill';
import type { NewRevenueSchedule } from './revenue-schedule';

/** One schedule for each line whose service lies ahead; tax was triggered by the invoice and is not in them. */
export function invoiceSchedules(
  {
    _id: invoiceId,
    accountId,
    currency,
    lines,
  }: Pick<Bill, 'accountId' | 'currency' | 'lines'> & { _id: string },
  bookedOn: LocalDate,
): NewRevenueSchedule[] {
  return lines
    .filter(({ deferred }) => deferred)
    .map(({ lineNo, subscriptionId, revenueCategory, amountMinor, from, to }) => ({
      _id: `${invoiceId}.${lineNo}`,
      accountId,
      subscriptionId,
      invoiceId,
      lineNo,
      paymentId: null,
      liability: 'deferredRevenue',
      revenueCategory,
      currency,
      totalMinor: amountMinor,
      taxes: [],
      from,
      to,
      bookedOn,
    }));
}
