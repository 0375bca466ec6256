/** A bill as the auditor adds it up: what is on it, and what it says it is. */
export interface ChargedBill {
  _id: string;
  netMinor: number;
  taxMinor: number;
  totalMinor: number;
  onceKeys?: string[];
  /** Another invoice has taken its place, and its keys. */
  replacedBy?: string | null;
  lines: {
    lineNo: number;
    amountMinor: number;
    taxInsideMinor?: number | null;
    onceKey?: string | null;
    /** Of an instalment: which ones the line asks for. */
    kind?: string;
    device?: { planId: string; no: number; through: number } | null;
    discounts?: { discountKey: string; amountMinor: number }[];
    allocation?: { revenue: Amount[]; tax: Amount[] } | null;
  }[];
  discounts?: {
    discountKey: string;
    amountMinor: number;
    use: number | null;
    of: number | null;
    byTaxCode: Amount[];
  }[];
  taxes: Amount[];
  recoveryFees?: Amount[] | null;
}

interface Amount {
  amountMinor: number;
}

/** Given back with a line that was discounted when it was billed: no promotion of this bill. */
const ofEarlierBills = new Set(['asBilled', 'credited']);

const sum = (parts: readonly Amount[]): number =>
  parts.reduce((total, { amountMinor }) => total + amountMinor, 0);

/** Lines + discounts + recovery fees + tax = total; promotions name what they took; both divisions of a bundle add up. */
export function chargeFaults(bill: ChargedBill): string[] {
  return [...sumFaults(bill), ...promotionFaults(bill), ...onceFaults(bill), ...allocationFaults(bill)];
}

function sumFaults({ lines, taxes, recoveryFees, netMinor, taxMinor, totalMinor }: ChargedBill): string[] {
  const inside = lines.reduce((total, { taxInsideMinor }) => total + (taxInsideMinor ?? 0), 0);
  const listed = sum(lines) + sum(recoveryFees ?? []) - inside;
  const off = sum(lines.flatMap(({ discounts = [] }) => discounts));
  const tax = sum(taxes);
  if (listed + off === netMinor && tax === taxMinor && listed + off + tax === totalMinor) return [];
  return [
    `lines and recovery fees ${listed}, discounts ${off} and taxes ${tax}; it says net ${netMinor}, tax ${taxMinor}, total ${totalMinor}`,
  ];
}

function promotionFaults({ lines, discounts = [] }: ChargedBill): string[] {
  const onLines = new Map<string, number>();
  for (const { discountKey, amountMinor } of lines.flatMap((line) => line.discounts ?? []))
    if (!ofEarlierBills.has(discountKey))
      onLines.set(discountKey, (onLines.get(discountKey) ?? 0) + amountMinor);
  const faults: string[] = [];
  for (const { discountKey, amountMinor, byTaxCode, use, of } of discounts) {
    if (onLines.get(discountKey) !== amountMinor || sum(byTaxCode) !== amountMinor)
      faults.push(
        `promotion ${discountKey} takes off ${amountMinor}, its lines ${onLines.get(discountKey) ?? 0}`,
      );
    if (amountMinor >= 0) faults.push(`promotion ${discountKey} lowers nothing (${amountMinor})`);
    if ((use === null) !== (of === null) || (use !== null && of !== null && (use < 1 || use > of)))
      faults.push(`promotion ${discountKey} is used for the ${use}. time of ${of}`);
    onLines.delete(discountKey);
  }
  for (const discountKey of onLines.keys())
    faults.push(`lines name promotion ${discountKey}, the bill does not`);
  return faults;
}

/** Named once by a line or a promotion, and among the keys that no other live bill may have. */
function onceFaults({ lines, discounts = [], onceKeys = [], replacedBy }: ChargedBill): string[] {
  if (replacedBy) return [];
  const named = [
    ...lines.flatMap(({ onceKey }) => onceKey ?? []),
    ...lines.flatMap(instalmentKeys),
    ...discounts.flatMap(({ discountKey, use }) => (use === null ? [] : [`${discountKey}#${use}`])),
  ].sort();
  const kept = [...onceKeys].sort();
  if (named.join() === kept.join() && new Set(kept).size === kept.length) return [];
  return [`charges once ${named.join(', ') || 'nothing'}, and keeps ${kept.join(', ') || 'nothing'}`];
}

function instalmentKeys({ kind, device }: ChargedBill['lines'][number]): string[] {
  if (kind !== 'instalment' || !device) return [];
  const { planId, no, through } = device;
  return Array.from({ length: through - no + 1 }, (_, at) => `instalment/${planId}/${no + at}`);
}

const allocationFaults = ({ lines }: ChargedBill): string[] =>
  lines.flatMap(({ lineNo, amountMinor, taxInsideMinor, discounts = [], allocation }) => {
    if (!allocation) return [];
    const net = amountMinor + sum(discounts) - (taxInsideMinor ?? 0);
    const [revenue, tax] = [sum(allocation.revenue), sum(allocation.tax)];
    return revenue === net && tax === net
      ? []
      : [`line ${lineNo} is ${net}, divided into ${revenue} of revenue and ${tax} of tax base`];
  });
