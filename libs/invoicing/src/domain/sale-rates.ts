import type { LocalDate } from '@tollkeeper/calendar';
import { parseRate } from '@tollkeeper/money';
import { rulesFor, type TaxInput, type TaxRule, whyUntaxed } from '@tollkeeper/tax';
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
  const odd = due.find(({ amount }) => amount.kind !== 'percentage' || !isPlain(amount));
  if (odd) return { rates: [], missing: `${odd.taxId} is no plain percentage: a price cannot contain it` };
  return { rates: due.flatMap(containedRate), missing: null };
}

const isPlain = ({ share, grossUp }: { share?: string; grossUp?: boolean }): boolean =>
  share === undefined && grossUp !== true;

const containedRate = ({ amount, jurisdiction, rounding }: TaxRule): ContainedRate[] =>
  amount.kind === 'percentage' && parseRate(amount.percent) !== 0n
    ? [{ jurisdiction, percent: amount.percent, rounding }]
    : [];

const asked = (input: SaleInput, trigger: TaxRule['trigger']): TaxInput => ({
  ...input,
  triggers: [trigger],
  billDate: input.on,
  paidOn: input.on,
  charges: [],
});

const rowsOf = (input: SaleInput, trigger: TaxRule['trigger']): TaxRule[] =>
  rulesFor(input.rules, [input.taxCode], input.jurisdictions, asked(input, trigger), () => input.on);
