import { divideRounded, fractionOf, parseRate, percentageOf } from '@tollkeeper/money';
import type { BilledOnce, BillLine } from '../bill';
import type { BillDiscount, LineDiscount } from '../bill-parts';
import type { DiscountGrant, DiscountTerms } from './discount-grants';
import { baseOf, type Portion, takeOff } from './take-off';

type DraftLine = Omit<BillLine, 'lineNo'>;

interface Discounted {
  /** By position of the line, in the order in which they were taken off. */
  lines: Map<number, LineDiscount[]>;
  bill: BillDiscount[];
  onceKeys: string[];
}

const levels = ['line', 'plan', 'bill'] as const;
const hundredPercent = 100n * 10n ** 12n;

/**
 * Allowances and prices are in the lines already. Then line, plan and bill discounts, percentages before fixed
 * amounts, each on what the ones before left; tax comes after, account credit last.
 */
export function applyDiscounts(
  lines: readonly DraftLine[],
  portions: readonly Portion[],
  grants: readonly DiscountGrant[],
  billedOnce: BilledOnce,
): Discounted {
  const result: Discounted = { lines: new Map(), bill: [], onceKeys: [] };
  for (const grant of [...grants].sort(byOrder)) {
    const use = nextUse(grant, billedOnce);
    if (use === 'usedUp') continue;
    const taken = takenBy(grant, lines, portions);
    if (taken.size === 0) continue;
    noteOnLines(grant, taken, result.lines);
    result.bill.push(summaryOf(grant, taken, use));
    if (use !== null) result.onceKeys.push(`${grant.discountKey}#${use}`);
  }
  return result;
}

const orderOf = ({ terms: { level, value, priority = 0, discountId }, discountKey }: DiscountGrant) =>
  [levels.indexOf(level), value.off === 'percentage' ? 0 : 1, priority, discountId, discountKey] as const;

function byOrder(left: DiscountGrant, right: DiscountGrant): number {
  const [lefts, rights] = [orderOf(left), orderOf(right)];
  const at = lefts.findIndex((value, index) => value !== rights[index]);
  return at === -1 ? 0 : (lefts[at] as string | number) < (rights[at] as string | number) ? -1 : 1;
}

/** Uses are numbered: one that a thrown away draft had is free again. `null`: not limited. */
function nextUse(
  { terms: { periods }, discountKey }: DiscountGrant,
  billedOnce: BilledOnce,
): number | null | 'usedUp' {
  if (periods === undefined) return null;
  for (let use = 1; use <= periods; use += 1) if (!billedOnce.has(`${discountKey}#${use}`)) return use;
  return 'usedUp';
}

type Taken = Map<Portion, number>;

function takenBy(
  { terms, groups }: DiscountGrant,
  lines: readonly DraftLine[],
  all: readonly Portion[],
): Taken {
  const taken: Taken = new Map();
  const note = (part: Taken) => part.forEach((minor, portion) => taken.set(portion, minor));
  for (const group of groups) {
    const units = firstUnitsOf(terms, lines, group);
    const alone = terms.level === 'line' && terms.value.off === 'percentage';
    let leftOfCap = capOf(terms);
    for (const positions of alone ? group.map((position) => [position]) : [group]) {
      const scope = all.filter(
        ({ position, taxCode }) =>
          positions.includes(position) && (terms.appliesTo?.taxCodes?.includes(taxCode) ?? true),
      );
      const part = takeOff(Math.min(wantedOf(terms, scope, units), leftOfCap), terms.value.off, scope, all);
      leftOfCap -= sumOf([...part.values()]);
      note(part);
    }
  }
  return taken;
}

/** What a percentage takes off at most, for each group of lines. */
const capOf = ({ value }: DiscountTerms): number =>
  value.off === 'percentage' ? (value.atMostMinor ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER;

interface Units {
  taken: number;
  chargeable: number;
}

function wantedOf(
  { value }: DiscountTerms,
  scope: readonly Portion[],
  units: Map<number, Units> | null,
): number {
  if (value.off === 'fixed')
    return Math.min(
      value.amountMinor,
      units ? sumOf(scope.map((each) => shareOf(each, units))) : baseOf(scope),
    );
  if (!units) return percentageOf(baseOf(scope), value.percent, 'halfUp');
  const [first] = scope;
  const { taken, chargeable } = units.get(first?.position ?? -1) ?? { taken: 0, chargeable: 1 };
  return Number(
    divideRounded(
      BigInt(baseOf(scope)) * BigInt(taken) * parseRate(value.percent),
      BigInt(chargeable) * hundredPercent,
      'halfUp',
    ),
  );
}

const shareOf = ({ position, leftMinor }: Portion, units: Map<number, Units>): number => {
  const { taken, chargeable } = units.get(position) ?? { taken: 0, chargeable: 1 };
  return leftMinor <= 0 ? 0 : fractionOf(leftMinor, { numerator: taken, denominator: chargeable }, 'halfUp');
};

const sumOf = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0);

/** The first units that cost money, line after line; `null`: all of them. */
function firstUnitsOf(
  { level, firstUnits }: DiscountTerms,
  lines: readonly DraftLine[],
  group: readonly number[],
): Map<number, Units> | null {
  if (level !== 'line' || firstUnits === undefined) return null;
  const units = new Map<number, Units>();
  let left = firstUnits;
  for (const position of group) {
    const line = lines[position];
    if (line?.kind !== 'usage') continue;
    const chargeable = Math.max(0, line.quantity - line.includedQuantity);
    const taken = Math.min(left, chargeable);
    left -= taken;
    if (chargeable > 0) units.set(position, { taken, chargeable });
  }
  return units;
}

function noteOnLines(
  { discountKey, terms: { name, level } }: DiscountGrant,
  taken: Taken,
  lines: Map<number, LineDiscount[]>,
): void {
  const sums = new Map<number, number>();
  for (const [{ position }, minor] of taken) sums.set(position, (sums.get(position) ?? 0) + minor);
  for (const [position, minor] of sums)
    lines.set(position, [...(lines.get(position) ?? []), { discountKey, name, level, amountMinor: -minor }]);
}

function summaryOf(
  { discountKey, terms, offeringId, offeringVersion, accountDiscountId, code }: DiscountGrant,
  taken: Taken,
  use: number | null,
): BillDiscount {
  const codes = new Map<string, number>();
  for (const [{ taxCode }, minor] of taken) codes.set(taxCode, (codes.get(taxCode) ?? 0) - minor);
  const { discountId, name, level, value, periods } = terms;
  return {
    discountKey,
    discountId,
    name,
    level,
    value,
    offeringId,
    offeringVersion,
    accountDiscountId,
    code,
    amountMinor: sumOf([...codes.values()]),
    byTaxCode: [...codes].sort().map(([taxCode, amountMinor]) => ({ taxCode, amountMinor })),
    use,
    of: periods ?? null,
  };
}
