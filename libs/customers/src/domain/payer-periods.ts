import type { Instant } from '@tollkeeper/calendar';

/** Where an account stands in the tree for a time. Without a link it is at the top and pays for itself. */
export interface ParentLink {
  parentAccountId: string;
  paidBy: 'itself' | 'parent';
  from: Instant;
  to: Instant | null;
}

export type LinksByAccount = ReadonlyMap<string, readonly ParentLink[]>;

export interface PayerPeriod {
  payerAccountId: string;
  from: Instant;
  to: Instant | null;
}

/** Levels of a tree, the top counted: who pays is asked along them. */
export const mostLevels = 5;

export const beginningOfTime: Instant = '0001-01-01T00:00:00.000Z';

/** Who pays for an account from the beginning on: itself, its parent, or whoever pays for its parent. */
export function payerPeriods(accountId: string, links: LinksByAccount): PayerPeriod[] {
  return joined(periodsWithin(accountId, links, { from: beginningOfTime, to: null }, 1));
}

function periodsWithin(
  accountId: string,
  links: LinksByAccount,
  whole: { from: Instant; to: Instant | null },
  level: number,
): PayerPeriod[] {
  if (level > mostLevels)
    throw new RangeError(`account ${accountId} is below level ${mostLevels} of its tree`);
  const periods: PayerPeriod[] = [];
  let at: Instant | null = whole.from;
  for (const link of [...(links.get(accountId) ?? [])].sort(byFrom)) {
    const part = commonSpan(link, whole);
    if (!part || at === null) continue;
    if (at < part.from) periods.push({ payerAccountId: accountId, from: at, to: part.from });
    periods.push(
      ...(link.paidBy === 'parent'
        ? periodsWithin(link.parentAccountId, links, part, level + 1)
        : [{ payerAccountId: accountId, ...part }]),
    );
    at = part.to;
  }
  if (at !== null && (whole.to === null || at < whole.to))
    periods.push({ payerAccountId: accountId, from: at, to: whole.to });
  return periods;
}

/** Neighbours with the same payer are one period. */
function joined(periods: PayerPeriod[]): PayerPeriod[] {
  const all: PayerPeriod[] = [];
  for (const period of periods) {
    const last = all.at(-1);
    if (last?.payerAccountId === period.payerAccountId) all[all.length - 1] = { ...last, to: period.to };
    else all.push(period);
  }
  return all;
}

export function commonSpan(
  left: { from: Instant; to: Instant | null },
  right: { from: Instant; to: Instant | null },
): { from: Instant; to: Instant | null } | null {
  const from = left.from > right.from ? left.from : right.from;
  const to = left.to === null ? right.to : right.to === null || left.to < right.to ? left.to : right.to;
  return to !== null && to <= from ? null : { from, to };
}

const byFrom = (left: ParentLink, right: ParentLink): number => (left.from < right.from ? -1 : 1);

/** The links that stay when another one (or none) begins at `from`: what was planned for later is dropped. */
export const linksWith = (
  links: readonly ParentLink[],
  from: Instant,
  next: Omit<ParentLink, 'from' | 'to'> | null,
): ParentLink[] => [
  ...links
    .filter((link) => link.from < from)
    .map((link) => (link.to === null || link.to > from ? { ...link, to: from } : link)),
  ...(next ? [{ ...next, from, to: null }] : []),
];
