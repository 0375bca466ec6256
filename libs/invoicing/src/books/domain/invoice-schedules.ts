import type { LocalDate } from '@tollkeeper/calendar';
import type { Bill } from '../../domain/bill';
import { revenuePartsOf } from '../../domain/line-parts';
import type { NewRevenueSchedule } from './revenue-schedule';

/** One schedule for each line whose service lies ahead, for each of its revenue categories, after discounts; tax was triggered by the invoice and is not in them. */
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
    .flatMap((line) => revenuePartsOf(line).map((part) => ({ ...line, ...part })))
    .map(({ lineNo, subscriptionId, revenueCategory, amountMinor, from, to, allocation }) => ({
      _id: allocation ? `${invoiceId}.${lineNo}.${revenueCategory}` : `${invoiceId}.${lineNo}`,
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
