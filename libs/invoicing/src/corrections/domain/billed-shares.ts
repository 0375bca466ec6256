import type { Bill, BillTax } from '../../domain/bill';
import { lineNoOf, netOf } from '../../domain/line-parts';
import { shareOf } from '../../domain/ledger/proportional-tax';

type Billed = Pick<Bill, 'lines' | 'taxes'>;

/** What of one tax a line bears. */
export interface TaxShare {
  lineNo: number;
  baseMinor: number;
  amountMinor: number;
}

export const less = (share: TaxShare, { baseMinor, amountMinor }: TaxShare): TaxShare => ({
  lineNo: share.lineNo,
  baseMinor: share.baseMinor - baseMinor,
  amountMinor: share.amountMinor - amountMinor,
});

/**
 * Every tax line by line: by its own parts where the bill has them; else in the proportion of the lines that it can
 * have taxed. What belongs to no line (a fee for each line in service) has line 0.
 */
export function taxSharesOf({ lines, taxes }: Billed): TaxShare[][] {
  return taxes.map((tax) => (tax.parts ? byParts(tax.parts, lines) : inProportion(tax, lines)));
}

function byParts(parts: NonNullable<BillTax['parts']>, lines: Billed['lines']): TaxShare[] {
  const known = new Set(lines.map(({ lineNo }) => lineNo));
  const sums = new Map<number, TaxShare>();
  for (const { chargeId, baseMinor, amountMinor } of parts) {
    const named = lineNoOf(chargeId) ?? 0;
    const lineNo = known.has(named) ? named : 0;
    const before = sums.get(lineNo) ?? { lineNo, baseMinor: 0, amountMinor: 0 };
    sums.set(lineNo, {
      lineNo,
      baseMinor: before.baseMinor + baseMinor,
      amountMinor: before.amountMinor + amountMinor,
    });
  }
  return [...sums.values()];
}

function inProportion(tax: Pick<BillTax, 'baseMinor' | 'amountMinor'>, lines: Billed['lines']): TaxShare[] {
  const taxed = taxedBy(tax.baseMinor, lines);
  let [netBefore, taxBefore] = [0, 0];
  const allMinor = taxed.reduce((sum, line) => sum + netOf(line), 0);
  return taxed.map((line) => {
    netBefore += netOf(line);
    const through = shareOf(tax.amountMinor, netBefore, allMinor);
    const amountMinor = through - taxBefore;
    taxBefore = through;
    return { lineNo: line.lineNo, baseMinor: netOf(line), amountMinor };
  });
}

/** The lines of those tax codes whose amounts are the tax's base; all of them where that does not say it. */
function taxedBy(baseMinor: number, lines: Billed['lines']): Billed['lines'] {
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(line.taxCode, (sums.get(line.taxCode) ?? 0) + netOf(line));
  const codes = [...sums.keys()].slice(0, mostCodes);
  for (let set = 1; set < 2 ** codes.length; set++) {
    const chosen = codes.filter((_, at) => Math.floor(set / 2 ** at) % 2 === 1);
    if (chosen.reduce((sum, code) => sum + (sums.get(code) ?? 0), 0) === baseMinor)
      return lines.filter(({ taxCode }) => chosen.includes(taxCode));
  }
  return lines;
}

const mostCodes = 10;
