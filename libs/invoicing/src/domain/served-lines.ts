import {
  addDays,
  type Cycle,
  intersect,
  type LocalDate,
  monthIndexOf,
  type Period,
} from '@tollkeeper/calendar';
import type { OfferingVersion } from '@tollkeeper/contracts';
import { feeOf, type ServedLine, servedLineOf, type TaxRule } from '@tollkeeper/tax';
import type { BilledOnce, BillTax, LastBilled } from './bill';
import type { ChargeHolder } from './charge-holders';
import { linePlaceOf, type TaxPlace } from './tax-place';
import { versionOn } from './offering-versions';

interface ServedInput {
  cycle: Cycle;
  startsOn: LocalDate;
  cutOffOn: LocalDate;
  offerings: readonly OfferingVersion[];
  lastBilled: LastBilled | null;
  holders: readonly ChargeHolder[];
  rules: readonly TaxRule[];
  /** Of the account and of all its services. */
  places: readonly string[];
  /** Where services are taxed elsewhere than the account. Absent: nowhere. */
  place?: TaxPlace | null;
  /** `feeKeys` of other live bills. */
  feesBefore: BilledOnce;
}

/** Two centuries are enough for any account, and stop a wrong date. */
const mostMonths = 2400;

/**
 * Lines in service since the last bill, by calendar month: a fee per line is due for each month in which the line was
 * served on any day, whole, and the first bill that reaches into the month has it.
 */
export function servedLines(input: ServedInput): ServedLine[] {
  const fees = lineFees(input.rules, input.places);
  if (fees.length === 0) return [];
  const { lastBilled, startsOn, cutOffOn } = input;
  const from = lastBilled && lastBilled.periodTo > startsOn ? lastBilled.periodTo : startsOn;
  if (from >= cutOffOn) return [];
  const lines = new Map<string, ServedLine>();
  for (const holder of input.holders) {
    const days = holder.kind === 'subscription' ? intersect(holder.days, { from, to: cutOffOn }) : null;
    if (!days) continue;
    const taxCodes = codesOf(holder, days, input);
    for (const month of monthsOf(days)) {
      const key = `${holder.rootId}/${month}`;
      const before = lines.get(key)?.taxCodes ?? [];
      const own = linePlaceOf(input.place ?? null, holder.subscriptionId);
      lines.set(key, {
        ...{ lineId: holder.rootId, month, taxCodes: [...new Set([...before, ...taxCodes])] },
        ...(own ? { jurisdictions: own.jurisdictions } : {}),
      });
    }
  }
  return [...lines.values()].map((line) => {
    const chargedBefore = fees.filter((fee) => input.feesBefore.has(`${fee}/${line.lineId}/${line.month}`));
    return chargedBefore.length > 0 ? { ...line, chargedBefore } : line;
  });
}

/** All keys under which earlier bills may have these fees. */
export const feeKeysOf = (input: Omit<ServedInput, 'feesBefore'>): string[] => {
  const fees = lineFees(input.rules, input.places);
  const lines = servedLines({ ...input, feesBefore: new Set<string>() });
  return lines.flatMap(({ lineId, month }) => fees.map((fee) => `${fee}/${lineId}/${month}`));
};

/** What the bill charges for lines and months, one key each: no other live bill has it. */
export const chargedFeeKeys = (taxes: readonly BillTax[]): string[] =>
  taxes.flatMap((tax) =>
    (tax.parts ?? []).flatMap(({ chargeId }) => {
      const line = servedLineOf(chargeId);
      return line ? [`${feeOf(tax)}/${line.lineId}/${line.month}`] : [];
    }),
  );

const feesOfTable = new WeakMap<readonly TaxRule[], TaxRule[]>();

function lineFees(rules: readonly TaxRule[], places: readonly string[]): string[] {
  const known = feesOfTable.get(rules) ?? rules.filter(({ trigger }) => trigger === 'lineMonth');
  feesOfTable.set(rules, known);
  return [...new Set(known.filter(({ jurisdiction }) => places.includes(jurisdiction)).map(feeOf))];
}

function monthsOf({ from, to }: Period): string[] {
  const [first, last] = [monthIndexOf(from), monthIndexOf(addDays(to, -1))];
  return Array.from({ length: Math.min(last - first + 1, mostMonths) }, (_, at) => monthText(first + at));
}

const monthText = (index: number): string =>
  `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;

/** What the line can do, by everything its plan sells. */
function codesOf(
  { offeringId }: ChargeHolder,
  { from }: Period,
  { offerings, cycle }: ServedInput | Omit<ServedInput, 'feesBefore'>,
): string[] {
  const offering = versionOn(offerings, offeringId, from, cycle.zone);
  if (!offering) return [];
  const { recurringCharges, bundle, usageTaxCode } = offering;
  return [
    ...recurringCharges.map(({ taxCode }) => taxCode),
    ...(bundle?.components ?? []).map(({ taxCode }) => taxCode),
    usageTaxCode,
  ];
}
