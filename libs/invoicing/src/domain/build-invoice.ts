import { type Cycle, type LocalDate, type Period, periodEndingAt } from '@tollkeeper/calendar';
import type { AccountProfile, OfferingVersion, RatedTotal } from '@tollkeeper/contracts';
import { money, sum } from '@tollkeeper/money';
import type { Bill, BillLine, BillTax, LastBilled } from './bill';
import { recurringCharges } from './recurring-charges';
import { taxesOf, type TaxRate } from './tax-lines';
import { usageLines } from './usage-lines';

export interface BillingInput {
  cycle: Cycle;
  startsOn: LocalDate;
  cutOffOn: LocalDate;
  account: AccountProfile;
  offerings: OfferingVersion[];
  totals: RatedTotal[];
  lastBilled: LastBilled | null;
  taxRates: TaxRate[];
}

/** The one function that makes a bill: a run, a preview and a repeat give the same. `null`: nothing to bill. */
export function buildInvoice(input: BillingInput): Bill | null {
  const { account, cycle, cutOffOn, taxRates } = input;
  const served = periodEndingAt(cycle, cutOffOn);
  const lines = linesOf(input, served);
  if (lines.length === 0) return null;
  const { taxes, exemptions } = taxesOf(lines, taxRates, account.address, account.taxCertificates ?? []);
  const netMinor = total(lines, account.currency);
  const taxMinor = total(taxes, account.currency);
  return {
    accountId: account.accountId,
    currency: account.currency,
    periodFrom: served.from,
    periodTo: served.to,
    lines,
    taxes,
    ...(exemptions.length > 0 ? { exemptions } : {}),
    netMinor,
    taxMinor,
    totalMinor: total([{ amountMinor: netMinor }, { amountMinor: taxMinor }], account.currency),
  };
}

/** Charges of pools first, then number by number: its charges, then its usage. */
function linesOf(input: BillingInput, served: Period): BillLine[] {
  const all = [...recurringCharges(input), ...usageLines(input.account, served, input.totals)];
  const groupOf = ({ number, subscriptionId }: (typeof all)[number]) =>
    `${number ?? ''}/${subscriptionId ?? ''}`;
  const groups = [...new Set(all.map(groupOf))].sort();
  return groups
    .flatMap((group) => all.filter((line) => groupOf(line) === group))
    .map((line, index) => ({ lineNo: index + 1, ...line }));
}

const total = (parts: readonly Pick<BillLine | BillTax, 'amountMinor'>[], currency: string): number =>
  sum(
    parts.map(({ amountMinor }) => money(amountMinor, currency)),
    currency,
  ).minor;
