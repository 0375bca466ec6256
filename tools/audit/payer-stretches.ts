export interface Stretch {
  from: string;
  to: string | null;
}

export interface DatedParent extends Stretch {
  parentAccountId: string;
}

/** What is wrong with periods that should follow each other without end; `null`: nothing. */
export function gapIn(periods: readonly Stretch[]): string | null {
  for (const [index, { from, to }] of periods.entries()) {
    if (to !== null && to <= from) return `a period from ${from} ends at ${to}`;
    const next = periods[index + 1];
    if (next && next.from !== to) return `after ${to} the next period begins at ${next.from}`;
    if (!next && to !== null) return `nobody after ${to}`;
  }
  return null;
}

/** Walks up at each instant at which a link begins. */
export function circleIn(
  accountId: string,
  parents: ReadonlyMap<string, readonly DatedParent[]>,
): string | null {
  const instants = new Set([...parents.values()].flatMap((links) => links.map(({ from }) => from)));
  for (const at of instants) {
    const seen = [accountId];
    for (let next = parentAt(accountId, parents, at); next; next = parentAt(next, parents, at)) {
      if (seen.includes(next)) return `at ${at} the tree goes ${[...seen, next].join(' below ')}`;
      seen.push(next);
    }
  }
  return null;
}

const parentAt = (
  accountId: string,
  parents: ReadonlyMap<string, readonly DatedParent[]>,
  at: string,
): string | undefined =>
  parents.get(accountId)?.find(({ from, to }) => from <= at && (to === null || at < to))?.parentAccountId;
