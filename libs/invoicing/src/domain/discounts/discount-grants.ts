import { addDays, localDateOf } from '@tollkeeper/calendar';
import type { AccountDiscount, AccountProfile, Discount, OfferingVersion } from '@tollkeeper/contracts';
import type { BillLine } from '../bill';
import { versionOn } from '../offering-versions';

export type DiscountTerms = Omit<Discount, 'coupons'>;

type DraftLine = Omit<BillLine, 'lineNo'>;

/** A promotion that holds for some lines of a bill. */
export interface DiscountGrant {
  /** Its uses are counted under this name. */
  discountKey: string;
  terms: DiscountTerms;
  offeringId: string | null;
  offeringVersion: number | null;
  accountDiscountId: string | null;
  code: string | null;
  /** Positions of the lines in scope: a list for each of which a fixed amount is due. */
  groups: number[][];
}

interface GrantInput {
  account: AccountProfile;
  offerings: readonly OfferingVersion[];
  accountDiscounts: readonly AccountDiscount[];
  zone: string;
}

/** All promotions that may lower these lines: those of the plans, and those that the account was given. */
export function discountGrants(lines: readonly DraftLine[], input: GrantInput): DiscountGrant[] {
  return [...offeringGrants(lines, input), ...accountGrants(lines, input)].filter(
    ({ groups }) => groups.length > 0,
  );
}

interface OfferingUse {
  terms: DiscountTerms;
  offering: OfferingVersion;
  positions: number[];
}

/** The version that priced a line says which promotions it has; the newest of them says how. */
function offeringGrants(lines: readonly DraftLine[], input: GrantInput): DiscountGrant[] {
  const uses = new Map<string, OfferingUse>();
  for (const [position, line] of lines.entries()) {
    const offering = offeringOf(line, input);
    for (const { coupons, ...terms } of offering?.discounts ?? []) {
      if (!offering || coupons?.length) continue;
      if (terms.level !== 'bill' && !isInScope(line, terms)) continue;
      const holder = terms.level === 'bill' ? input.account.accountId : holderOf(line);
      const discountKey = `promotion/${holder}/${offering.offeringId}/${terms.discountId}`;
      const before = uses.get(discountKey);
      const newest = before && before.offering.version > offering.version ? before : { terms, offering };
      uses.set(discountKey, { ...newest, positions: [...(before?.positions ?? []), position] });
    }
  }
  return [...uses].map(([discountKey, { terms, offering, positions }]) => ({
    discountKey,
    terms,
    offeringId: offering.offeringId,
    offeringVersion: offering.version,
    accountDiscountId: null,
    code: null,
    groups: nonEmpty(terms.level === 'bill' ? inScope(lines, terms) : positions),
  }));
}

function accountGrants(lines: readonly DraftLine[], input: GrantInput): DiscountGrant[] {
  const roots = new Map(
    input.account.subscriptions.map(({ subscriptionId, slice }) => [
      subscriptionId,
      slice?.subscriptionId ?? subscriptionId,
    ]),
  );
  return input.accountDiscounts.map((given) => {
    const { accountDiscountId, discount: terms, subscriptionId, offeringIds, code } = given;
    const positions = inScope(lines, terms).filter((position) => {
      const line = lines[position] as DraftLine;
      const ofSubscription =
        subscriptionId === null ||
        line.subscriptionId === subscriptionId ||
        roots.get(line.subscriptionId ?? '') === subscriptionId;
      const ofOffering = offeringIds === null || offeringIds.includes(line.offeringId);
      return ofSubscription && ofOffering && isHeldOn(given, line, input.zone);
    });
    return {
      discountKey: `given/${accountDiscountId}`,
      terms,
      offeringId: null,
      offeringVersion: null,
      accountDiscountId,
      code,
      groups: terms.level === 'bill' ? nonEmpty(positions) : byHolder(lines, positions),
    };
  });
}

/** The period that contains the first day is the first one that is lowered. */
function isHeldOn({ from, to }: AccountDiscount, line: DraftLine, zone: string): boolean {
  if (to !== null && to <= from) return false;
  return line.to > localDateOf(from, zone) && (to === null || line.from < localDateOf(to, zone));
}

const inScope = (lines: readonly DraftLine[], terms: DiscountTerms): number[] =>
  [...lines.keys()].filter((position) => isInScope(lines[position] as DraftLine, terms));

/** Charges by their ids, usage by its price or type; who names only one of the two means only that. */
function isInScope(line: DraftLine, { appliesTo = {} }: DiscountTerms): boolean {
  const { chargeIds, priceIds, usageTypes } = appliesTo;
  if (line.corrects) return false;
  if (line.kind !== 'usage')
    return chargeIds ? chargeIds.includes(line.price?.chargeId ?? '') : !priceIds && !usageTypes;
  if (chargeIds && !priceIds && !usageTypes) return false;
  return (
    (!priceIds || priceIds.includes(line.priceId ?? '')) &&
    (!usageTypes || (line.usageType !== undefined && usageTypes.includes(line.usageType)))
  );
}

const offeringOf = (line: DraftLine, { offerings, zone }: GrantInput): OfferingVersion | undefined =>
  line.offeringVersion === null
    ? (versionOn(offerings, line.offeringId, line.from, zone) ??
      versionOn(offerings, line.offeringId, addDays(line.to, -1), zone))
    : offerings.find(
        ({ offeringId, version }) => offeringId === line.offeringId && version === line.offeringVersion,
      );

/** A pool's own charges are a holder of their own. */
const holderOf = ({ subscriptionId, chargeKey, offeringId }: DraftLine): string =>
  subscriptionId ?? `pool/${chargeKey?.split('/')[0] ?? offeringId}`;

function byHolder(lines: readonly DraftLine[], positions: readonly number[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const position of positions) {
    const line = lines[position] as DraftLine;
    const key = `${holderOf(line)}/${line.offeringId}`;
    groups.set(key, [...(groups.get(key) ?? []), position]);
  }
  return [...groups.values()];
}

const nonEmpty = (positions: number[]): number[][] => (positions.length > 0 ? [positions] : []);
