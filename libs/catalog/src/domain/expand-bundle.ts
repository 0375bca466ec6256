import type { Allowance, BundleComponent, OfferingVersion, UsagePriceRule } from '@tollkeeper/contracts';

/** Who a component is, as it was when the bundle was published. */
type Lookup = (offeringId: string) => OfferingVersion | undefined;

/**
 * What a bundle contains, written out: those who rate need to know nothing of components. Ids of a component's
 * allowances and price rules begin with the component's: two of a kind stay two. Null: nothing to write out.
 */
export function expandBundle(bundle: OfferingVersion, lookup: Lookup): OfferingVersion | null {
  if (!bundle.bundle?.components.some(({ offeringId }) => offeringId !== undefined)) return null;
  const parts = bundle.bundle.components.map((component) => partOf(component, lookup));
  const usagePrices = [...(bundle.usagePrices ?? []), ...parts.flatMap((part) => part.usagePrices)];
  return {
    ...bundle,
    allowances: [...bundle.allowances, ...parts.flatMap(({ allowances }) => allowances)],
    ...(usagePrices.length > 0 ? { usagePrices } : {}),
    bundle: { ...bundle.bundle, components: parts.map(({ component }) => component) },
  };
}

interface Part {
  component: BundleComponent;
  allowances: Allowance[];
  usagePrices: UsagePriceRule[];
}

function partOf(component: BundleComponent, lookup: Lookup): Part {
  const found = component.offeringId === undefined ? undefined : lookup(component.offeringId);
  if (!found) return { component, allowances: [], usagePrices: [] };
  const whole = expandBundle(found, lookup) ?? found;
  const named = (id: string): string => `${component.componentId}:${id}`;
  return {
    component: { ...component, offeringVersion: found.version },
    allowances: whole.allowances.map((each) => ({ ...each, allowanceId: named(each.allowanceId) })),
    usagePrices: (whole.usagePrices ?? []).map((each) => ({ ...each, priceId: named(each.priceId) })),
  };
}
