import type { BillTax } from '../../domain/bill';
import { less, type TaxShare } from './billed-shares';
import { creditedShare } from './credited-tax';
import type { CreditableInvoice, Step } from './plan-credit';

interface Amounts {
  baseMinor: number;
  amountMinor: number;
}

/** What credit notes and later bills gave back of each tax of each line, to be taken off what the line bore. */
export interface LevyPool {
  /** `null`: not kept, it is told by what was credited of the lines. */
  credited: Map<string, Amounts> | null;
  returned: Map<string, Amounts>;
}

type Named = Pick<BillTax, 'taxId' | 'jurisdiction'>;

const returnKey = (lineNo: number, { taxId, jurisdiction }: Named): string =>
  `${lineNo}/${jurisdiction}/${taxId}`;

const creditKey = (lineNo: number, tax: Named & { percent: string | null; rate?: string }): string =>
  `${returnKey(lineNo, tax)}/${tax.percent ?? ''}/${tax.rate ?? ''}`;

export function levyPool({ creditedLevies, returned = [] }: CreditableInvoice): LevyPool {
  const pool: LevyPool = { credited: creditedLevies ? new Map() : null, returned: new Map() };
  for (const tax of creditedLevies ?? [])
    for (const part of tax.parts) add(pool.credited, creditKey(part.lineNo, tax), part);
  for (const { lineNo, levies = [] } of returned)
    for (const levy of levies) add(pool.returned, returnKey(lineNo, levy), levy);
  return pool;
}

function add(pool: Map<string, Amounts> | null, key: string, { baseMinor, amountMinor }: Amounts): void {
  const before = pool?.get(key) ?? { baseMinor: 0, amountMinor: 0 };
  pool?.set(key, {
    baseMinor: before.baseMinor + baseMinor,
    amountMinor: before.amountMinor + amountMinor,
  });
}

/** Never more than the share, and never with another sign. */
function take(pool: Map<string, Amounts>, key: string, share: TaxShare): TaxShare {
  const there = pool.get(key) ?? { baseMinor: 0, amountMinor: 0 };
  const taken = {
    lineNo: share.lineNo,
    baseMinor: within(there.baseMinor, share.baseMinor),
    amountMinor: within(there.amountMinor, share.amountMinor),
  };
  pool.set(key, less({ lineNo: share.lineNo, ...there }, taken));
  return taken;
}

const within = (minor: number, limit: number): number =>
  limit < 0 ? Math.max(limit, Math.min(0, minor)) : Math.min(limit, Math.max(0, minor));

/** What a full credit note gives back of a line's tax: all that the line bore and that did not come back yet. */
export function restOfShare(tax: BillTax, share: TaxShare, step: Step | undefined, pool: LevyPool): TaxShare {
  const ofLine = tax.onPartialCredit === 'keep' ? undefined : step;
  const open = less(share, creditedBefore(tax, share, ofLine, pool));
  if (!ofLine || ofLine.toMinor === ofLine.netMinor) return open;
  const key = returnKey(share.lineNo, tax);
  // Given back under another law or in another place: what is left is taxed as it was billed.
  if (!pool.returned.has(key))
    return less(
      creditedShare(tax, share, ofLine),
      creditedBefore(tax, share, ofLine, { ...pool, credited: null }),
    );
  const rest = less(open, take(pool.returned, key, open));
  return ofLine.toMinor === ofLine.fromMinor ? { ...rest, baseMinor: 0, amountMinor: 0 } : rest;
}

function creditedBefore(
  tax: BillTax,
  share: TaxShare,
  step: Step | undefined,
  { credited }: Pick<LevyPool, 'credited'>,
): TaxShare {
  if (credited) return take(credited, creditKey(share.lineNo, tax), share);
  return step
    ? creditedShare(tax, share, { ...step, toMinor: step.fromMinor })
    : { ...share, baseMinor: 0, amountMinor: 0 };
}
