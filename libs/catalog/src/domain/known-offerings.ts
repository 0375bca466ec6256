import type { Instant } from '@tollkeeper/calendar';
import type { OfferingVersion } from '@tollkeeper/contracts';

type Dated = Pick<OfferingVersion, 'offeringId' | 'validFrom'>;

/** Of each offering the version that holds at an instant, or its first one where none does yet. */
export function knownAt<Version extends Dated>(
  versions: readonly Version[],
  at: Instant,
): Map<string, Version> {
  const known = new Map<string, Version>();
  const byDate = [...versions].sort((left, right) => (left.validFrom < right.validFrom ? -1 : 1));
  for (const version of byDate) {
    if (!known.has(version.offeringId) || version.validFrom <= at) known.set(version.offeringId, version);
  }
  return known;
}

type Naming = Pick<OfferingVersion, 'compatiblePlans' | 'eligibility' | 'bundle'>;

/** Offerings that one names. */
export const namedBy = ({ compatiblePlans = [], eligibility, bundle }: Naming): string[] => [
  ...compatiblePlans,
  ...(eligibility?.excludes ?? []),
  ...(bundle?.components ?? []).flatMap(({ offeringId }) => offeringId ?? []),
];
