import type { LocalDate } from '@tollkeeper/calendar';

/** A row of the table that turns an address into who may tax there: a ZIP code, or a range of ZIP+4 in it. */
export interface ZipRange {
  zip: string;
  /** `0000` to `9999`; without it the whole ZIP code. */
  plus4From: string | null;
  plus4To: string | null;
  /** One code for the place, such as a FIPS place code. */
  jurisdictionCode: string;
  /** From the widest to the narrowest: `US`, `US-TX`, `US-TX-453` (county), `US-TX-AUSTIN`. */
  jurisdictions: string[];
  validFrom: LocalDate;
  validTo: LocalDate | null;
}

/**
 * Mobile service is taxed at the place of primary use, whichever network carries it: Mobile Telecommunications Sourcing
 * Act, 4 U.S.C. § 117. A provider that uses ZIP+4 with due diligence is held harmless: § 120.
 */
export interface UsPlace {
  jurisdictionCode: string | null;
  jurisdictions: string[];
  confidence: 'zip4' | 'zip5' | 'ambiguous' | 'unknown';
  /** Why a person should look at it; null when the place is sure. */
  review: string | null;
  /** Other places of the same ZIP code. */
  candidates: string[];
}

const zipShape = /^(?<zip>\d{5})(?:-?(?<plus4>\d{4}))?$/;

/** An index by ZIP code: the table has tens of thousands of rows, an address is looked up once per change. */
export class ZipTable {
  private readonly byZip = new Map<string, ZipRange[]>();

  constructor(rows: readonly ZipRange[]) {
    for (const row of rows) {
      const known = this.byZip.get(row.zip);
      if (known) known.push(row);
      else this.byZip.set(row.zip, [row]);
    }
  }

  place(postalCode: string, on: LocalDate): UsPlace {
    const { zip, plus4 } = zipShape.exec(postalCode.trim())?.groups ?? {};
    if (zip === undefined) return unknown(`"${postalCode}" is not a ZIP code such as 78701 or 78701-1234`);
    const rows = (this.byZip.get(zip) ?? []).filter(
      ({ validFrom, validTo }) => validFrom <= on && (validTo === null || on < validTo),
    );
    if (rows.length === 0) return unknown(`the table has no place for ZIP code ${zip} on ${on}`);
    const exact = plus4 === undefined ? undefined : rows.find((row) => holds(row, plus4));
    if (exact) return found(exact, 'zip4');
    const codes = [...new Set(rows.map(({ jurisdictionCode }) => jurisdictionCode))].sort();
    const [first] = rows;
    if (codes.length === 1 && first) return found(first, 'zip5');
    return {
      jurisdictionCode: null,
      jurisdictions: shared(rows),
      confidence: 'ambiguous',
      review: `ZIP code ${zip} lies in ${codes.join(' and ')}: the four digits behind it decide`,
      candidates: codes,
    };
  }
}

const holds = ({ plus4From, plus4To }: ZipRange, plus4: string): boolean =>
  plus4From !== null && plus4From <= plus4 && plus4 <= (plus4To ?? plus4From);

const found = ({ jurisdictionCode, jurisdictions }: ZipRange, confidence: 'zip4' | 'zip5'): UsPlace => ({
  jurisdictionCode,
  jurisdictions,
  confidence,
  review: null,
  candidates: [],
});

const unknown = (review: string): UsPlace => ({
  ...{ jurisdictionCode: null, jurisdictions: [], confidence: 'unknown' },
  ...{ review, candidates: [] },
});

/** What all places of the ZIP code have in common: country, state, perhaps the county. */
const shared = (rows: readonly ZipRange[]): string[] => {
  const [first, ...others] = rows;
  return (first?.jurisdictions ?? []).filter((each) =>
    others.every(({ jurisdictions }) => jurisdictions.includes(each)),
  );
};
