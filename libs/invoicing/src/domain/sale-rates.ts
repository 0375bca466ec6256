import type { LocalDate } from '@tollkeeper/calendar';
import {
  amountRate,
  type ExactRate,
  ratesOfNet,
  rulesFor,
  type TaxInput,
  type TaxRule,
  times,
  whyUntaxed,
} from '@tollkeeper/tax';
import type { ContainedRate } from './ledger/contained-tax';

export interface SaleInput extends Pick<
  TaxInput,
  'currency' | 'jurisdictions' | 'segment' | 'certificates' | 'notCharged' | 'reverseCharge'
> {
  rules: readonly TaxRule[];
  taxCode: string;
  /** `sale`: when it is sold, on the day of payment; `use`: when it is used, at the latest on the last service day. */
  taxAt: 'sale' | 'use';
  on: LocalDate;
}

/**
 * The taxes that lie in the price of prepaid service. A place whose table has rows for the retail sale (or the
 * redemption) has said all with them; elsewhere the taxes of bills hold. `missing`: no row speaks of it, or one that
 * a price cannot contain.
 */
export function saleRates(input: SaleInput): { rates: ContainedRate[]; missing: string | null } {
  const own = rowsOf(input, input.taxAt === 'sale' ? 'retailSale' : 'redemption');
  const found = own.length > 0 ? own : rowsOf(input, 'bill');
  if (found.length === 0) {
    const places = input.jurisdictions.join(' or ');
    return { rates: [], missing: `tax code "${input.taxCode}" in ${places} on ${input.on}` };
  }
  const due = found.filter((rule) => whyUntaxed(rule, input.on, { ...asked(input, 'bill') }) === null);
  const odd = due.find((rule) => !isContained(rule, due));
  if (odd) return { rates: [], missing: `${odd.taxId} is no plain percentage: a price cannot contain it` };
  return { rates: containedRates(due, input.currency), missing: null };
}

/** Percentages and amounts for each sale; a share of the price, a cap or a tax on an amount is no matter of the price alone. */
function isContained({ amount, onTopOf }: TaxRule, due: readonly TaxRule[]): boolean {
  if (amount.kind === 'fixed') return true;
  if (amount.kind !== 'percentage' || amount.share !== undefined || amount.capMinor !== undefined)
    return false;
  return !due.some(({ taxId, amount: below }) => below.kind === 'fixed' && onTopOf.includes(taxId));
}

const noRate: ExactRate = { numerator: 0n, denominator: 1n };

function containedRates(due: readonly TaxRule[], currency: string): ContainedRate[] {
  const fixed = due.flatMap(({ amount, jurisdiction, rounding }): ContainedRate[] =>
    amount.kind === 'fixed'
      ? [
          {
            ...{ jurisdiction, rounding, rate: noRate },
            fixedMinor: times(amountRate(amount.amount, currency), 1, rounding),
          },
        ]
      : [],
  );
  const rates = ratesOfNet(due.filter(({ amount }) => amount.kind !== 'fixed'))
    .filter(({ rate }) => rate.numerator !== 0n)
    .map(({ rule: { jurisdiction, rounding }, rate }) => ({ jurisdiction, rounding, rate }));
  return [...fixed, ...rates];
}

const asked = (input: SaleInput, trigger: TaxRule['trigger']): TaxInput => ({
  ...input,
  triggers: [trigger],
  billDate: input.on,
  paidOn: input.on,
  charges: [],
});

const rowsOf = (input: SaleInput, trigger: TaxRule['trigger']): TaxRule[] =>
  rulesFor(input.rules, [input.taxCode], input.jurisdictions, asked(input, trigger), () => input.on);
