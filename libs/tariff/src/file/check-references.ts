import type { OfferingVersion } from '@tollkeeper/contracts';
import type { Finding } from './finding';

type Draft = Omit<OfferingVersion, 'version'>;

/** The newest of each offering. */
export type KnownOfferings = ReadonlyMap<
  string,
  Pick<Draft, 'offeringId' | 'kind' | 'currency' | 'bundle' | 'paidInAdvance' | 'validFrom'>
>;

/** Whom an offering names: base plans, what it excludes, what it is made of. */
export function checkReferences(offering: Draft, others: KnownOfferings | undefined): Finding[] {
  if (!others) return [];
  const { compatiblePlans = [], eligibility, bundle } = offering;
  return [
    ...compatiblePlans.flatMap((planId, at) => checkPlan(`compatiblePlans.${at}`, planId, offering, others)),
    ...(eligibility?.excludes ?? []).flatMap((excluded, at) =>
      others.has(excluded) ? [] : [unknown(`eligibility.excludes.${at}`, excluded)],
    ),
    ...(bundle?.components ?? []).flatMap(({ offeringId }, at) =>
      offeringId === undefined || offeringId === offering.offeringId
        ? []
        : checkComponent(`bundle.components.${at}.offeringId`, offeringId, offering, others),
    ),
  ];
}

const unknown = (field: string, offeringId: string): Finding => ({
  field,
  reason: `there is no published offering ${offeringId}, nor is it in this document`,
});

function checkPlan(field: string, planId: string, { currency }: Draft, others: KnownOfferings): Finding[] {
  const plan = others.get(planId);
  if (!plan) return [unknown(field, planId)];
  if (plan.kind === 'device') return [{ field, reason: `${planId} is a device, not a plan` }];
  if (plan.kind === 'addOn') return [{ field, reason: `${planId} is an add-on, not a plan` }];
  return plan.currency === currency ? [] : [{ field, reason: `${planId} is in ${plan.currency}` }];
}

function checkComponent(field: string, offeringId: string, bundle: Draft, others: KnownOfferings): Finding[] {
  const component = others.get(offeringId);
  if (!component) return [unknown(field, offeringId)];
  const way = wayBack(offeringId, bundle.offeringId, others);
  if (way)
    return [{ field, reason: `makes a circle of bundles: ${[bundle.offeringId, ...way].join(' -> ')}` }];
  if (component.currency !== bundle.currency)
    return [{ field, reason: `${offeringId} is in ${component.currency}` }];
  return component.validFrom <= bundle.validFrom
    ? []
    : [{ field, reason: `${offeringId} is valid from ${component.validFrom} on only` }];
}

/** How one comes from an offering to `target` through the components of bundles; null when one does not. */
function wayBack(
  from: string,
  target: string,
  others: KnownOfferings,
  seen: Set<string> = new Set(),
): string[] | null {
  if (from === target) return [target];
  if (seen.has(from)) return null;
  seen.add(from);
  for (const { offeringId } of others.get(from)?.bundle?.components ?? []) {
    const way = offeringId && wayBack(offeringId, target, others, seen);
    if (way) return [from, ...way];
  }
  return null;
}
