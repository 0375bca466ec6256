import type { Instant } from '@tollkeeper/calendar';
import type { Allowance, OfferingVersion, PlanAssignment, SubscriptionProfile } from '@tollkeeper/contracts';
import { compareText } from './grant';

export type OfferingVersions = ReadonlyMap<string, readonly OfferingVersion[]>;

/** Half-open, in instants that compare as text. */
export interface Span {
  fromAt: Instant;
  toAt: Instant;
}

/** A plan or an add-on while a subscription has it. */
export interface Holding extends Span {
  offeringId: string;
  /** It was bought before this slice of the subscription began: its booster is the slice's in which it was bought. */
  isInherited: boolean;
}

/** An allowance of one version, as long as that is in force within a holding. */
export interface HeldAllowance extends Span {
  allowance: Allowance;
  /** Of money only: that of its plan or add-on. */
  money: { currency?: string };
  holding: Holding;
}

/** Beyond every real instant, and still comparable as text. */
export const endOfTime: Instant = '9999-12-31T23:59:59.999Z';

const later = (left: Instant, right: Instant): Instant => (left < right ? right : left);
const earlier = (left: Instant, right: Instant): Instant => (left < right ? left : right);

export function overlap(left: Span, right: Span): Span | null {
  const fromAt = later(left.fromAt, right.fromAt);
  const toAt = earlier(left.toAt, right.toAt);
  return fromAt < toAt ? { fromAt, toAt } : null;
}

/** What the subscription has and had, while it is active: plans first, then add-ons, each by its start. */
export function holdingsOf({
  plans,
  addOns = [],
  activeFrom,
  activeTo,
  slice,
}: SubscriptionProfile): Holding[] {
  const isLaterSlice = slice !== undefined && slice.activeFrom < activeFrom;
  const active = { fromAt: activeFrom, toAt: activeTo ?? endOfTime };
  const held = (assignments: readonly PlanAssignment[]): Holding[] =>
    [...assignments]
      .sort((left, right) => compareText(left.from, right.from))
      .flatMap(({ offeringId, from, to }) => {
        const span = overlap({ fromAt: from, toAt: to ?? endOfTime }, active);
        return span ? [{ ...span, offeringId, isInherited: isLaterSlice && from < activeFrom }] : [];
      });
  return [...held(plans), ...held(addOns)];
}

/** A bundle contains bundles at most this deep: what the catalog lets through has no cycle. */
const deepestBundle = 5;

/** The allowances of a holding, version by version; a bundle has those of its components too. */
export function allowancesOf(holding: Holding, offerings: OfferingVersions): HeldAllowance[] {
  const ofOffering = (offeringId: string, within: Span, depth: number): HeldAllowance[] =>
    versionSpans(offerings.get(offeringId) ?? []).flatMap(({ version, ...span }) => {
      const held = overlap(span, within);
      if (!held || depth > deepestBundle) return [];
      return [
        ...version.allowances.map((allowance) => ({
          ...held,
          allowance,
          money: allowance.usageType === 'money' ? { currency: version.currency } : {},
          holding,
        })),
        ...(version.bundle?.components ?? []).flatMap((component) =>
          component.offeringId ? ofOffering(component.offeringId, held, depth + 1) : [],
        ),
      ];
    });
  return ofOffering(holding.offeringId, holding, 1);
}

/** A version is in force from its own instant until the next one's. Newest first in, oldest first out. */
function versionSpans(versions: readonly OfferingVersion[]): (Span & { version: OfferingVersion })[] {
  return versions
    .map((version, at) => ({
      version,
      fromAt: version.validFrom,
      toAt: versions[at - 1]?.validFrom ?? endOfTime,
    }))
    .reverse();
}
