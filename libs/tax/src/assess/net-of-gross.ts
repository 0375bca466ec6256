import { parseRate } from '@tollkeeper/money';
import type { TaxRule } from '../table/tax-rule';
import { telescoped } from './exact-amount';
import { whyUntaxed } from './assess-taxes';
import { ruledParts } from './rules-in-force';
import type { AssessedTax, TaxableCharge, TaxInput } from './tax-input';

const hundred = 100n * 10n ** 12n;

/**
 * Prices that include their tax (consumer prices of the EU: Directive 98/6/EC Art. 2(a)). The price that was promised
 * stays to the cent: of all charges with the same rates the net is gross x 100 / (100 + rates), rounded once, and the tax
 * is what is left. Only taxes in percent of the whole charge can be inside a price; where none is due none is inside.
 */
export function netOfGross(
  rules: readonly TaxRule[],
  input: TaxInput,
): { charges: TaxableCharge[]; insideMinor: number } {
  const groups = new Map<bigint, { charge: TaxableCharge; at: number }[]>();
  input.charges.forEach((charge, at) => {
    const rate = charge.amountMinor === 0 ? 0n : rateInside(rules, charge, input);
    groups.set(rate, [...(groups.get(rate) ?? []), { charge, at }]);
  });
  const net = input.charges.map(({ amountMinor }) => amountMinor);
  for (const [rate, members] of groups) {
    const exact = { numerator: hundred, denominator: hundred + rate };
    const { parts } = telescoped(
      members.map(({ charge }) => charge.amountMinor),
      exact,
      'halfUp',
    );
    members.forEach(({ at }, index) => (net[at] = parts[index] ?? 0));
  }
  const charges = input.charges.map((charge, at) => ({ ...charge, amountMinor: net[at] ?? 0 }));
  const gross = input.charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return { charges, insideMinor: gross - charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0) };
}

function rateInside(rules: readonly TaxRule[], charge: TaxableCharge, input: TaxInput): bigint {
  const taxes = ruledParts(rules, charge, input)
    .filter(({ rule, rateOn }) => whyUntaxed(rule, rateOn, input) === null)
    .map(({ rule }) => rule);
  return taxes
    .filter(({ levy }) => levy === 'tax')
    .reduce((sum, { amount, taxId, onTopOf }) => {
      if (amount.kind === 'untaxed') return sum;
      if (amount.kind !== 'percentage' || amount.share !== undefined || amount.grossUp || onTopOf.length > 0)
        throw new RangeError(`${taxId} is no plain percentage of the charge: a price cannot include it`);
      return sum + parseRate(amount.percent);
    }, 0n);
}

/** The taxes of net charges, so that with them each charge is what was promised: the tax is the rest of the gross. */
export function keepingGross(
  taxes: readonly AssessedTax[],
  insideOf: (chargeId: string) => number,
): AssessedTax[] {
  const inside = taxes.filter(({ levy }) => levy === 'tax');
  const billed = new Map<string, number>();
  for (const { chargeId, amountMinor } of inside.flatMap(({ parts }) => parts))
    billed.set(chargeId, (billed.get(chargeId) ?? 0) + amountMinor);
  return taxes.map((tax) => {
    if (tax.levy !== 'tax') return tax;
    const parts = tax.parts.map((part) => {
      const off = insideOf(part.chargeId) - (billed.get(part.chargeId) ?? 0);
      billed.set(part.chargeId, insideOf(part.chargeId));
      return { ...part, amountMinor: part.amountMinor + off };
    });
    return { ...tax, parts, amountMinor: parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0) };
  });
}
