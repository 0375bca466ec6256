import { addMonths, type LocalDate } from '@tollkeeper/calendar';
import { type CappedBefore, capKey, isOfMonth, type TaxableCharge, type TaxRule } from '@tollkeeper/tax';
import type { Bill, BillLine } from './bill';
import { lineNoOf } from './line-parts';

const mostMonths = 120;

/** The calendar month of service in which a line's period begins, and for how many months it is. */
export function serviceMonth({
  from,
  to,
  chargePeriod,
}: Pick<BillLine, 'from' | 'to' | 'chargePeriod'>): Required<Pick<TaxableCharge, 'month' | 'months'>> {
  const whole = chargePeriod ?? { from, to };
  let months = 1;
  while (months < mostMonths && addMonths(whole.from, months + 1) <= whole.to) months += 1;
  return { month: whole.from.slice(0, 7), months };
}

export type TaxedBill = Pick<Bill, 'lines' | 'taxes' | 'recoveryFees'>;

export const hasMonthlyCap = ({ amount }: TaxRule): boolean =>
  amount.kind === 'percentage' && isOfMonth(amount.capAt);

/** What other live bills have taxed of months whose tax is capped, by `capKey`. */
export function cappedBefore(
  bills: readonly TaxedBill[],
  rules: readonly TaxRule[],
): Map<string, CappedBefore> {
  const capped = rules.filter(hasMonthlyCap);
  const before = new Map<string, CappedBefore>();
  for (const { lines, taxes, recoveryFees = [] } of bills) {
    const byNo = new Map(lines.map((line) => [line.lineNo, line]));
    for (const tax of [...taxes, ...recoveryFees]) {
      const rule = capped.find(
        ({ taxId, jurisdiction }) => taxId === tax.taxId && jurisdiction === tax.jurisdiction,
      );
      const capAt = rule?.amount.kind === 'percentage' ? rule.amount.capAt : undefined;
      if (!rule || !isOfMonth(capAt)) continue;
      for (const { chargeId, baseMinor, amountMinor } of tax.parts ?? []) {
        const line = byNo.get(lineNoOf(chargeId) ?? 0);
        if (!line) continue;
        const key = capKey(rule, capAt, { ...lineIdOf(line), month: serviceMonth(line).month });
        const sum = before.get(key) ?? { baseMinor: 0, amountMinor: 0 };
        before.set(key, {
          baseMinor: sum.baseMinor + baseMinor,
          amountMinor: sum.amountMinor + amountMinor,
        });
      }
    }
  }
  return before;
}

export const lineIdOf = ({ subscriptionId }: Pick<BillLine, 'subscriptionId'>): { lineId?: string } =>
  subscriptionId === null ? {} : { lineId: subscriptionId };

/** Bills whose months may still be billed or given back: a year of a charge, and the bill after it. */
export const cappedSince = (cutOffOn: LocalDate): LocalDate => addMonths(cutOffOn, -14);
