import { buildPosting, type PostingLine } from '@tollkeeper/contracts';
import type { Bill } from './bill';
import { netOf, revenuePartsOf } from './line-parts';

/** Revenue by category (recovery fees are the carrier's own), what is still to come as deferred, tax per jurisdiction, all of it owed by the customer. */
export function invoicePosting({
  currency,
  lines,
  taxes,
  recoveryFees = [],
  totalMinor,
}: Pick<Bill, 'currency' | 'lines' | 'taxes' | 'recoveryFees' | 'totalMinor'>): PostingLine[] {
  const revenue: Record<string, number> = {};
  const tax: Record<string, number> = {};
  let deferred = 0;
  for (const line of lines) {
    if (line.deferred) deferred += netOf(line);
    else
      for (const { revenueCategory, amountMinor } of revenuePartsOf(line))
        revenue[revenueCategory] = (revenue[revenueCategory] ?? 0) + amountMinor;
  }
  for (const { amountMinor } of recoveryFees) revenue['fee'] = (revenue['fee'] ?? 0) + amountMinor;
  for (const { jurisdiction, amountMinor } of taxes)
    tax[jurisdiction] = (tax[jurisdiction] ?? 0) + amountMinor;
  return buildPosting('invoiceFinalized', { total: totalMinor, revenue, deferred, tax }, { currency });
}
