import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js';
import type { LocalDate } from '@tollkeeper/calendar';
import type { EeaRules, RateDeckVersion, RateEntry, UsageType } from '@tollkeeper/contracts';
import { isDigitsRow } from '../deck/destination';
import { countryOf } from '../numbering/mobile-country';
import { roamLikeAtHomeCountries, unionCountries } from './eea-caps';

/** A row of the deck with its place in it. */
export interface PlacedRow {
  row: RateEntry;
  at: number;
}

/** A deck as the law looks at it. */
export interface EeaDeck {
  on: LocalDate;
  rules: EeaRules;
  currency: string;
  /** Serving zones at home, and those where one roams like at home; a zone can be both. */
  homeZones: ReadonlySet<string>;
  roamingZones: ReadonlySet<string>;
  /** Country codes of numbers at home, in countries where one roams like at home, and in other countries of the Union. */
  homeCodes: readonly string[];
  roamingCodes: readonly string[];
  abroadCodes: readonly string[];
  rowsOf(usageType: UsageType, servingZone: string): readonly PlacedRow[];
}

export type CheckedDeck = Pick<RateDeckVersion, 'currency' | 'validFrom' | 'servingZones' | 'eea'>;

const codesOf = (countries: Iterable<string>): string[] => [
  ...new Set(
    [...countries].flatMap((country) =>
      isSupportedCountry(country) ? [getCountryCallingCode(country)] : [],
    ),
  ),
];

function zonesOf({ servingZones }: CheckedDeck, isThere: (country: string) => boolean): ReadonlySet<string> {
  return new Set(
    servingZones.flatMap(({ network, servingZone }) => {
      const country = countryOf(network);
      return country !== undefined && isThere(country) ? [servingZone] : [];
    }),
  );
}

const dateLength = '2026-01-01'.length;

/** `null`: the law does not ask about this deck. */
export function eeaDeck(deck: CheckedDeck, entries: readonly RateEntry[]): EeaDeck | null {
  const on = deck.validFrom.slice(0, dateLength);
  const rules = deck.eea;
  const countries = roamLikeAtHomeCountries(on);
  if (!rules || !countries.has(rules.homeCountry)) return null;
  const homeCodes = codesOf([rules.homeCountry]);
  const rows = new Map<string, PlacedRow[]>();
  entries.forEach((row, at) => {
    const key = `${row.usageType}|${row.servingZone}`;
    const known = rows.get(key);
    if (known) known.push({ row, at });
    else rows.set(key, [{ row, at }]);
  });
  return {
    on,
    rules,
    currency: deck.currency,
    homeZones: zonesOf(deck, (country) => country === rules.homeCountry),
    roamingZones: zonesOf(deck, (country) => country !== rules.homeCountry && countries.has(country)),
    homeCodes,
    roamingCodes: codesOf(countries),
    abroadCodes: codesOf(unionCountries(on)).filter((code) => !homeCodes.includes(code)),
    rowsOf: (usageType, servingZone) => rows.get(`${usageType}|${servingZone}`) ?? [],
  };
}

/** Rows that calls to these countries find: their own, and the shorter one that a country without its own falls back to. */
export function rowsTo(
  codes: readonly string[],
  rows: readonly PlacedRow[],
  { specialZones = [] }: EeaRules,
): PlacedRow[] {
  const wanted = new Set(codes);
  const byPrefix = new Map(rows.map((placed) => [placed.row.prefix, placed]));
  const fallbacks = new Set(codes.flatMap((code) => longestOf(code, byPrefix) ?? []));
  return rows.filter(
    (placed) =>
      isDigitsRow(placed.row.prefix) &&
      !specialZones.includes(placed.row.zone) &&
      (startsWithOne(placed.row.prefix, wanted) || fallbacks.has(placed)),
  );
}

/** Country codes have one to three digits. */
const startsWithOne = (prefix: string, codes: ReadonlySet<string>): boolean =>
  [1, 2, 3].some((length) => length <= prefix.length && codes.has(prefix.slice(0, length)));

function longestOf(code: string, byPrefix: ReadonlyMap<string, PlacedRow>): PlacedRow | undefined {
  for (let length = code.length; length > 0; length -= 1) {
    const found = byPrefix.get(code.slice(0, length));
    if (found) return found;
  }
  return undefined;
}

export const rowNamed = (prefix: string, rows: readonly PlacedRow[]): PlacedRow[] =>
  rows.filter(({ row }) => row.prefix === prefix);
