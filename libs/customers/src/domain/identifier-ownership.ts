import type { Instant } from '@tollkeeper/calendar';
import type { IdentifierAssignment, IdentifierKind } from '@tollkeeper/contracts';

/** Half-open: at `to` the identifier is free again, or the next owner's. */
export interface Span {
  from: Instant;
  to: Instant | null;
}

export interface HeldIdentifier extends IdentifierAssignment {
  subscriptionId: string;
}

const startsBeforeEnd = (left: Span, right: Span): boolean => right.to === null || left.from < right.to;

export const overlap = (left: Span, right: Span): boolean =>
  startsBeforeEnd(left, right) && startsBeforeEnd(right, left);

export const covers = ({ from, to }: Span, at: Instant): boolean => from <= at && (to === null || at < to);

export const identifierKey = ({ kind, value }: { kind: IdentifierKind; value: string }): string =>
  `${kind}/${value}`;

/** Who already has the identifier at some instant at which it is asked for; null when it may be given. */
export const findHolder = <Held extends HeldIdentifier>(
  wanted: IdentifierAssignment,
  held: readonly Held[],
): Held | null =>
  held.find((other) => identifierKey(other) === identifierKey(wanted) && overlap(other, wanted)) ?? null;

export interface OwnershipClash {
  /** Index among those that were asked for. */
  index: number;
  holder: HeldIdentifier;
}

/** Those of the list that may not be given, be it for what is held already or for one before it in the list. */
export function findClashes(
  wanted: readonly HeldIdentifier[],
  held: readonly HeldIdentifier[],
): OwnershipClash[] {
  const owners = new Map<string, HeldIdentifier[]>();
  const ownersOf = (identifier: HeldIdentifier): HeldIdentifier[] => {
    const key = identifierKey(identifier);
    const list = owners.get(key) ?? [];
    owners.set(key, list);
    return list;
  };
  for (const each of held) ownersOf(each).push(each);
  return wanted.flatMap((each, index) => {
    const others = ownersOf(each);
    const holder = findHolder(each, others);
    if (holder) return [{ index, holder }];
    others.push(each);
    return [];
  });
}
