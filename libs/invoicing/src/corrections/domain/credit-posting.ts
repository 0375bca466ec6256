import type { PostingAmounts, PostingLine } from '@tollkeeper/contracts';
import type { TaxPart } from '../../domain/ledger/open-item';
import { taxAmounts } from '../../domain/ledger/proportional-tax';
import { type CreditPlan, offInvoiceMinor, type Since } from './credit-note';

/** The mirror of `invoiceFinalized`, as far as it is credited, and of what was posted on the invoice since. */
export function creditAmounts(plan: CreditPlan): PostingAmounts {
  const { lines, taxes, recoveryFees = [], since, totalMinor } = plan;
  const revenue: Record<string, number> = {};
  let deferred = 0;
  const total = offInvoiceMinor(plan);
  let devices = totalMinor - total;
  for (const line of lines) {
    if (line.move) devices -= line.netMinor;
    else if (line.deferred) deferred += line.netMinor;
    else
      for (const { revenueCategory, amountMinor } of line.revenue)
        revenue[revenueCategory] = (revenue[revenueCategory] ?? 0) + amountMinor;
  }
  for (const { amountMinor } of recoveryFees) revenue['fee'] = (revenue['fee'] ?? 0) + amountMinor;
  const given = since.reducedTaxes.map(({ jurisdiction, amountMinor }) => ({
    jurisdiction,
    amountMinor: -amountMinor,
  }));
  return {
    total,
    devices,
    revenue,
    deferred,
    tax: taxAmounts([...taxes, ...given]),
    fees: since.feesMinor,
    reduced: since.reducedMinor,
    rounded: since.roundedMinor,
  };
}

interface Posted {
  rule: string;
  lines: readonly PostingLine[];
}

const sumOf = (lines: readonly PostingLine[], account: string): number =>
  lines.filter((line) => line.account === account).reduce((sum, line) => sum + line.amountMinor, 0);

/** Late fees and reductions of the invoice as a whole, from its postings. */
export function sinceOf(postings: readonly Posted[]): Since {
  const of = (...rules: string[]) =>
    postings.filter(({ rule }) => rules.includes(rule)).flatMap(({ lines }) => lines);
  const reductions = of('priceReduction');
  const taxes = new Map<string, number>();
  for (const { account, amountMinor } of reductions)
    if (account.startsWith(taxPrefix))
      taxes.set(
        account.slice(taxPrefix.length),
        (taxes.get(account.slice(taxPrefix.length)) ?? 0) + amountMinor,
      );
  return {
    feesMinor: -sumOf(of('lateFee', 'lateFeeWaived'), 'fees:late') || 0,
    reducedMinor: sumOf(reductions, 'priceReduction'),
    reducedTaxes: [...taxes].map(([jurisdiction, amountMinor]): TaxPart => ({ jurisdiction, amountMinor })),
    roundedMinor: sumOf(of('roundingDifference'), 'roundingDifference'),
  };
}

/** Without what earlier full credit notes, which did not cancel the invoice, took into account. */
export function sinceLeft(since: Since, notes: readonly Pick<CreditPlan, 'since'>[]): Since {
  const sum = (of: 'feesMinor' | 'reducedMinor' | 'roundedMinor') =>
    notes.reduce((left, note) => left - note.since[of], since[of]);
  const taken = notes.flatMap((note) => note.since.reducedTaxes);
  return {
    feesMinor: sum('feesMinor'),
    reducedMinor: sum('reducedMinor'),
    reducedTaxes: since.reducedTaxes.map(({ jurisdiction, amountMinor }) => ({
      jurisdiction,
      amountMinor: taken
        .filter((tax) => tax.jurisdiction === jurisdiction)
        .reduce((left, tax) => left - tax.amountMinor, amountMinor),
    })),
    roundedMinor: sum('roundedMinor'),
  };
}

const taxPrefix = 'taxPayable:';
