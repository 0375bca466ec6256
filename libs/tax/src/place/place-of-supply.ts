import type { Instant } from '@tollkeeper/calendar';
import { euMembers, territoryOf, vatCountry } from './eu-territories';

/** One thing that speaks for a country: Implementing Regulation 282/2011 Art. 24f. */
export interface PlaceEvidence {
  kind: 'simCountry' | 'billingAddress' | 'bankCountry' | 'ipAddress' | 'fixedLine' | 'declaration' | 'other';
  country: string;
  /** Where it can be found again. */
  source: string;
}

export interface VatNumberCheck {
  number: string;
  country: string;
  valid: boolean;
  checkedAt: Instant;
  /** The register's own token for the check. */
  consultation: string | null;
}

export interface SupplyInput {
  sellerCountry: string;
  customer: 'consumer' | 'business';
  /** Country of the SIM's mobile country code. */
  simCountry: string;
  address: { country: string; postalCode: string };
  vatNumber: VatNumberCheck | null;
  /** Against the presumption by SIM: three items that do not contradict each other rebut it (Art. 24d). */
  evidence: PlaceEvidence[];
  /**
   * The seller's sales to consumers of other member states stay below 10,000 a year, and he keeps to his own country's tax
   * (Directive 2006/112/EC Art. 59c). Left out: they do not.
   */
  belowUnionThreshold?: boolean;
}

export interface PlaceOfSupply {
  country: string;
  jurisdictions: string[];
  treatment: 'domestic' | 'otherMember' | 'reverseCharge' | 'outsideScope';
  rule: string;
  evidence: PlaceEvidence[];
  /** Nobody knows for sure: a person looks at it, the tax is charged as for a consumer meanwhile. */
  review: string | null;
}

const neededToRebut = 3;

/** Where telecommunications are taxed in the EU, and by whom (Directive 2006/112/EC Art. 44, 58, 196). */
export function placeOfSupply(asked: SupplyInput): PlaceOfSupply {
  const input = inVatCountries(asked);
  const { customer, vatNumber } = input;
  if (customer === 'business' && vatNumber?.valid) return businessPlace(input, vatNumber);
  const place = consumerPlace(input);
  const review =
    customer === 'business'
      ? 'the business has no checked VAT number: taxed as a consumer until it has one'
      : place.review;
  return { ...place, review };
}

const inVatCountries = (input: SupplyInput): SupplyInput => ({
  ...input,
  sellerCountry: vatCountry(input.sellerCountry),
  simCountry: vatCountry(input.simCountry),
  vatNumber: input.vatNumber && { ...input.vatNumber, country: vatCountry(input.vatNumber.country) },
  evidence: input.evidence.map((each) => ({ ...each, country: vatCountry(each.country) })),
});

function businessPlace(
  { sellerCountry, address }: SupplyInput,
  { number, country, checkedAt, consultation }: VatNumberCheck,
): PlaceOfSupply {
  const territory = territoryOf(address.country, address.postalCode);
  const evidence: PlaceEvidence[] = [
    {
      kind: 'other',
      country,
      source: `VAT number ${number}, checked ${checkedAt}${consultation ? `, ${consultation}` : ''}`,
    },
  ];
  if (territory && !territory.vat) {
    return {
      country,
      jurisdictions: [territory.territory],
      ...{ treatment: 'outsideScope', rule: `${territory.law}: ${territory.name}` },
      ...{ evidence, review: null },
    };
  }
  if (country === sellerCountry) {
    return {
      ...{ country, treatment: 'domestic' },
      jurisdictions: territory?.country === country ? [country, territory.territory] : [country],
      ...{ rule: 'Directive 2006/112/EC Art. 44: where the business is established', evidence, review: null },
    };
  }
  if (!euMembers.has(country)) {
    return {
      ...{ country, jurisdictions: [country], treatment: 'outsideScope' },
      ...{ rule: 'Directive 2006/112/EC Art. 44: the business is established outside the Union' },
      ...{ evidence, review: null },
    };
  }
  return {
    ...{ country, jurisdictions: [country], treatment: 'reverseCharge' },
    ...{ rule: 'Directive 2006/112/EC Art. 44 and 196: the customer owes the tax', evidence, review: null },
  };
}

function consumerPlace(input: SupplyInput): PlaceOfSupply {
  const { sellerCountry, simCountry, address, evidence } = input;
  const presumed: PlaceEvidence = { kind: 'simCountry', country: simCountry, source: 'MCC of the SIM' };
  const against = evidence.filter(({ country }) => country !== simCountry);
  const rebutting = new Set(against.map(({ country }) => country));
  const kinds = new Set(against.map(({ kind }) => kind));
  const [other] = rebutting;
  const isRebutted =
    rebutting.size === 1 && kinds.size >= neededToRebut && against.length === evidence.length;
  const country = isRebutted && other !== undefined ? other : simCountry;
  const rule = isRebutted
    ? 'Implementing Regulation 282/2011 Art. 24d: the presumption by SIM is rebutted by three items of evidence'
    : 'Directive 2006/112/EC Art. 58 and Implementing Regulation 282/2011 Art. 24b(b): country code of the SIM';
  const review =
    !isRebutted && against.length > 0
      ? `${against.length} item(s) of evidence speak against ${simCountry}, three that agree are needed`
      : null;
  const territory = address.country === country ? territoryOf(country, address.postalCode) : undefined;
  // France's own standard rate is charged to consumers of its overseas departments; other such places are outside.
  if (territory && !territory.vat && country !== 'FR') {
    return {
      ...{ country, jurisdictions: [territory.territory], treatment: 'outsideScope', review },
      ...{ rule: `${territory.law}: ${territory.name}`, evidence: [presumed, ...evidence] },
    };
  }
  if (input.belowUnionThreshold && isOtherMember(country, sellerCountry) && euMembers.has(sellerCountry)) {
    return {
      ...{ country: sellerCountry, jurisdictions: [sellerCountry], treatment: 'domestic', review },
      ...{ rule: belowThreshold, evidence: [presumed, ...evidence] },
    };
  }
  const jurisdictions = territory?.vat ? [country, territory.territory] : [country];
  const treatment =
    country === sellerCountry
      ? 'domestic'
      : isOtherMember(country, sellerCountry)
        ? 'otherMember'
        : 'outsideScope';
  return { country, jurisdictions, treatment, rule, review, evidence: [presumed, ...evidence] };
}

const isOtherMember = (country: string, sellerCountry: string): boolean =>
  country !== sellerCountry && euMembers.has(country);

const belowThreshold =
  'Directive 2006/112/EC Art. 59c: taxed where the seller is, below 10,000 a year in other member states';
