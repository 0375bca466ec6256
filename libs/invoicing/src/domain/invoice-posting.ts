import { buildPosting, type PostingLine } from '@tollkeeper/contracts';
import type { Bill } from './bill';
import { deviceNowMinor, soldMinor } from './devices/device-moves';
import type { TaxPart } from './ledger/open-item';
import { taxAmounts } from './ledger/proportional-tax';
import { netOf, revenuePartsOf } from './line-parts';

type Posted = Pick<Bill, 'currency' | 'lines' | 'taxes' | 'recoveryFees' | 'totalMinor' | 'devices'>;

/** Revenue by category (recovery fees are the carrier's own), what is still to come as deferred, tax per jurisdiction, all of it owed by the customer; devices have postings of their own. */
export function invoicePosting({
  currency,
  lines,
  taxes,
  recoveryFees = [],
  totalMinor,
  devices,
}: Posted): PostingLine[] {
  const revenue: Record<string, number> = {};
  let deferred = 0;
  for (const line of lines.filter(({ kind }) => kind !== 'device')) {
    if (line.deferred) deferred += netOf(line);
    else
      for (const { revenueCategory, amountMinor } of revenuePartsOf(line))
        revenue[revenueCategory] = (revenue[revenueCategory] ?? 0) + amountMinor;
  }
  for (const { amountMinor } of recoveryFees) revenue['fee'] = (revenue['fee'] ?? 0) + amountMinor;
  const tax = taxAmounts([...taxes, ...(devices?.taxes ?? []).map(negative)]);
  const total = totalMinor - (devices ? deviceNowMinor(devices) : 0);
  return buildPosting('invoiceFinalized', { total, revenue, deferred, tax }, { currency });
}

const negative = ({ jurisdiction, amountMinor }: TaxPart): TaxPart => ({
  jurisdiction,
  amountMinor: 0 - amountMinor,
});

/** The device is sold with its delivery, for its price and all its tax; what of the debt is due now is moved. */
export function devicePostings({
  currency,
  devices,
}: Pick<Bill, 'currency' | 'devices'>): { rule: 'deviceSale' | 'deviceInstalment'; lines: PostingLine[] }[] {
  if (!devices) return [];
  const sale = {
    total: soldMinor(devices),
    revenue: { device: devices.saleMinor },
    tax: taxAmounts(devices.taxes),
  };
  return [
    { rule: 'deviceSale', lines: buildPosting('deviceSale', sale, { currency }) },
    {
      rule: 'deviceInstalment',
      lines: buildPosting('deviceInstalment', { amount: deviceNowMinor(devices) }, { currency }),
    },
  ];
}
