import type { PostalAddress } from '@tollkeeper/contracts';
import type { PlaceEvidence, PlaceOfSupply, Unruled } from '@tollkeeper/tax';

/** Where an account's service is taxed, as it was known when the bill was frozen. */
export interface TaxPlace {
  /** From the widest to the narrowest; none: by the address alone. */
  jurisdictions: string[];
  customer: 'consumer' | 'business';
  country: string;
  treatment: PlaceOfSupply['treatment'];
  /** The rule that says so. */
  rule: string;
  evidence: PlaceEvidence[];
  /** US: how sure the address is. */
  confidence: 'zip4' | 'zip5' | 'ambiguous' | 'unknown' | 'decided' | null;
  jurisdictionCode: string | null;
  vatNumber: string | null;
  /** Services that are taxed elsewhere than the account. Absent: none. */
  lines?: LinePlace[];
}

/** Where one service is taxed: its place of primary use, or the country of its SIM. */
export interface LinePlace {
  subscriptionId: string;
  jurisdictions: string[];
  treatment: PlaceOfSupply['treatment'];
  rule: string;
  evidence: PlaceEvidence[];
}

/** What a bill keeps of it: why this country's tax, and on whose word. */
export interface BillSupply extends TaxPlace {
  /** Words that the law wants on the bill. */
  note: string | null;
}

/** Country and region of the account; both may tax the same charge. */
export const jurisdictionsOf = ({ country, region }: PostalAddress): string[] =>
  region ? [country, `${country}-${region}`] : [country];

export const placesOf = (address: PostalAddress, place: TaxPlace | null): string[] =>
  place && place.jurisdictions.length > 0 ? place.jurisdictions : jurisdictionsOf(address);

/** The account's places and those of all its services: every fee that may be due somewhere. */
export const allPlacesOf = (address: PostalAddress, place: TaxPlace | null): string[] => [
  ...new Set([...placesOf(address, place), ...(place?.lines ?? []).flatMap((each) => each.jurisdictions)]),
];

export const linePlaceOf = (place: TaxPlace | null, subscriptionId: string | null): LinePlace | undefined =>
  place?.lines?.find((each) => each.subscriptionId === subscriptionId);

/** Directive 2006/112/EC Art. 226(11a) wants exactly these words. */
const reverseChargeNote = 'Reverse charge';

export const supplyOf = (place: TaxPlace): BillSupply => ({
  ...place,
  note: place.treatment === 'reverseCharge' ? reverseChargeNote : null,
});

/** Why a charge that the seller's table does not know is not taxed at this place; absent: it is refused. */
export function unruledAt(
  place: Pick<TaxPlace, 'treatment' | 'jurisdictions' | 'rule'> | null | undefined,
): Unruled | undefined {
  if (!place || (place.treatment !== 'reverseCharge' && place.treatment !== 'outsideScope')) return undefined;
  return {
    ...{ taxId: 'vat', name: 'VAT', jurisdiction: place.jurisdictions.at(-1) ?? '' },
    law: place.rule,
    reason: place.treatment,
  };
}
