import { percentageOf, type RoundingMode } from '@tollkeeper/money';
import { feeOf, servedLineOf } from '@tollkeeper/tax';

interface ShownTax {
  taxId: string;
  jurisdiction: string;
  law?: string | null;
  percent: string | null;
  rate?: string | null;
  rounding: RoundingMode;
  roundAt?: string | null;
  baseMinor: number;
  amountMinor: number;
  parts?: { chargeId: string; baseMinor: number; amountMinor: number }[] | null;
}

/** A bill's taxes as the auditor looks at them. */
export interface TaxedBill {
  _id: string;
  lines: { lineNo: number; taxInsideMinor?: number | null }[];
  taxes: ShownTax[];
  recoveryFees?: ShownTax[] | null;
  feeKeys?: string[] | null;
  /** Another invoice has taken its place, and its keys. */
  replacedBy?: string | null;
}

/** Each tax is its parts, and its base x rate where the rate is plain; each fee per line has its key. */
export function taxFaults(bill: TaxedBill): string[] {
  const all = [...bill.taxes, ...(bill.recoveryFees ?? [])];
  return [
    ...all.flatMap((tax) => [...partFaults(tax, bill), ...rateFaults(tax, bill)]),
    ...keyFaults(all, bill),
  ];
}

function partFaults(tax: ShownTax, { lines }: TaxedBill): string[] {
  const { taxId, parts, amountMinor, baseMinor, law } = tax;
  const faults = law ? [] : [`${taxId} names no law`];
  if (!parts) return faults;
  const sum = (of: 'amountMinor' | 'baseMinor') => parts.reduce((total, part) => total + part[of], 0);
  if (sum('amountMinor') !== amountMinor)
    faults.push(`${taxId} is ${amountMinor}, its parts ${sum('amountMinor')}`);
  if (sum('baseMinor') !== baseMinor)
    faults.push(`${taxId} is on ${baseMinor}, its parts on ${sum('baseMinor')}`);
  const known = new Set(lines.map(({ lineNo }) => `${lineNo}`));
  for (const { chargeId } of parts)
    if (servedLineOf(chargeId) === null && !known.has(chargeId.split('/')[0] ?? ''))
      faults.push(`${taxId} is on ${chargeId}, which the bill has not`);
  return faults;
}

/** Prices that include their tax keep the gross: there the tax is the rest. */
function rateFaults(tax: ShownTax, { lines }: TaxedBill): string[] {
  const { taxId, percent, rate, roundAt, rounding, baseMinor, amountMinor } = tax;
  const isPlain = percent !== null && (rate === `${percent} %` || !rate) && roundAt !== 'line';
  if (!isPlain || lines.some(({ taxInsideMinor }) => taxInsideMinor)) return [];
  const expected = percentageOf(baseMinor, percent, rounding);
  return expected === amountMinor
    ? []
    : [`${taxId} of ${percent} % on ${baseMinor} is ${amountMinor}, should be ${expected}`];
}

function keyFaults(taxes: readonly ShownTax[], { feeKeys, replacedBy }: TaxedBill): string[] {
  if (replacedBy) return [];
  const charged = taxes.flatMap((tax) =>
    (tax.parts ?? []).flatMap(({ chargeId }) => {
      const line = servedLineOf(chargeId);
      return line ? [`${feeOf(tax)}/${line.lineId}/${line.month}`] : [];
    }),
  );
  const kept = feeKeys ?? [];
  return [...charged].sort().join() === [...kept].sort().join()
    ? []
    : [`charges the fees ${charged.join(', ') || 'none'} and keeps ${kept.join(', ') || 'none'}`];
}
