import type { LocalDate } from '@tollkeeper/calendar';
import { ruleKey, type TaxRule } from '../table/tax-rule';
import { amountsOf, type TaxedBase } from './amounts-of';
import { roundedTogether } from './round-together';
import { placesOf, rateDays, ruledParts, rulesFor, unruledOf } from './rules-in-force';
import { rateText } from './rate-text';
import { inTaxOrder } from './tax-order';
import type { AssessedTax, ServedLine, TaxAssessment, TaxInput, UntaxedBase } from './tax-input';

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
  const ruled = byRule(rules, input, untaxed);
  for (const { rule, bases } of ruled) {
    const charged = bases.filter((base) => !untaxed.takes(rule, base, input));
    if (charged.length === 0) continue;
    const below = taxesBelow(rule, charged, taxes);
    const withTaxes = isOfTaxesOnly(rule) ? below : [...charged, ...below];
    const { amountMinor, parts, units } = amountsOf(rule, withTaxes, input);
    taxes.push({
      ruleKey: ruleKey(rule),
      ...named(rule),
      levy: rule.levy,
      rate: rateText(rule, input.currency),
      percent: percentOf(rule),
      rateOn: charged.reduce<LocalDate>((last, { rateOn }) => (rateOn > last ? rateOn : last), ''),
      rateDate: rule.rateDate,
      baseMinor: withTaxes.reduce((sum, { baseMinor }) => sum + baseMinor, 0),
      taxInBaseMinor: withTaxes.reduce((sum, { taxMinor }) => sum + taxMinor, 0),
      units,
      rounding: rule.rounding,
      roundAt: rule.roundAt,
      amountMinor,
      parts,
      onPartialCredit: rule.onPartialCredit,
    });
  }
  return {
    taxes: roundedTogether(
      taxes,
      ruled.map(({ rule }) => rule),
    ),
    untaxed: untaxed.list(),
  };
}

const linePrefix = 'line/';

const named = ({ taxId, name, jurisdiction, law }: TaxRule) => ({ taxId, name, jurisdiction, law });

const isOfTaxesOnly = ({ amount }: TaxRule): boolean =>
  amount.kind === 'percentage' && amount.taxesOnly === true;

const percentOf = ({ amount }: TaxRule): string | null =>
  amount.kind === 'percentage' ? amount.percent : null;

function byRule(rules: readonly TaxRule[], input: TaxInput, untaxed: UntaxedBases): Ruled[] {
  const found = new Map<TaxRule, TaxedBase[]>();
  const add = (rule: TaxRule, base: TaxedBase) => {
    const bases = found.get(rule);
    if (bases) bases.push(base);
    else found.set(rule, [base]);
  };
  for (const charge of input.charges.filter(({ amountMinor }) => amountMinor !== 0)) {
    const parts = ruledParts(rules, charge, input);
    const unruled = unruledOf(charge, input);
    if (parts.length === 0 && unruled)
      untaxed.add({ ...unruled, certificateNumber: null, percent: null }, charge.amountMinor);
    for (const { rule, baseMinor, rateOn } of parts) {
      if (rule.amount.kind === 'perLine') continue;
      const minutes = charge.minutes ?? 0;
      add(rule, { chargeId: charge.chargeId, baseMinor, taxMinor: 0, minutes, lines: 0, rateOn });
    }
  }
  const nthLine = lineCounter(input.lines ?? []);
  for (const line of input.lines ?? []) {
    const dayOf = rateDays({ from: `${line.month}-01`, to: `${line.month}-01` }, input);
    for (const rule of rulesFor(rules, line.taxCodes, placesOf(line, input), input, dayOf)) {
      if (rule.amount.kind !== 'perLine' || line.chargedBefore?.includes(feeOf(rule))) continue;
      const chargeId = lineChargeId(line);
      add(rule, {
        chargeId,
        baseMinor: 0,
        taxMinor: 0,
        minutes: 0,
        lines: 1,
        nth: nthLine(rule, line),
        rateOn: dayOf(rule),
      });
    }
  }
  return inTaxOrder([...found.keys()]).map((rule) => ({ rule, bases: found.get(rule) ?? [] }));
}

/** Counts the lines of each fee in each month, those first that earlier bills have charged. */
function lineCounter(lines: readonly ServedLine[]): (rule: TaxRule, line: ServedLine) => number {
  const counts = new Map<string, number>();
  return (rule, { month }) => {
    const key = `${feeOf(rule)} ${month}`;
    const before =
      counts.get(key) ??
      lines.filter((line) => line.month === month && line.chargedBefore?.includes(feeOf(rule))).length;
    counts.set(key, before + 1);
    return before + 1;
  };
}

/** A fee by its place and id, whichever row of it holds. */
export const feeOf = ({ jurisdiction, taxId }: Pick<TaxRule, 'jurisdiction' | 'taxId'>): string =>
  `${jurisdiction}/${taxId}`;

const lineChargeId = ({ lineId, month }: ServedLine): string => `${linePrefix}${lineId}/${month}`;

/** The line and month that a part of a fee is for; `null`: a part of a charge. */
export function servedLineOf(chargeId: string): { lineId: string; month: string } | null {
  if (!chargeId.startsWith(linePrefix)) return null;
  const end = chargeId.lastIndexOf('/');
  return { lineId: chargeId.slice(linePrefix.length, end), month: chargeId.slice(end + 1) };
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
        amountMinor !== 0 && (chargeIds.has(chargeId) || chargeId.startsWith(linePrefix)),
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
    const reason = whyUntaxed(rule, rateOn, input);
    if (!reason) return false;
    this.add({ ...named(rule), ...reason, percent: percentOf(rule) }, baseMinor, ruleKey(rule));
    return true;
  }

  add(why: Omit<UntaxedBase, 'baseMinor'>, baseMinor: number, rowKey = feeOf(why)): void {
    const key = `${rowKey} ${why.reason} ${why.certificateNumber ?? ''}`;
    const before = this.found.get(key)?.baseMinor ?? 0;
    this.found.set(key, { ...why, baseMinor: before + baseMinor });
  }

  list(): UntaxedBase[] {
    return [...this.found].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, base]) => base);
  }
}

/** Why this row charges nothing of something it speaks of; `null`: it does. */
export function whyUntaxed(
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
