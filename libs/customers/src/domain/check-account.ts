import type { Instant } from '@tollkeeper/calendar';
import type { TenantProfile } from '@tollkeeper/contracts';
import type { NewAccount, NewSubscription } from '../accounts/account-fields';
import { notSold, wrongKind } from './check-sale';
import type { Finding } from './finding';
import { inside } from './finding';
import { type OfferingPrice, priceAt } from './offering-price';

/** Published versions by offering. */
export type OfferingPrices = ReadonlyMap<string, OfferingPrice[]>;

export function checkAccount(
  account: NewAccount,
  tenant: Pick<TenantProfile, 'currency'>,
  prices: OfferingPrices,
): Finding[] {
  const findings: Finding[] = [];
  const currency = account.currency ?? tenant.currency;
  if (currency !== tenant.currency)
    findings.push({ field: 'currency', reason: `this operator's accounts are in ${tenant.currency}` });
  account.subscriptions.forEach((subscription, at) =>
    findings.push(
      ...inside(
        `subscriptions.${at}`,
        checkSubscription(subscription, { currency, cycleId: account.cycleId }, prices),
      ),
    ),
  );
  return findings;
}

export function checkSubscription(
  subscription: NewSubscription,
  account: { currency: string; cycleId: string | null },
  prices: OfferingPrices,
): Finding[] {
  return [
    ...checkPlan(subscription.offeringId, subscription.activeFrom, account, prices),
    ...checkIdentifiers(subscription),
  ];
}

/** A sale: what is held already is checked by `checkHeldPlan`. */
export function checkPlan(
  offeringId: string,
  from: Instant,
  account: { currency: string; cycleId: string | null },
  prices: OfferingPrices,
  as: 'plan' | 'addOn' = 'plan',
): Finding[] {
  const findings = checkHeldPlan(offeringId, from, account, prices);
  const price = priceAt(prices.get(offeringId) ?? [], from);
  if (!price || findings.length > 0) return findings;
  return [notSold(price, from), wrongKind(price, as)].flatMap((reason) =>
    reason === null ? [] : [{ field: 'offeringId', reason }],
  );
}

export function checkHeldPlan(
  offeringId: string,
  from: Instant,
  account: { currency: string; cycleId: string | null },
  prices: OfferingPrices,
): Finding[] {
  const versions = prices.get(offeringId) ?? [];
  const price = priceAt(versions, from);
  if (versions.length === 0)
    return [
      {
        field: 'offeringId',
        reason: `there is no published offering ${offeringId} (or it has not arrived yet)`,
      },
    ];
  if (!price)
    return [
      { field: 'offeringId', reason: `offering ${offeringId} is not sold before ${versions[0]?.validFrom}` },
    ];
  if (price.currency !== account.currency)
    return [{ field: 'offeringId', reason: `offering ${offeringId} is in ${price.currency}` }];
  if (price.paidInAdvance || account.cycleId !== null) return [];
  return [
    { field: 'offeringId', reason: `offering ${offeringId} is invoiced, and the account has no cycleId` },
  ];
}

function checkIdentifiers({ identifiers, activeFrom }: NewSubscription): Finding[] {
  return identifiers.flatMap(({ from = activeFrom, to }, at) => {
    if (from < activeFrom)
      return [{ field: `identifiers.${at}.from`, reason: 'must not be before activeFrom' }];
    if (to && to <= from) return [{ field: `identifiers.${at}.to`, reason: 'must be later than from' }];
    return [];
  });
}
