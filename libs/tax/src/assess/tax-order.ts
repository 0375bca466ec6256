import type { TaxRule } from '../table/tax-rule';

export class TaxCycle extends Error {}

/** A tax on other taxes comes after them. Ties go by place and id, so that a bill never changes its order. */
export function inTaxOrder(rules: readonly TaxRule[]): TaxRule[] {
  const waiting = [...rules].sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
  const ordered: TaxRule[] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map(({ taxId }) => taxId));
    const at = waiting.findIndex(
      ({ taxId, onTopOf }) => !onTopOf.some((each) => each !== taxId && open.has(each)),
    );
    if (at < 0) {
      throw new TaxCycle(
        `The taxes ${[...open].join(', ')} are each on top of another: none can be the first.`,
      );
    }
    ordered.push(...waiting.splice(at, 1));
  }
  return ordered;
}

const nameOf = ({ jurisdiction, taxId, validFrom }: TaxRule): string =>
  `${jurisdiction} ${taxId} ${validFrom}`;
