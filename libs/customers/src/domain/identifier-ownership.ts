import type { Instant } from '@tollkeeper/calendar';
import type { IdentifierAssignment, IdentifierKind } from '@tollkeeper/contracts';

/** Half-open: at `to` the identifier is free again, or the next owner's. */
export interface Span {
  from: Instant;
  to: Instant | null;
}

export interface Identifier {
  kind: IdentifierKind;
  value: string;
}

export interface HeldIdentifier extends IdentifierAssignment {
  subscriptionId: string;
}

const startsBeforeEnd = (left: Span, right: Span): boolean => right.to === null || left.from < right.to;

export const overlap = (left: Span, right: Span): boolean =>
  startsBeforeEnd(left, right) && startsBeforeEnd(right, left);

export const covers = ({ from, to }: Span, at: Instant): boolean => from <= at && (to === null || at < to);

export const identifierKey = ({ kind, value }: Identifier): string => `${kind}/${value}`;
