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
  | 'deposit'
> {
  recurringCharges?: OfferingVersion['recurringCharges'];
  allowances?: OfferingVersion['allowances'];
  /** From then on nobody new gets it. Left out, as null: it is sold. */
  salesEndAt?: Instant | null;
}

/** The version on sale at an instant; `versions` are ordered by `validFrom`. */
export const priceAt = (versions: readonly OfferingPrice[], at: Instant): OfferingPrice | null =>
  versions.filter(({ validFrom }) => validFrom <= at).at(-1) ?? null;

export const planAt = (plans: readonly PlanAssignment[], at: Instant): PlanAssignment | null =>
  plans.find(({ from, to }) => from <= at && (to === null || at < to)) ?? null;

const timesAYear = { day: 365, week: 52, month: 12, quarter: 4, year: 1 };

/** What its recurring charges come to in a year, by list price: good enough to tell the dearer of two plans. */
export const yearlyMinor = ({ recurringCharges = [] }: OfferingPrice): number =>
  recurringCharges.reduce((sum, { amountMinor, every = { unit: 'month', count: 1 } }) => {
    const yearly = (BigInt(amountMinor) * BigInt(timesAYear[every.unit])) / BigInt(every.count);
    return sum + Number(yearly);
  }, 0);

/** Bought by the piece: units once, nothing that recurs. A second one is a second bucket. */
export const isBooster = ({ recurringCharges = [], allowances = [] }: OfferingPrice): boolean =>
  recurringCharges.length === 0 && allowances.some(({ grant }) => grant !== undefined && 'once' in grant);
