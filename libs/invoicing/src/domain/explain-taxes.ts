import { addDays } from '@tollkeeper/calendar';
import { formatMoney } from '@tollkeeper/money';
import type { Bill, BillLine, BillTax } from './bill';
import type { LineStep } from './explain-line';
import { lineNoOf } from './line-parts';

const ofTheDay: Record<NonNullable<BillTax['rateDate']>, string> = {
  billDate: 'day of the bill',
  serviceEnd: 'last day of service',
  supply: 'day of supply',
  payment: 'day of payment',
};

/** Which taxes and fees a line bears: its part of each, under which law and by the rate of which day. */
export const explainTaxes = (
  { lineNo, to }: Pick<BillLine, 'lineNo' | 'to'>,
  { taxes, recoveryFees = [], currency }: Pick<Bill, 'taxes' | 'recoveryFees' | 'currency'>,
): LineStep[] =>
  [...recoveryFees, ...taxes].flatMap((tax) => {
    const own = (tax.parts ?? []).filter(({ chargeId }) => lineNoOf(chargeId) === lineNo);
    if (own.length === 0) return [];
    const sum = (of: 'baseMinor' | 'amountMinor') => own.reduce((total, part) => total + part[of], 0);
    const money = (minor: number) => formatMoney({ minor, currency }, 'en');
    // A rule's lines may end on several days, of which the bill keeps the last.
    const rateOn = tax.rateDate === 'serviceEnd' ? addDays(to, -1) : (tax.rateOn ?? null);
    const day = rateOn && tax.rateDate ? `, rate of ${rateOn} (${ofTheDay[tax.rateDate]})` : '';
    const whole = tax.roundAt === 'bill' ? `, its part of ${money(tax.amountMinor)} on the bill` : '';
    return [
      {
        step: 'levy' as const,
        text: `${tax.name}, ${tax.rate ?? ''} on ${money(sum('baseMinor'))}: ${money(sum('amountMinor'))}${whole}${day}; ${tax.law}`,
        amountMinor: sum('amountMinor'),
        from: {
          taxId: tax.taxId,
          jurisdiction: tax.jurisdiction,
          ruleKey: tax.ruleKey ?? null,
          levy: tax.levy ?? 'tax',
          rate: tax.rate ?? null,
          rateOn,
          baseMinor: sum('baseMinor'),
          rounding: `${tax.rounding} per ${tax.roundAt ?? 'bill'}`,
          law: tax.law,
        },
      },
    ];
  });
