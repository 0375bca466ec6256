import type { LocalDate } from '@tollkeeper/calendar';
import { ruleKey, type TaxRule } from '../table/tax-rule';
import { amountsOf, type TaxedBase } from './amounts-of';
import { roundedTogether } from './round-together';
import { placesOf, rateDayOf, ruledParts, rulesFor } from './rules-in-force';
import { rateText } from './rate-text';
import { inTaxOrder } from './tax-order';
import type { AssessedTax, TaxAssessment, TaxInput, UntaxedBase } from './tax-input';

/** What one dated row of the table taxes of this bill. */
interface Ruled {
  rule: TaxRule;
  bases: TaxedBase[];
}

/**
 * The taxes of a bill, a sale or a use of prepaid money, by the tables alone: which rows reach which charges on which
 * day, what frees of them, the base with the taxes below, and one rounding where the row says.
 */
export function assessTaxes(rules: readonly TaxRule[], input: TaxInput): TaxAssessment {
  const untaxed = new UntaxedBases();
  const taxes: AssessedTax[] = [];
  for (const { rule, bases } of byRule(rules, input)) {
    const charged = bases.filter((base) => !untaxed.takes(rule, base, input));
    if (charged.length === 0) continue;
    const withTaxes = [...charged, ...taxesBelow(rule, charged, taxes)];
    const { amountMinor, parts, units } = amountsOf(rule, withTaxes, input);
    taxes.push({
      ruleKey: ruleKey(rule),
      ...named(rule),
      levy: rule.levy,
      rate: rateText(rule, input.currency),
      percent: rule.amount.kind === 'percentage' ? rule.amount.percent : null,
      rateOn: charged.reduce<LocalDate>((last, { rateOn }) => (rateOn > last ? rateOn : last), ''),
      rateDate: rule.rateDate,
      baseMinor: withTaxes.reduce((sum, { baseMinor }) => sum + baseMinor, 0),
      taxInBaseMinor: withTaxes.reduce((sum, { taxMinor }) => sum + taxMinor, 0),
      units,
      rounding: `${rule.rounding}, per ${rule.roundAt}`,
      amountMinor,
      parts,
      onPartialCredit: rule.onPartialCredit,
    });
  }
  return { taxes: roundedTogether(taxes, rules), untaxed: untaxed.list() };
}

const named = ({ taxId, name, jurisdiction, law }: TaxRule) => ({ taxId, name, jurisdiction, law });

function byRule(rules: readonly TaxRule[], input: TaxInput): Ruled[] {
  const found = new Map<string, Ruled>();
  const add = (rule: TaxRule, base: TaxedBase) => {
    const ruled = found.get(ruleKey(rule));
    if (ruled) ruled.bases.push(base);
    else found.set(ruleKey(rule), { rule, bases: [base] });
  };
  for (const charge of input.charges.filter(({ amountMinor }) => amountMinor !== 0)) {
    for (const { rule, baseMinor, rateOn } of ruledParts(rules, charge, input)) {
      if (rule.amount.kind === 'perLine') continue;
      const minutes = charge.minutes ?? 0;
      add(rule, { chargeId: charge.chargeId, baseMinor, taxMinor: 0, minutes, lines: 0, rateOn });
    }
  }
  for (const line of input.lines ?? []) {
    const first = `${line.month}-01`;
    const charge = { chargeId: '', taxCode: line.taxCode, amountMinor: 0, from: first, to: first };
    const dayOf = (rule: TaxRule) => rateDayOf(rule, charge, input);
    for (const rule of rulesFor(rules, line.taxCode, placesOf(line, input), input, dayOf)) {
      if (rule.amount.kind !== 'perLine') continue;
      const chargeId = `line/${line.lineId}/${line.month}`;
      add(rule, { chargeId, baseMinor: 0, taxMinor: 0, minutes: 0, lines: 1, rateOn: dayOf(rule) });
    }
  }
  const order = inTaxOrder([...found.values()].map(({ rule }) => rule));
  return order.flatMap((rule) => found.get(ruleKey(rule)) ?? []);
}

/** Amounts of taxes below, on the same charges or by line, that belong to this one's base. */
function taxesBelow(
  rule: TaxRule,
  charged: readonly TaxedBase[],
  taxes: readonly AssessedTax[],
): TaxedBase[] {
  const chargeIds = new Set(charged.map(({ chargeId }) => chargeId));
  return taxes
    .filter(({ taxId }) => rule.onTopOf.includes(taxId))
    .flatMap(({ parts }) => parts)
    .filter(
      ({ chargeId, amountMinor }) =>
        amountMinor !== 0 && (chargeIds.has(chargeId) || chargeId.startsWith('line/')),
    )
    .map(({ chargeId, amountMinor }) => ({
      chargeId,
      baseMinor: amountMinor,
      taxMinor: amountMinor,
      minutes: 0,
      lines: 0,
      rateOn: '',
    }));
}

class UntaxedBases {
  private readonly found = new Map<string, UntaxedBase>();

  /** True: this base is not taxed, and the list says why. */
  takes(rule: TaxRule, { baseMinor, rateOn }: TaxedBase, input: TaxInput): boolean {
    const reason = reasonFor(rule, rateOn, input);
    if (!reason) return false;
    const key = `${ruleKey(rule)} ${reason.reason} ${reason.certificateNumber ?? ''}`;
    const before = this.found.get(key)?.baseMinor ?? 0;
    this.found.set(key, { ...named(rule), ...reason, baseMinor: before + baseMinor });
    return true;
  }

  list(): UntaxedBase[] {
    return [...this.found].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, base]) => base);
  }
}

function reasonFor(
  rule: TaxRule,
  on: LocalDate,
  { certificates = [], notCharged = [], reverseCharge }: TaxInput,
): Pick<UntaxedBase, 'reason' | 'certificateNumber'> | null {
  if (rule.amount.kind === 'untaxed') return { reason: 'byLaw', certificateNumber: null };
  if (notCharged.includes(rule.taxId)) return { reason: 'notCharged', certificateNumber: null };
  if (reverseCharge && rule.levy === 'tax') return { reason: 'reverseCharge', certificateNumber: null };
  // Of exactly the rule's jurisdiction: a state's certificate says nothing of the federal tax.
  const certificate = certificates.find(
    (each) =>
      each.jurisdiction === rule.jurisdiction &&
      (each.taxIds === undefined || each.taxIds.includes(rule.taxId)) &&
      each.validFromOn <= on &&
      (each.validToOn === null || on < each.validToOn),
  );
  return certificate ? { reason: 'certificate', certificateNumber: certificate.number } : null;
}
