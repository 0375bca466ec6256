import type { Instant } from '@tollkeeper/calendar';
import type { RestrictionKind, RestrictionSpan } from '@tollkeeper/contracts';
import type { Restriction } from './network-state';

export const onRequest: readonly RestrictionKind[] = ['paused'];
export const forDebt: readonly RestrictionKind[] = ['suspended', 'barred'];

export const debtRestriction: Record<Restriction, RestrictionKind | null> = {
  active: null,
  // Slower is not gone: the days are owed in full.
  throttled: null,
  barOutgoing: 'barred',
  suspended: 'suspended',
};

/** From now on it is held back like this, or free (`null`), for one of the two causes. The same again changes nothing. */
export function restrictedSince(
  spans: readonly RestrictionSpan[],
  cause: readonly RestrictionKind[],
  kind: RestrictionKind | null,
  at: Instant,
): RestrictionSpan[] {
  const isOpen = (span: RestrictionSpan) => span.to === null && cause.includes(span.kind);
  if (kind !== null && spans.some((span) => isOpen(span) && span.kind === kind)) return [...spans];
  const ended = spans
    .map((span) => (isOpen(span) ? { ...span, to: at } : span))
    .filter(({ from, to }) => from !== to);
  return kind === null ? ended : [...ended, { kind, from: at, to: null }];
}
