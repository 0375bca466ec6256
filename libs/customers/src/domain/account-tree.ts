import type { Instant } from '@tollkeeper/calendar';
import { type LinksByAccount, mostLevels, type ParentLink } from './payer-periods';

/** A tree is changed and told as a whole, in one transaction. */
const mostAccountsBelow = 200;
/** What one account pays for is told in one message. */
export const mostSubscriptionsPaid = 200;

interface TreePlace {
  accountId: string;
  parentAccountId: string;
  from: Instant;
}

/** Why the account may not hang below that parent; `null`: it may. `links` already has the new link. */
export function whyNotBelow({ accountId, parentAccountId, from }: TreePlace, links: LinksByAccount) {
  if (parentAccountId === accountId) return 'an account is not its own parent';
  const below = descendants(accountId, links, from);
  if (below.has(parentAccountId))
    return `account ${parentAccountId} is below ${accountId}: that would be a circle`;
  if (below.size > mostAccountsBelow) return `more than ${mostAccountsBelow} accounts would be moved at once`;
  const levels = levelsAbove(accountId, links, from) + levelsBelow(accountId, links, from);
  return levels > mostLevels ? `the tree would have ${levels} levels; it may have ${mostLevels}` : null;
}

/** All accounts that are below one, now or as planned. */
export function descendants(accountId: string, links: LinksByAccount, from: Instant): Set<string> {
  const below = new Set<string>();
  let level = [accountId];
  while (level.length > 0) {
    const next = level.flatMap((parent) => childrenOf(parent, links, from));
    level = [...new Set(next)].filter((child) => !below.has(child));
    for (const child of level) below.add(child);
  }
  return below;
}

/** Levels from the account up to the top, its own counted; a circle shows as too many. */
function levelsAbove(accountId: string, links: LinksByAccount, from: Instant): number {
  let levels = 1;
  let parents = parentsOf(accountId, links, from);
  while (parents.length > 0 && levels <= mostLevels) {
    levels += 1;
    parents = parents.flatMap((parent) => parentsOf(parent, links, from));
  }
  return levels;
}

function levelsBelow(accountId: string, links: LinksByAccount, from: Instant): number {
  let levels = 0;
  let children = childrenOf(accountId, links, from);
  while (children.length > 0 && levels <= mostLevels) {
    levels += 1;
    children = children.flatMap((child) => childrenOf(child, links, from));
  }
  return levels;
}

const stillHolds = (link: ParentLink, from: Instant): boolean => link.to === null || link.to > from;

const parentsOf = (accountId: string, links: LinksByAccount, from: Instant): string[] =>
  (links.get(accountId) ?? [])
    .filter((link) => stillHolds(link, from))
    .map(({ parentAccountId }) => parentAccountId);

const childrenOf = (accountId: string, links: LinksByAccount, from: Instant): string[] =>
  [...links]
    .filter(([, own]) => own.some((link) => link.parentAccountId === accountId && stillHolds(link, from)))
    .map(([child]) => child);
