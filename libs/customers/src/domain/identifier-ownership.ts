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

/** Who has which identifier when, while more are given out. */
export class IdentifierOwners<Held extends HeldIdentifier> {
  private readonly byIdentifier = new Map<string, Held[]>();

  constructor(held: readonly Held[]) {
    for (const each of held) this.add(each);
  }

  /** Who already has it at some instant at which it is asked for; null when it may be given. */
  holderDuring(wanted: IdentifierAssignment): Held | null {
    return findHolder(wanted, this.of(wanted));
  }

  /** Who has it exactly since then. */
  since(identifier: { kind: IdentifierKind; value: string }, from: Instant): Held | null {
    return this.of(identifier).find((held) => held.from === from) ?? null;
  }

  add(held: Held): void {
    const key = identifierKey(held);
    const others = this.byIdentifier.get(key);
    if (others) others.push(held);
    else this.byIdentifier.set(key, [held]);
  }

  private of(identifier: { kind: IdentifierKind; value: string }): readonly Held[] {
    return this.byIdentifier.get(identifierKey(identifier)) ?? [];
  }
}

/** Those of the list that may not be given, be it for what is held already or for one before it in the list. */
export function findClashes(
  wanted: readonly HeldIdentifier[],
  held: readonly HeldIdentifier[],
): OwnershipClash[] {
  const owners = new IdentifierOwners(held);
  return wanted.flatMap((each, index) => {
    const holder = owners.holderDuring(each);
    if (holder) return [{ index, holder }];
    owners.add(each);
    return [];
  });
}
