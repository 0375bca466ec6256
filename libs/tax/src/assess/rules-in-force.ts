import { addDays, daysBetween, type LocalDate } from '@tollkeeper/calendar';
import { allocate } from '@tollkeeper/money';
import type { TaxRule } from '../table/tax-rule';
import { rowsFor } from '../table/tax-index';
import type { TaxableCharge, TaxInput, Unruled } from './tax-input';

/** A charge, or the part of it that one rate reaches. */
interface RuledCharge {
  charge: TaxableCharge;
  baseMinor: number;
  rule: TaxRule;
  rateOn: LocalDate;
}

const isInForce = ({ validFrom, validTo }: TaxRule, on: LocalDate): boolean =>
  validFrom <= on && (validTo === null || on < validTo);

const reaches = (rule: TaxRule, input: TaxInput): boolean =>
  input.triggers.includes(rule.trigger) && (rule.segment === undefined || rule.segment === input.segment);

const lastDay = ({ from, to }: Pick<TaxableCharge, 'from' | 'to'>): LocalDate =>
  to > from ? addDays(to, -1) : from;

type DayOf = (rule: Pick<TaxRule, 'rateDate'>) => LocalDate;

/** The day whose rate counts for the charge, by what each rule goes by. */
export function rateDays(charge: Pick<TaxableCharge, 'from' | 'to' | 'suppliedOn'>, input: TaxInput): DayOf {
  const last = lastDay(charge);
  return ({ rateDate }) => {
    if (rateDate === 'serviceEnd') return last;
    if (rateDate === 'supply') return charge.suppliedOn ?? last;
    return rateDate === 'payment' ? (input.paidOn ?? input.billDate) : input.billDate;
  };
}

/** A city's fee that stands instead of the state's leaves only the city's. */
const withoutReplaced = (rules: TaxRule[]): TaxRule[] => {
  if (!rules.some(({ replaces }) => replaces.length > 0)) return rules;
  const replaced = new Set(rules.flatMap(({ replaces }) => replaces));
  return rules.filter(({ taxId }) => !replaced.has(taxId));
};

/** The rules for something with one of these tax codes, each as of its own rate day. */
export const rulesFor = (
  rules: readonly TaxRule[],
  taxCodes: readonly string[],
  places: readonly string[],
  input: TaxInput,
  dayOf: DayOf,
): TaxRule[] =>
  withoutReplaced(
    rowsFor(rules, taxCodes, places).filter((rule) => reaches(rule, input) && isInForce(rule, dayOf(rule))),
  );

export const placesOf = (charge: { jurisdictions?: string[] }, input: TaxInput): string[] =>
  charge.jurisdictions ?? input.jurisdictions;

/** A charge with a place of its own has reasons of its own. */
export const unruledOf = (charge: TaxableCharge, input: TaxInput): Unruled | undefined =>
  charge.jurisdictions ? charge.unruled : input.unruled;

export class MissingTaxRule extends Error {}

/**
 * Which rules tax which part of the charge. A charge that no row speaks of is refused: never untaxed by omission; the
 * law that leaves it untaxed is a row of its own.
 */
export function ruledParts(rules: readonly TaxRule[], charge: TaxableCharge, input: TaxInput): RuledCharge[] {
  const places = placesOf(charge, input);
  const dayOf = rateDays(charge, input);
  const found = rulesFor(rules, [charge.taxCode], places, input, dayOf);
  if (found.length === 0) {
    if (unruledOf(charge, input)) return [];
    throw new MissingTaxRule(
      `No row of the tax table is for tax code "${charge.taxCode}" in ${places.join(' or ')} on ${lastDay(charge)}.`,
    );
  }
  return found.flatMap((rule) => {
    const on = dayOf(rule);
    if (rule.rateChange === 'periodEnd' || rule.rateDate !== 'serviceEnd')
      return [{ charge, baseMinor: charge.amountMinor, rule, rateOn: on }];
    return apportioned(rules, rule, charge, input);
  });
}

/** Days on which a certificate for the rule's place begins or ends. */
const certificateDays = ({ jurisdiction, taxId }: TaxRule, { certificates = [] }: TaxInput): LocalDate[] =>
  certificates
    .filter((each) => each.jurisdiction === jurisdiction && (each.taxIds?.includes(taxId) ?? true))
    .flatMap(({ validFromOn, validToOn }) => (validToOn === null ? [validFromOn] : [validFromOn, validToOn]))
    .sort();

function cutAt<Stretch extends { from: LocalDate; to: LocalDate }>(
  days: readonly LocalDate[],
  whole: Stretch,
): Stretch[] {
  const cuts = [...new Set(days)].filter((day) => whole.from < day && day < whole.to);
  return [whole.from, ...cuts].map((from, at) => ({ ...whole, from, to: cuts[at] ?? whole.to }));
}

/** Each dated row of the same tax gets the days of the service period that lie in it, and each stretch of a certificate its own; days before the first row get none. */
function apportioned(
  rules: readonly TaxRule[],
  latest: TaxRule,
  charge: TaxableCharge,
  input: TaxInput,
): RuledCharge[] {
  const places = placesOf(charge, input);
  const stretches = rowsFor(rules, [charge.taxCode], places)
    .filter(
      (rule) =>
        rule.taxId === latest.taxId &&
        rule.jurisdiction === latest.jurisdiction &&
        reaches(rule, input) &&
        rule.validFrom < charge.to &&
        (rule.validTo === null || charge.from < rule.validTo),
    )
    .map((rule) => ({
      rule,
      from: rule.validFrom > charge.from ? rule.validFrom : charge.from,
      to: rule.validTo !== null && rule.validTo < charge.to ? rule.validTo : charge.to,
    }))
    .flatMap((stretch) => cutAt(certificateDays(stretch.rule, input), stretch))
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
