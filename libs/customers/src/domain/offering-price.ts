import type { Instant } from '@tollkeeper/calendar';
import type { OfferingVersion, PlanAssignment } from '@tollkeeper/contracts';

/** What customers has to know of a published offering version. */
export interface OfferingPrice extends Pick<
  OfferingVersion,
  | 'offeringId'
  | 'version'
  | 'name'
  | 'currency'
  | 'validFrom'
  | 'paidInAdvance'
  | 'kind'
  | 'compatiblePlans'
  | 'eligibility'
> {
  /** From then on nobody new gets it. Left out, as null: it is sold. */
  salesEndAt?: Instant | null;
}

/** The version on sale at an instant; `versions` are ordered by `validFrom`. */
export const priceAt = (versions: readonly OfferingPrice[], at: Instant): OfferingPrice | null =>
  versions.filter(({ validFrom }) => validFrom <= at).at(-1) ?? null;

export const planAt = (plans: readonly PlanAssignment[], at: Instant): PlanAssignment | null =>
  plans.find(({ from, to }) => from <= at && (to === null || at < to)) ?? null;
