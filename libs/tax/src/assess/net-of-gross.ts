import type { TaxRule } from '../table/tax-rule';
import { type ExactRate, telescoped } from './exact-amount';
import { rateInside } from './rate-inside';
import type { AssessedTax, TaxableCharge, TaxInput } from './tax-input';

/**
 * Prices that include their tax (consumer prices of the EU: Directive 98/6/EC Art. 2(a)). The price that was promised
 * stays to the cent: of all charges with the same rates the net is gross x 100 / (100 + rates), rounded once, and the tax
 * is what is left. Only percentages can be inside a price; where none is due none is inside.
 */
export function netOfGross(
  rules: readonly TaxRule[],
  input: TaxInput,
): { charges: TaxableCharge[]; insideMinor: number } {
  const groups = new Map<string, { rate: ExactRate; members: { charge: TaxableCharge; at: number }[] }>();
  input.charges.forEach((charge, at) => {
    if (charge.amountMinor === 0) return;
    const rate = rateInside(rules, charge, input);
    const key = `${rate.numerator}/${rate.denominator}`;
    const group = groups.get(key) ?? { rate, members: [] };
    group.members.push({ charge, at });
    groups.set(key, group);
  });
  const net = input.charges.map(({ amountMinor }) => amountMinor);
  for (const { rate, members } of groups.values()) {
    const exact = { numerator: rate.denominator, denominator: rate.denominator + rate.numerator };
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

/**
 * The taxes of net charges, so that with them each charge is what was promised: the tax is the rest of the gross. A cent
 * whose net is nothing is all tax: it goes to the tax that others of its kind bear.
 */
export function keepingGross(
  taxes: readonly AssessedTax[],
  gross: readonly TaxableCharge[],
  net: readonly TaxableCharge[],
): AssessedTax[] {
  const netOf = new Map(net.map(({ chargeId, amountMinor }) => [chargeId, amountMinor]));
  const left = new Map(
    gross.map((each) => [each.chargeId, each.amountMinor - (netOf.get(each.chargeId) ?? 0)]),
  );
  const inside = taxes.filter(({ levy }) => levy === 'tax');
  const borne = inside.flatMap(({ parts }) => parts);
  for (const { chargeId, amountMinor } of borne) left.set(chargeId, (left.get(chargeId) ?? 0) - amountMinor);
  const kinds = new Map(gross.map((each) => [each.chargeId, kindOf(each)]));
  const alone = gross.filter(
    ({ chargeId }) => left.get(chargeId) !== 0 && !borne.some((part) => part.chargeId === chargeId),
  );
  const bearerOf = (charge: TaxableCharge) =>
    inside.find(({ parts }) => parts.some(({ chargeId }) => kinds.get(chargeId) === kindOf(charge))) ??
    inside[0];
  return taxes.map((tax) => {
    if (tax.levy !== 'tax') return tax;
    const added = alone
      .filter((charge) => bearerOf(charge) === tax)
      .map(({ chargeId }) => ({ chargeId, baseMinor: 0, amountMinor: 0 }));
    const parts = [...tax.parts, ...added].map((part) => {
      const off = left.get(part.chargeId) ?? 0;
      left.set(part.chargeId, 0);
      return { ...part, amountMinor: part.amountMinor + off };
    });
    return { ...tax, parts, amountMinor: parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0) };
  });
}

const kindOf = ({ taxCode, jurisdictions = [] }: TaxableCharge): string =>
  [taxCode, ...jurisdictions].join(' ');
