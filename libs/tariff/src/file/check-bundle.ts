import type { BundleAllocation, OfferingVersion } from '@tollkeeper/contracts';
import { type Finding, findRepeats } from './finding';

type Draft = Omit<OfferingVersion, 'version'>;

const wholeMillionths = 1_000_000;

/** Components once each, and two allocations that add up to the whole. */
export function checkBundle(offering: Draft): Finding[] {
  const { kind, bundle, offeringId } = offering;
  if (!bundle) return kind === 'bundle' ? [{ field: 'bundle', reason: 'a bundle names its components' }] : [];
  if (kind !== 'bundle') return [{ field: 'kind', reason: 'must be bundle: the offering has components' }];
  const itself = bundle.components.flatMap((component, at) =>
    component.offeringId === offeringId
      ? [{ field: `bundle.components.${at}.offeringId`, reason: 'a bundle cannot contain itself' }]
      : [],
  );
  return [
    ...findRepeats(
      bundle.components,
      ({ componentId }) => componentId,
      (at) => `bundle.components.${at}.componentId`,
    ),
    ...itself,
    ...checkAllocation('revenue', bundle.revenue, offering),
    ...checkAllocation('tax', bundle.tax, offering),
  ];
}

function checkAllocation(
  name: 'revenue' | 'tax',
  allocation: BundleAllocation,
  { bundle, recurringCharges, paidInAdvance }: Draft,
): Finding[] {
  const field = `bundle.${name}.shares`;
  const components = (bundle?.components ?? []).map(({ componentId }) => componentId);
  const shared = allocation.shares.map(({ componentId }) => componentId);
  const places: Finding[] = [
    ...findRepeats(
      shared,
      (componentId) => componentId,
      (at) => `${field}.${at}.componentId`,
    ),
    ...shared.flatMap((componentId, at) =>
      components.includes(componentId)
        ? []
        : [{ field: `${field}.${at}.componentId`, reason: `the bundle has no component ${componentId}` }],
    ),
    ...components.flatMap((componentId) =>
      shared.includes(componentId)
        ? []
        : [{ field, reason: `component ${componentId} has no share: give it one, of 0 at least` }],
    ),
  ];
  if (allocation.in === 'millionths') {
    const given = allocation.shares.reduce((sum, { millionths }) => sum + millionths, 0);
    return given === wholeMillionths
      ? places
      : [...places, { field, reason: `add up to ${given} millionths, must be ${wholeMillionths}` }];
  }
  const prices = [...recurringCharges, ...(paidInAdvance ? [paidInAdvance] : [])].map(
    ({ amountMinor }) => amountMinor,
  );
  const [price] = prices;
  if (price === undefined || prices.length > 1)
    return [
      ...places,
      {
        field: `bundle.${name}.in`,
        reason: `amounts divide one price, the bundle has ${prices.length}: use millionths`,
      },
    ];
  const given = allocation.shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return given === price
    ? places
    : [...places, { field, reason: `add up to ${given}, the price is ${price} (minor units)` }];
}
