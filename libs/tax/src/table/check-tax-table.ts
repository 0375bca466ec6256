import { ruleKey, type TaxRule } from './tax-rule';
import { inTaxOrder, TaxCycle } from '../assess/tax-order';

export interface TaxFinding {
  /** Place of the row in the table, from 0. */
  row: number;
  field: keyof TaxRule;
  reason: string;
}

const overlaps = (left: TaxRule, right: TaxRule): boolean =>
  (right.validTo === null || left.validFrom < right.validTo) &&
  (left.validTo === null || right.validFrom < left.validTo);

/** What no row can tell by itself: two rates for one day, references to nothing, taxes on top of each other. */
export function checkTaxTable(rules: readonly TaxRule[]): TaxFinding[] {
  const known = new Set(rules.map(({ taxId }) => taxId));
  const together = new Set(
    rules.flatMap(({ taxId, roundTogether }) => (roundTogether === undefined ? [] : [taxId])),
  );
  const findings = rules.flatMap((rule, row) => [
    ...unknownNames(rule, row, 'onTopOf', known),
    ...unknownNames(rule, row, 'replaces', known),
    ...togetherBelow(rule, row, together),
  ]);
  return [...findings, ...unlikeTogether(rules), ...twoForOneDay(rules), ...sameRow(rules), ...cycles(rules)];
}

const unknownNames = (
  rule: TaxRule,
  row: number,
  field: 'onTopOf' | 'replaces',
  known: ReadonlySet<string>,
): TaxFinding[] =>
  rule[field]
    .filter((taxId) => !known.has(taxId))
    .map((taxId) => ({ row, field, reason: `the table has no tax ${taxId}` }));

const togetherBelow = (rule: TaxRule, row: number, together: ReadonlySet<string>): TaxFinding[] =>
  rule.onTopOf.some((taxId) => together.has(taxId))
    ? [
        {
          row,
          field: 'onTopOf',
          reason: 'a tax cannot be on top of one that is rounded together with others',
        },
      ]
    : [];

/** One sum is rounded once: in one way, at one place. */
function unlikeTogether(rules: readonly TaxRule[]): TaxFinding[] {
  const first = new Map<string, { row: number; rounding: string }>();
  return rules.flatMap(({ roundTogether, rounding, roundAt }, row): TaxFinding[] => {
    if (roundTogether === undefined) return [];
    const own = `${rounding} ${roundAt}`;
    const known = first.get(roundTogether);
    if (!known) first.set(roundTogether, { row, rounding: own });
    return known && known.rounding !== own
      ? [
          {
            row,
            field: 'roundTogether',
            reason: `row ${known.row + 1} of the same name is rounded otherwise`,
          },
        ]
      : [];
  });
}

/** Rows are found by place, tax and first day. */
function sameRow(rules: readonly TaxRule[]): TaxFinding[] {
  const first = new Map<string, number>();
  return rules.flatMap((rule, row): TaxFinding[] => {
    const earlier = first.get(ruleKey(rule));
    if (earlier === undefined) first.set(ruleKey(rule), row);
    return earlier === undefined
      ? []
      : [{ row, field: 'taxId', reason: `row ${earlier + 1} is the same tax from the same day` }];
  });
}

function twoForOneDay(rules: readonly TaxRule[]): TaxFinding[] {
  const rows = new Map<string, number[]>();
  rules.forEach((rule, row) => {
    const key = `${rule.jurisdiction} ${rule.taxId} ${rule.segment ?? ''}`;
    rows.set(key, [...(rows.get(key) ?? []), row]);
  });
  return [...rows.values()].flatMap((same) =>
    same.flatMap((row, at) =>
      same.slice(0, at).flatMap((earlier): TaxFinding[] => {
        const [left, right] = [rules[earlier], rules[row]];
        if (!left || !right || !overlaps(left, right)) return [];
        const shared = left.taxCodes.filter((code) => right.taxCodes.includes(code));
        return shared.length === 0
          ? []
          : [
              {
                row,
                field: 'validFrom',
                reason: `${shared.join(', ')}: row ${earlier + 1} has a rate for the same days`,
              },
            ];
      }),
    ),
  );
}

function cycles(rules: readonly TaxRule[]): TaxFinding[] {
  try {
    inTaxOrder(rules);
    return [];
  } catch (error) {
    if (!(error instanceof TaxCycle)) throw error;
    const row = rules.findIndex(({ onTopOf }) => onTopOf.length > 0);
    return [{ row, field: 'onTopOf', reason: error.message }];
  }
}
