import type { Instant } from '@tollkeeper/calendar';
import type { PlanAssignment } from '@tollkeeper/contracts';
import type { Finding } from './finding';
import { type OfferingPrice, planAt, priceAt } from './offering-price';

/** Who orders an offering, and for which subscription. */
export interface Buyer {
  kind: 'person' | 'organisation';
  segment: string | null;
  country: string;
  creditClass: string | null;
  /** Has and had no subscription. */
  isNew: boolean;
  /** Plan and add-ons that the subscription has when the order takes effect. */
  plan: string | null;
  addOns: string[];
}

/** Whether it is sold at all then; who has it keeps it, whatever this says. */
export function notSold(offering: OfferingPrice, from: Instant): string | null {
  const { offeringId, salesEndAt, eligibility } = offering;
  const { salesFrom, salesTo } = eligibility ?? {};
  if (salesEndAt && from >= salesEndAt)
    return `offering ${offeringId} is retired: it was sold until ${salesEndAt}. Choose another one`;
  if (salesFrom !== undefined && from < salesFrom)
    return `offering ${offeringId} is sold from ${salesFrom} on. Choose a later day`;
  if (salesTo !== undefined && from >= salesTo)
    return `offering ${offeringId} was sold until ${salesTo}. Choose another one`;
  return null;
}

/** A plan stands alone, an add-on on a plan; what says neither may be both. */
export function wrongKind({ offeringId, kind }: OfferingPrice, as: 'plan' | 'addOn'): string | null {
  if (as === 'plan' && kind === 'addOn')
    return `${offeringId} is an add-on: order a plan, and then the add-on on it (addOnChange)`;
  if (as === 'plan' && kind === 'device')
    return `${offeringId} is a device: sell it by an instalment plan (POST /v1/invoicing/instalment-plans)`;
  if (as === 'addOn' && kind !== undefined && kind !== 'addOn')
    return `${offeringId} is a ${kind}: it cannot be put on top of a plan`;
  return null;
}

/** Whether this buyer may have it. */
export function checkEligibility(
  { offeringId, compatiblePlans, eligibility = {} }: OfferingPrice,
  buyer: Buyer,
): Finding[] {
  const { segments, customerTypes, countries, creditClasses, newCustomersOnly, excludes } = eligibility;
  const held = [...(buyer.plan === null ? [] : [buyer.plan]), ...buyer.addOns];
  const excluded = held.filter((id) => id !== offeringId && excludes?.includes(id));
  return [
    ...only(
      segments,
      buyer.segment,
      offeringId,
      'customers of segment',
      'Set the customer’s segment, or choose another offering',
    ),
    ...only(customerTypes, buyer.kind, offeringId, 'customers of kind', 'Choose another offering'),
    ...only(countries, buyer.country, offeringId, 'accounts in', 'Choose another offering'),
    ...only(
      creditClasses,
      buyer.creditClass,
      offeringId,
      'accounts of credit class',
      'Set the credit class, or choose another offering',
    ),
    ...(newCustomersOnly && !buyer.isNew
      ? [
          finding(
            `${offeringId} is for new customers: this one has or had a subscription. Choose another offering`,
          ),
        ]
      : []),
    ...(compatiblePlans && !compatiblePlans.includes(buyer.plan ?? '')
      ? [
          finding(
            `add-on ${offeringId} goes with ${compatiblePlans.join(', ')}, not with ${buyer.plan ?? 'no plan'}. Change the plan first`,
          ),
        ]
      : []),
    ...excluded.map((id) => finding(`${offeringId} does not go together with ${id}. End that first`)),
  ];
}

const finding = (reason: string): Finding => ({ field: 'offeringId', reason });

function only(
  allowed: readonly string[] | undefined,
  has: string | null,
  offeringId: string,
  whom: string,
  wayOut: string,
): Finding[] {
  if (!allowed || (has !== null && allowed.includes(has))) return [];
  return [finding(`${offeringId} is for ${whom} ${allowed.join(', ')}, this is ${has ?? 'none'}. ${wayOut}`)];
}

export interface Sale {
  offeringId: string;
  as: 'plan' | 'addOn';
  from: Instant;
}

/** What the subscription has already; `null`: it is a new one. */
export interface Held {
  plans: readonly PlanAssignment[];
  addOns?: readonly PlanAssignment[];
}

export type Customer = Omit<Buyer, 'plan' | 'addOns'>;

const running = ({ addOns = [] }: Held, from: Instant): string[] =>
  addOns.filter(({ to }) => to === null || to > from).map(({ offeringId }) => offeringId);

/** Offerings whose terms a sale is checked by: its own, and the add-ons that go on. */
export const offeringsAsked = ({ offeringId, from }: Sale, held: Held | null): string[] => [
  offeringId,
  ...(held ? running(held, from) : []),
];

/** Whether this customer may have it, as its version of that day says; a new plan must suit the add-ons that go on. */
export function checkSale(
  { offeringId, as, from }: Sale,
  held: Held | null,
  customer: Customer,
  prices: ReadonlyMap<string, OfferingPrice[]>,
): Finding[] {
  const offering = priceAt(prices.get(offeringId) ?? [], from);
  if (!offering) return [];
  const addOns = held ? running(held, from) : [];
  const plan = as === 'plan' ? null : (planAt([...(held?.plans ?? [])], from)?.offeringId ?? null);
  return [
    ...checkEligibility(offering, { ...customer, plan, addOns }),
    ...(as === 'plan' ? addOns : []).flatMap((id) => {
      const bound = priceAt(prices.get(id) ?? [], from)?.compatiblePlans;
      return bound && !bound.includes(offeringId)
        ? [finding(`add-on ${id} goes with ${bound.join(', ')} only. End it first (addOnChange)`)]
        : [];
    }),
  ];
}

/** Whether it matters who buys: most offerings are sold to everybody. */
export const asksWho = (prices: ReadonlyMap<string, OfferingPrice[]>): boolean =>
  [...prices.values()].some((versions) => versions.some(({ eligibility }) => eligibility !== undefined));
