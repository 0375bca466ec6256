import type { Allowance, OfferingVersion, RateEntry } from '@tollkeeper/contracts';
import { minorDigits, parseRate } from '@tollkeeper/money';
import { euroRate } from './check-roaming-deck';
import { inOneSentence, type RoamingFinding } from './roaming-finding';
import { inForce, wholesaleCaps } from './eea-caps';
import { type CheckedDeck, type EeaDeck, eeaDeck, type PlacedRow } from './eea-zones';
import { fairUseLaw, fairUseVolume } from './fair-use-volume';
import {
  domesticRows,
  highestOf,
  type RegulatedType,
  regulatedTypes,
  roamingRows,
  zonesAbroad,
} from './roaming-rows';
import { free, isAbove } from './unit-price';

type CheckedPlan = Pick<OfferingVersion, 'currency' | 'allowances' | 'recurringCharges' | 'paidInAdvance'>;

const likeAtHomeLaw = 'Regulation (EU) 2022/612, Articles 4 and 5';

/** Whether a plan on a deck lets roam like at home: what it includes, and from which volume on a surcharge may be due. */
export function checkRoamingPlan(
  checked: CheckedDeck,
  entries: readonly RateEntry[],
  plan: CheckedPlan,
): RoamingFinding[] {
  const deck = eeaDeck(checked, entries);
  if (!deck || !inForce(wholesaleCaps, deck.on)) return [];
  const perEuro = euroRate(deck);
  if (typeof perEuro !== 'string') return [perEuro];
  return zonesAbroad(deck).flatMap((zone) =>
    regulatedTypes.flatMap((usageType) => checkIncluded(deck, usageType, zone, plan, perEuro)),
  );
}

type CheckedOffering = CheckedPlan & Pick<OfferingVersion, 'validFrom' | 'kind'>;

/** The version whose rows a plan is checked by: that of its first day, where the law asks about it. */
export function roamingDeckOf<Deck extends CheckedDeck>(
  { validFrom, kind = 'plan' }: Pick<OfferingVersion, 'validFrom' | 'kind'>,
  versions: readonly Deck[],
): Deck | null {
  const deck = versions.filter((version) => version.validFrom <= validFrom).at(-1);
  return deck?.eea && kind === 'plan' ? deck : null;
}

/** A plan by the law of its first day, on the deck that is in force then; versions oldest first. */
export function checkOfferingRoaming(
  offering: CheckedOffering,
  versions: readonly (CheckedDeck & { entries: readonly RateEntry[] })[],
): { field: string; reason: string }[] {
  const deck = roamingDeckOf(offering, versions);
  if (deck === null) return [];
  const onItsDay = { ...deck, validFrom: offering.validFrom };
  return checkRoamingPlan(onItsDay, deck.entries, offering).map(inOneSentence);
}

const unitNames: Record<RegulatedType, string> = { voice: 'seconds', sms: 'messages', data: 'bytes' };

const namesOf = (zones: Iterable<string>, rows: readonly PlacedRow[]): ReadonlySet<string> =>
  new Set([...zones, ...rows.map(({ row }) => row.zone)]);

const unitsIn = (allowances: readonly Allowance[], names: ReadonlySet<string>): number =>
  allowances.reduce((sum, { units, limits = [] }) => {
    const there = limits.filter(({ zones }) => zones.some((name) => names.has(name)));
    return sum + Math.min(units, ...there.map((limit) => limit.units));
  }, 0);

function checkIncluded(
  deck: EeaDeck,
  usageType: RegulatedType,
  zone: string,
  plan: CheckedPlan,
  perEuro: string,
): RoamingFinding[] {
  const rows = roamingRows(deck, usageType, zone);
  const domestic = domesticRows(deck, usageType);
  const atHome = highestOf(domestic);
  const abroad = highestOf(rows);
  if (!atHome || !abroad) return [];
  const ofType = plan.allowances.filter((allowance) => allowance.usageType === usageType);
  const covering = (names: ReadonlySet<string>): Allowance[] =>
    ofType.filter(({ zones }) => zones.some((name) => names.has(name)));
  const namesAtHome = namesOf(deck.homeZones, domestic);
  const namesAbroad = namesOf([zone], rows);
  const home = covering(namesAtHome);
  const included = unitsIn(covering(namesAbroad), namesAbroad);
  const isUnlimited = !isAbove(atHome, free) || home.some(({ whenUsedUp }) => whenUsedUp === 'throttle');
  const required = requiredUnits(
    deck,
    usageType,
    plan,
    isUnlimited ? null : unitsIn(home, namesAtHome),
    perEuro,
  );
  const hasSurcharge = isAbove(abroad, atHome);
  if (isUnlimited && !isAbove(abroad, free)) return [];
  if (included < required) return [tooLittle(usageType, zone, included, required)];
  return hasSurcharge && included === 0 ? [surchargeAtOnce(usageType, zone)] : [];
}

/** Calls and messages have no fair use volume; those of an unlimited plan are unlimited, so no number is enough. */
function requiredUnits(
  { on, currency }: EeaDeck,
  usageType: RegulatedType,
  plan: CheckedPlan,
  domesticUnits: number | null,
  perEuro: string,
): number {
  if (usageType !== 'data') return domesticUnits ?? Infinity;
  const price = eurosOf(priceOfPeriod(plan), currency, perEuro);
  return fairUseVolume({ on, price, domesticBytes: domesticUnits })?.bytes ?? 0;
}

function tooLittle(
  usageType: RegulatedType,
  zone: string,
  included: number,
  required: number,
): RoamingFinding {
  const units = unitNames[usageType];
  return Number.isFinite(required)
    ? {
        field: 'allowances',
        reason: `${included} ${units} of ${usageType} are included in ${zone}, and ${required} must be`,
        law: usageType === 'data' ? fairUseLaw : likeAtHomeLaw,
        wayOut: `let allowances of at least ${required} ${units} cover ${zone}`,
      }
    : {
        field: 'allowances',
        reason: `${usageType} is unlimited at home and not in ${zone}`,
        law: likeAtHomeLaw,
        wayOut: `price ${usageType} in ${zone} at 0 too`,
      };
}

const surchargeAtOnce = (usageType: RegulatedType, zone: string): RoamingFinding => ({
  field: 'allowances',
  reason: `${usageType} in ${zone} costs more than at home from its first unit on`,
  law: fairUseLaw,
  wayOut: `include the fair use volume in ${zone}, so that the surcharge begins behind it, or price it as at home`,
});

/** What a billing (or paid) period costs, whatever is used. Charges at intervals of their own are no part of it. */
const priceOfPeriod = ({ recurringCharges, paidInAdvance }: CheckedPlan): number =>
  (paidInAdvance?.amountMinor ?? 0) +
  recurringCharges
    .filter(({ every }) => every === undefined)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const scaleDigits = 12;
const scale = 10n ** BigInt(scaleDigits);

/** As a decimal of euros, rounded up: a volume that is counted from it is never too small. */
function eurosOf(minor: number, currency: string, perEuro: string): string {
  const amount = BigInt(minor) * scale * scale;
  const divisor = 10n ** BigInt(minorDigits(currency)) * parseRate(perEuro);
  const euros = ((amount + divisor - 1n) / divisor).toString().padStart(scaleDigits + 1, '0');
  return `${euros.slice(0, -scaleDigits)}.${euros.slice(-scaleDigits)}`;
}
