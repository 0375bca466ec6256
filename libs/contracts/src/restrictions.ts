import type { Instant } from '@tollkeeper/calendar';

export const restrictionKinds = ['paused', 'suspended', 'barred'] as const;
/** `paused`: on the customer's request; `suspended`, `barred`: for debt, wholly or outgoing only. */
export type RestrictionKind = (typeof restrictionKinds)[number];

/** A stretch in which a service was held back. */
export interface RestrictionSpan {
  kind: RestrictionKind;
  from: Instant;
  /** `null`: it still is. */
  to: Instant | null;
}
