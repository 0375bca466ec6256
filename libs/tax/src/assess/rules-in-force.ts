import { addDays, daysBetween, type LocalDate } from '@tollkeeper/calendar';
import { allocate } from '@tollkeeper/money';
import type { TaxRule } from '../table/tax-rule';
import type { TaxableCharge, TaxInput } from './tax-input';

/** A charge, or the part of it that one rate reaches. */
export interface RuledCharge {
  charge: TaxableCharge;
  baseMinor: number;
  rule: TaxRule;
  rateOn: LocalDate;
}

const isInForce = ({ validFrom, validTo }: TaxRule, on: LocalDate): boolean =>
  validFrom <= on && (validTo === null || on < validTo);

const reaches = (rule: TaxRule, taxCode: string, places: readonly string[], input: TaxInput): boolean =>
  places.includes(rule.jurisdiction) &&
  rule.taxCodes.includes(taxCode) &&
  input.triggers.includes(rule.trigger) &&
  (rule.segment === undefined || rule.segment === input.segment);

const lastDay = ({ from, to }: Pick<TaxableCharge, 'from' | 'to'>): LocalDate =>
  to > from ? addDays(to, -1) : from;

/** The day whose rate counts for the charge. */
export function rateDayOf({ rateDate }: TaxRule, charge: TaxableCharge, input: TaxInput): LocalDate {
  switch (rateDate) {
    case 'billDate':
      return input.billDate;
    case 'serviceEnd':
      return lastDay(charge);
    case 'supply':
      return charge.suppliedOn ?? lastDay(charge);
    case 'payment':
      return input.paidOn ?? input.billDate;
  }
}

/** A city's fee that stands instead of the state's leaves only the city's. */
const withoutReplaced = (rules: readonly TaxRule[]): TaxRule[] => {
  const replaced = new Set(rules.flatMap(({ replaces }) => replaces));
  return rules.filter(({ taxId }) => !replaced.has(taxId));
};

/** The rules for something with this tax code, each as of its own rate day. */
export const rulesFor = (
  rules: readonly TaxRule[],
  taxCode: string,
  places: readonly string[],
  input: TaxInput,
  dayOf: (rule: TaxRule) => LocalDate,
): TaxRule[] =>
  withoutReplaced(
    rules.filter((rule) => reaches(rule, taxCode, places, input) && isInForce(rule, dayOf(rule))),
  );

export const placesOf = (charge: { jurisdictions?: string[] }, input: TaxInput): string[] =>
  charge.jurisdictions ?? input.jurisdictions;

export class MissingTaxRule extends Error {}

/**
 * Which rules tax which part of the charge. A charge that no row speaks of is refused: never untaxed by omission; the
 * law that leaves it untaxed is a row of its own.
 */
export function ruledParts(rules: readonly TaxRule[], charge: TaxableCharge, input: TaxInput): RuledCharge[] {
  const places = placesOf(charge, input);
  const found = rulesFor(rules, charge.taxCode, places, input, (rule) => rateDayOf(rule, charge, input));
  if (found.length === 0) {
    throw new MissingTaxRule(
      `No row of the tax table is for tax code "${charge.taxCode}" in ${places.join(' or ')} on ${lastDay(charge)}.`,
    );
  }
  return found.flatMap((rule) => {
    const on = rateDayOf(rule, charge, input);
    if (rule.rateChange === 'periodEnd' || rule.rateDate !== 'serviceEnd')
      return [{ charge, baseMinor: charge.amountMinor, rule, rateOn: on }];
    return apportioned(rules, rule, charge, input);
  });
}

/** Each dated row of the same tax gets the days of the service period that lie in it; days before the first get none. */
function apportioned(
  rules: readonly TaxRule[],
  latest: TaxRule,
  charge: TaxableCharge,
  input: TaxInput,
): RuledCharge[] {
  const places = placesOf(charge, input);
  const stretches = rules
    .filter(
      (rule) =>
        rule.taxId === latest.taxId &&
        rule.jurisdiction === latest.jurisdiction &&
        reaches(rule, charge.taxCode, places, input) &&
        rule.validFrom < charge.to &&
        (rule.validTo === null || charge.from < rule.validTo),
    )
    .map((rule) => ({
      rule,
      from: rule.validFrom > charge.from ? rule.validFrom : charge.from,
      to: rule.validTo !== null && rule.validTo < charge.to ? rule.validTo : charge.to,
    }))
    .sort((left, right) => (left.from < right.from ? -1 : 1));
  const days = stretches.map(({ from, to }) => daysBetween(from, to));
  const untaxedDays = daysBetween(charge.from, charge.to) - days.reduce((sum, each) => sum + each, 0);
  const bases = allocate(charge.amountMinor, [...days, untaxedDays]);
  return stretches.map(({ rule, to }, at) => ({
    charge,
    baseMinor: bases[at] ?? 0,
    rule,
    rateOn: addDays(to, -1),
  }));
}
