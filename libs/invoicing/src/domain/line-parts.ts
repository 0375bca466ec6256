import type { OfferingVersion, RevenueCategory } from '@tollkeeper/contracts';
import { allocate } from '@tollkeeper/money';
import type { BillLine } from './bill';
import { isMove } from './devices/device-lines';
import type { LineAllocation } from './bill-parts';
import type { Portion } from './discounts/take-off';

type Amounts = Pick<BillLine, 'amountMinor' | 'discounts' | 'taxInsideMinor'>;

/** What the line costs after discounts, before tax. */
export const netOf = ({ amountMinor, discounts = [], taxInsideMinor = 0 }: Amounts): number =>
  discounts.reduce((sum, each) => sum + each.amountMinor, amountMinor - taxInsideMinor);

type Divided = Amounts & Pick<BillLine, 'kind' | 'allocation' | 'taxCode' | 'revenueCategory'>;

/** What tax is asked of: a bundle's line is several. Taxes name their parts by `chargeId`: `3`, or `3/<component>`. */
export const taxPartsOf = (
  line: Divided & Pick<BillLine, 'lineNo'>,
): { chargeId: string; taxCode: string; amountMinor: number }[] =>
  line.allocation
    ? line.allocation.tax.map(({ componentId, taxCode, amountMinor }) => ({
        chargeId: `${line.lineNo}/${componentId}`,
        taxCode,
        amountMinor,
      }))
    : [{ chargeId: `${line.lineNo}`, taxCode: line.taxCode, amountMinor: netOf(line) }];

/** The line that a part of a tax is of; `null`: a fee for a line in service, which stands on no charge. */
export const lineNoOf = (chargeId: string): number | null => {
  const [lineNo = ''] = chargeId.split('/');
  return /^\d+$/.test(lineNo) ? Number(lineNo) : null;
};

/** Takes the tax out of a price that includes it; `net` is each charge without it. */
export function netOfTax(
  line: BillLine,
  net: ReadonlyMap<string, number>,
  offerings: readonly OfferingVersion[],
): BillLine {
  const parts = taxPartsOf(line);
  const amounts = parts.map(({ chargeId, amountMinor }) => net.get(chargeId) ?? amountMinor);
  const taxInsideMinor = parts.reduce((sum, part, at) => sum + part.amountMinor - (amounts[at] ?? 0), 0);
  if (taxInsideMinor === 0) return line;
  const lowered = { ...line, taxInsideMinor };
  const portions = parts.map(({ taxCode }, at) => ({ position: 0, taxCode, leftMinor: amounts[at] ?? 0 }));
  const allocation = line.allocation ? allocationOf(lowered, portions, offerings) : null;
  return allocation ? { ...lowered, allocation } : lowered;
}

/** What is earned, by category. */
export function revenuePartsOf(line: Divided): { revenueCategory: RevenueCategory; amountMinor: number }[] {
  if (isMove(line)) return [];
  if (!line.allocation) return [{ revenueCategory: line.revenueCategory, amountMinor: netOf(line) }];
  const sums = new Map<RevenueCategory, number>();
  for (const { revenueCategory, amountMinor } of line.allocation.revenue)
    sums.set(revenueCategory, (sums.get(revenueCategory) ?? 0) + amountMinor);
  return [...sums].map(([revenueCategory, amountMinor]) => ({ revenueCategory, amountMinor }));
}

type DraftLine = Omit<BillLine, 'lineNo'>;

/** A bundle's recurring price is divided; what it sells once and what is used beyond it has categories of its own. */
const bundleOf = (line: DraftLine, offerings: readonly OfferingVersion[]) =>
  line.kind === 'recurring'
    ? offerings.find(
        ({ offeringId, version }) => offeringId === line.offeringId && version === line.offeringVersion,
      )?.bundle
    : undefined;

const weightOf = (share: { millionths: number } | { amountMinor: number }): number =>
  'millionths' in share ? share.millionths : share.amountMinor;

/** A line's tax categories with what is in each of them. */
export function portionsOf(
  line: DraftLine,
  position: number,
  offerings: readonly OfferingVersion[],
): Portion[] {
  const bundle = bundleOf(line, offerings);
  if (!bundle) return [{ position, taxCode: line.taxCode, leftMinor: netOf(line) }];
  const parts = allocate(netOf(line), bundle.tax.shares.map(weightOf));
  return bundle.tax.shares.map(({ componentId }, at) => ({
    position,
    taxCode: bundle.components.find((each) => each.componentId === componentId)?.taxCode ?? line.taxCode,
    leftMinor: parts[at] ?? 0,
  }));
}

/** Both divisions of what is left after discounts; the tax parts are what each discount left of its tax category. */
export function allocationOf(
  line: DraftLine,
  portions: readonly Portion[],
  offerings: readonly OfferingVersion[],
): LineAllocation | null {
  const bundle = bundleOf(line, offerings);
  if (!bundle) return null;
  const components = new Map(bundle.components.map((each) => [each.componentId, each]));
  const earned = allocate(netOf(line), bundle.revenue.shares.map(weightOf));
  return {
    revenue: bundle.revenue.shares.map(({ componentId }, at) => ({
      componentId,
      name: components.get(componentId)?.name ?? componentId,
      revenueCategory: components.get(componentId)?.revenueCategory ?? line.revenueCategory,
      amountMinor: earned[at] ?? 0,
    })),
    tax: bundle.tax.shares.map(({ componentId }, at) => ({
      componentId,
      name: components.get(componentId)?.name ?? componentId,
      taxCode: components.get(componentId)?.taxCode ?? line.taxCode,
      taxCategory: components.get(componentId)?.taxCategory ?? 'other',
      amountMinor: portions[at]?.leftMinor ?? 0,
    })),
  };
}
