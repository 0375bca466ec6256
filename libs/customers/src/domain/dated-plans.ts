import type { Instant } from '@tollkeeper/calendar';
import type { PlanAssignment } from '@tollkeeper/contracts';

/** Takes a plan that begins at `from` away again; the one before it goes on. */
export function withoutPlan(
  plans: readonly PlanAssignment[],
  offeringId: string,
  from: Instant,
): PlanAssignment[] {
  const last = plans.at(-1);
  if (plans.length < 2 || last?.offeringId !== offeringId || last.from !== from) return [...plans];
  return plans.slice(0, -1).map((plan) => (plan.to === from ? { ...plan, to: null } : plan));
}

/** Nothing goes on after `end`; what was to begin later does not begin. */
export const endedPlans = (plans: readonly PlanAssignment[], end: Instant): PlanAssignment[] =>
  plans
    .filter(({ from }) => from < end)
    .map((plan) => (plan.to === null || plan.to > end ? { ...plan, to: end } : plan));

export const withAddOn = (
  addOns: readonly PlanAssignment[],
  offeringId: string,
  from: Instant,
): PlanAssignment[] => [...addOns, { offeringId, from, to: null }];

export const withoutAddOn = (
  addOns: readonly PlanAssignment[],
  offeringId: string,
  from: Instant,
): PlanAssignment[] => addOns.filter((addOn) => addOn.offeringId !== offeringId || addOn.from !== from);

/** Ends the add-on that runs at `at`, or makes it go on again with `to` null. */
export const addOnEnding = (
  addOns: readonly PlanAssignment[],
  offeringId: string,
  at: Instant,
  to: Instant | null,
): PlanAssignment[] =>
  addOns.map((addOn) =>
    addOn.offeringId === offeringId && addOn.from < at && (addOn.to === null || addOn.to === at)
      ? { ...addOn, to }
      : addOn,
  );

export const hasAddOn = (addOns: readonly PlanAssignment[], offeringId: string, at: Instant): boolean =>
  addOns.some((addOn) => addOn.offeringId === offeringId && (addOn.to === null || addOn.to > at));
