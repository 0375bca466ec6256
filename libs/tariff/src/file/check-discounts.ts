import type { CouponTerms, Discount, OfferingVersion } from '@tollkeeper/contracts';
import { type Finding, findRepeats, inside } from './finding';

type Draft = Omit<OfferingVersion, 'version'>;

/** What is known of the offering that a discount is on; null: it is on any. */
type DiscountGround = Pick<Draft, 'recurringCharges' | 'oneOffCharges' | 'usagePrices'> | null;

export function checkDiscounts(offering: Draft): Finding[] {
  const discounts = offering.discounts ?? [];
  return [
    ...findRepeats(
      discounts,
      ({ discountId }) => discountId,
      (at) => `discounts.${at}.discountId`,
    ),
    ...discounts.flatMap((discount, at) => inside(`discounts.${at}`, checkDiscount(discount, offering))),
    ...checkCodes(discounts),
  ];
}

export function checkDiscount(discount: Discount, offering: DiscountGround): Finding[] {
  const { appliesTo, firstUnits, level, value } = discount;
  const findings: Finding[] = [];
  if (firstUnits !== undefined && (level !== 'line' || !namesUsage(discount)))
    findings.push({
      field: 'firstUnits',
      reason: 'units are counted on lines of usage: set `level` to line and name usageTypes or priceIds',
    });
  if (firstUnits !== undefined && value.off === 'fixed')
    findings.push({
      field: 'firstUnits',
      reason: 'units are lowered by a percentage ("100" makes them free)',
    });
  if (level === 'bill' && (appliesTo?.chargeIds ?? appliesTo?.priceIds))
    findings.push({
      field: 'appliesTo',
      reason: 'a discount on the bill is for all of it or for taxCodes: set `level` to line or plan',
    });
  return offering ? [...findings, ...unknownNames(discount, offering)] : findings;
}

const namesUsage = ({ appliesTo }: Discount): boolean =>
  appliesTo?.usageTypes !== undefined || appliesTo?.priceIds !== undefined;

function unknownNames({ appliesTo }: Discount, offering: NonNullable<DiscountGround>): Finding[] {
  const charges = [...offering.recurringCharges, ...(offering.oneOffCharges ?? [])].map(
    ({ chargeId }) => chargeId,
  );
  const prices = (offering.usagePrices ?? []).map(({ priceId }) => priceId);
  const unknown = (field: string, names: readonly string[] = [], known: readonly string[], noun: string) =>
    names.flatMap((name, at) =>
      known.includes(name)
        ? []
        : [{ field: `appliesTo.${field}.${at}`, reason: `the offering has no ${noun} ${name}` }],
    );
  return [
    ...unknown('chargeIds', appliesTo?.chargeIds, charges, 'charge'),
    ...unknown('priceIds', appliesTo?.priceIds, prices, 'usage price'),
  ];
}

function checkCodes(discounts: readonly Discount[]): Finding[] {
  const codes = discounts.flatMap(({ coupons = [] }, at) =>
    coupons.map((terms, index) => ({ terms, field: `discounts.${at}.coupons.${index}` })),
  );
  return [
    ...findRepeats(
      codes,
      ({ terms }) => terms.code.toUpperCase(),
      (at) => `${codes[at]?.field ?? ''}.code`,
    ),
    ...codes.flatMap(({ terms, field }) => inside(field, checkCoupon(terms))),
  ];
}

export const checkCoupon = ({ validFrom, validTo }: CouponTerms): Finding[] =>
  validFrom !== undefined && validTo !== undefined && validTo <= validFrom
    ? [{ field: 'validTo', reason: 'must be later than validFrom' }]
    : [];
