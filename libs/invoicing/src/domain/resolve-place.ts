import type { LocalDate } from '@tollkeeper/calendar';
import type { AccountProfile, PostalAddress } from '@tollkeeper/contracts';
import { countryOf } from '@tollkeeper/tariff';
import {
  type PlaceEvidence,
  placeOfSupply,
  type VatNumberCheck,
  type ZipRange,
  ZipTable,
} from '@tollkeeper/tax';
import { jurisdictionsOf, type LinePlace, type TaxPlace } from './tax-place';

/** What people have recorded of an account for tax. */
export interface TaxFacts {
  customer: 'consumer' | 'business';
  vatNumber: VatNumberCheck | null;
  evidence: PlaceEvidence[];
  decision: PlaceDecision | null;
  /** Services that are used mainly elsewhere than at the account's address. Absent: none. */
  placesOfUse?: PlaceOfUse[];
}

interface PlaceOfUse {
  subscriptionId: string;
  address: PostalAddress;
}

/** A person's word on an address that the table could not place; it ends with the address. */
interface PlaceDecision {
  jurisdictions: string[];
  address: string;
  reason: string;
}

export interface PlaceInput {
  profile: AccountProfile;
  facts: TaxFacts | null;
  sellerCountry: string;
  placeBy: 'address' | 'telecom';
  belowUnionThreshold?: boolean;
  /** Rows of the ZIP codes asked for; `null`: the tenant has no table. */
  zipRanges: readonly ZipRange[] | null;
  on: LocalDate;
}

export interface ResolvedPlace {
  /** `null`: the address alone says all. */
  place: TaxPlace | null;
  /** Why a person should look at it. */
  review: string | null;
  candidates: string[];
}

export const addressKey = ({ country, region, postalCode, city, lines }: PostalAddress): string =>
  [country, region, postalCode, city, ...lines].join('|');

/** The account's place, and that of each service where it is another one. */
export function resolvePlace(input: PlaceInput): ResolvedPlace {
  const account = onePlace(input);
  const { profile, placeBy, facts } = input;
  const used = new Map((facts?.placesOfUse ?? []).map((each) => [each.subscriptionId, each.address]));
  if (used.size === 0 && (placeBy !== 'telecom' || profile.subscriptions.length < 2)) return account;
  const own = account.place?.jurisdictions ?? jurisdictionsOf(profile.address);
  const found = profile.subscriptions.map((subscription) => {
    const { subscriptionId, slice } = subscription;
    const address = used.get(slice?.subscriptionId ?? subscriptionId) ?? profile.address;
    const at = onePlace({ ...input, profile: { ...profile, address, subscriptions: [subscription] } });
    const place = at.place ?? plainPlace(input, jurisdictionsOf(address));
    return { subscriptionId, place, review: at.review };
  });
  const elsewhere = found.filter(({ place }) => place.jurisdictions.join() !== own.join());
  if (elsewhere.length === 0) return account;
  const lines = elsewhere.map(({ subscriptionId, place }): LinePlace => {
    const { jurisdictions, treatment, rule, evidence } = place;
    return { subscriptionId, jurisdictions, treatment, rule, evidence };
  });
  const review = elsewhere.flatMap(({ subscriptionId, review: why }) =>
    why === null || why === account.review ? [] : [`${subscriptionId}: ${why}`],
  );
  return {
    ...account,
    place: { ...(account.place ?? plainPlace(input, own)), lines },
    review: [...(account.review ? [account.review] : []), ...review].join('; ') || null,
  };
}

function onePlace(input: PlaceInput): ResolvedPlace {
  const { profile, facts, zipRanges, placeBy } = input;
  const { address } = profile;
  const decision = facts?.decision;
  if (decision && decision.address === addressKey(address)) return decided(input, decision);
  if (address.country === 'US' && zipRanges) return usPlace(input, zipRanges);
  if (placeBy === 'telecom') return supplyPlace(input);
  const place = facts?.customer === 'business' ? plainPlace(input, jurisdictionsOf(address)) : null;
  return { place, review: null, candidates: [] };
}

const plainPlace = ({ profile, facts }: PlaceInput, jurisdictions: string[]): TaxPlace => ({
  jurisdictions,
  customer: facts?.customer ?? 'consumer',
  country: profile.address.country,
  treatment: 'domestic',
  rule: "the account's address",
  evidence: [],
  confidence: null,
  jurisdictionCode: null,
  vatNumber: facts?.vatNumber?.number ?? null,
});

const decided = (input: PlaceInput, { jurisdictions, reason }: PlaceDecision): ResolvedPlace => ({
  place: {
    ...plainPlace(input, jurisdictions),
    rule: `decided by a person: ${reason}`,
    confidence: 'decided',
  },
  review: null,
  candidates: [],
});

/** Place of primary use, 4 U.S.C. § 117; what the ZIP code leaves open is taxed by the address and looked at. */
function usPlace(input: PlaceInput, zipRanges: readonly ZipRange[]): ResolvedPlace {
  const { address } = input.profile;
  const found = new ZipTable(zipRanges).place(address.postalCode, input.on);
  const state = found.jurisdictions[1];
  const own = jurisdictionsOf(address);
  const contradicts = address.region !== '' && state !== undefined && !own.includes(state);
  const isSure = found.jurisdictionCode !== null && !contradicts;
  const jurisdictions = isSure ? found.jurisdictions : [...new Set([...own, ...found.jurisdictions])];
  const { confidence, jurisdictionCode, candidates } = found;
  return {
    place: {
      ...plainPlace(input, contradicts ? own : jurisdictions),
      ...{ confidence, jurisdictionCode },
      rule: 'Mobile Telecommunications Sourcing Act, 4 U.S.C. § 117: place of primary use',
      evidence: [{ kind: 'billingAddress', country: 'US', source: `ZIP code ${address.postalCode}` }],
    },
    review: contradicts ? `the address says ${own.at(-1)}, its ZIP code lies in ${state}` : found.review,
    candidates,
  };
}

const imsiOf = ({ subscriptions }: AccountProfile): string | null => {
  const imsis = subscriptions.flatMap(({ identifiers }) => identifiers.filter(({ kind }) => kind === 'imsi'));
  return imsis.sort((left, right) => (left.from < right.from ? 1 : -1))[0]?.value ?? null;
};

function supplyPlace(input: PlaceInput): ResolvedPlace {
  const { profile, facts, sellerCountry, belowUnionThreshold = false } = input;
  const imsi = imsiOf(profile);
  const { review, jurisdictions, ...place } = placeOfSupply({
    sellerCountry,
    belowUnionThreshold,
    customer: facts?.customer ?? 'consumer',
    simCountry: (imsi === null ? undefined : countryOf(imsi)) ?? sellerCountry,
    address: profile.address,
    vatNumber: facts?.vatNumber ?? null,
    evidence: facts?.evidence ?? [],
  });
  // Parts of the country that tax on their own, as today.
  const own = place.country === profile.address.country ? jurisdictionsOf(profile.address).slice(1) : [];
  return {
    place: {
      ...plainPlace(input, [...new Set([...jurisdictions, ...own])]),
      ...place,
    },
    review,
    candidates: [],
  };
}
