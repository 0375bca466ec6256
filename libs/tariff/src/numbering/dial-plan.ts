import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  type NumberingPlan,
} from 'libphonenumber-js';
import { countryOf } from './mobile-country';

/** How numbers are dialled in a country. */
interface DialPlan {
  countryCode: string;
  /** Dialled before a number of the same country, and left out behind the country code; '' where there is none. */
  trunkPrefix: string;
  /** Dialled before a number of another country; `null` where it is 00 alone, as ITU-T E.164 recommends. */
  internationalPrefix: RegExp | null;
  /** National significant number of what is dialled: without trunk prefix and carrier, with the area of a local number. */
  significant(dialled: string): string;
}

/** The library's types leave these out; what a country has not is `undefined` or 0. */
type WholePlan = NumberingPlan & {
  nationalNumberPattern(): unknown;
  nationalPrefix(): unknown;
  nationalPrefixForParsing(): unknown;
  nationalPrefixTransformRule(): unknown;
};

const recommended = '00';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function wholePlan(country: CountryCode): WholePlan | null {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  return (metadata.numberingPlan as WholePlan | undefined) ?? null;
}

const wholeNumbers = (plan: WholePlan): RegExp => new RegExp(`^(?:${textOf(plan.nationalNumberPattern())})$`);

function planOf(country: string): DialPlan | null {
  if (!isSupportedCountry(country)) return null;
  const plan = wholePlan(country);
  if (!plan) return null;
  const prefix = plan.IDDPrefix();
  return {
    countryCode: getCountryCallingCode(country),
    trunkPrefix: textOf(plan.nationalPrefix()),
    internationalPrefix: prefix === recommended ? null : new RegExp(`^(?:${prefix})`),
    significant: significantOf(plan),
  };
}

/**
 * What stands before a national number may be a trunk prefix, a carrier's code, or nothing where people dial without
 * their area: the plan's rule drops or adds it, unless the number is a whole one already and would be none after.
 */
function significantOf(plan: WholePlan): DialPlan['significant'] {
  const rule = textOf(plan.nationalPrefixForParsing());
  if (rule === '') return (dialled) => dialled;
  const before = new RegExp(`^(?:${rule})`);
  const transform = textOf(plan.nationalPrefixTransformRule());
  const whole = wholeNumbers(plan);
  return (dialled) => {
    const found = before.exec(dialled);
    if (!found) return dialled;
    // The rule fills a form in only where its last group was dialled: an area, a mobile's mark.
    const fills = transform !== '' && found.length > 1 && found.at(-1) !== undefined;
    const after = fills ? dialled.replace(before, transform) : dialled.slice(found[0].length);
    return whole.test(dialled) && !whole.test(after) ? dialled : after;
  };
}

const plans = new Map<string, DialPlan | null>();

/** As libphonenumber knows it: looked up once a country, so that a record costs two look-ups in small maps. */
export function dialPlanOf(network: string): DialPlan | null {
  const country = countryOf(network);
  if (country === undefined) return null;
  const known = plans.get(country);
  if (known !== undefined) return known;
  const plan = planOf(country);
  plans.set(country, plan);
  return plan;
}

/** Country codes of two digits (ITU-T E.164, list of assigned codes); those of one are 1 and 7, all others have three. */
const ofTwoDigits = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'
    .split(' ')
    .map(Number),
);
const [zero, one, seven] = [48, 49, 55];

function codeLength(digits: string): number {
  const first = digits.charCodeAt(0);
  if (first === one || first === seven) return 1;
  return ofTwoDigits.has((first - zero) * 10 + digits.charCodeAt(1) - zero) ? 2 : 3;
}

interface CodePlan {
  isWhole(national: string): boolean;
  hasTrunkZero: boolean;
}

/** Of all countries that share a code together. */
const codePlans = new Map<string, CodePlan>();

function codePlanOf(code: string): CodePlan {
  const known = codePlans.get(code);
  if (known) return known;
  const own = getCountries().flatMap((country) =>
    getCountryCallingCode(country) === code ? (wholePlan(country) ?? []) : [],
  );
  const numbers = own.map(wholeNumbers);
  const plan = {
    isWhole: (national: string) => numbers.some((each) => each.test(national)),
    hasTrunkZero: own.some((each) => textOf(each.nationalPrefix()) === '0'),
  };
  codePlans.set(code, plan);
  return plan;
}

/** "+44 07624 123456": a trunk prefix has no place behind a country code. Rome's 0 does, being part of the number. */
export function withoutTrunkZero(digits: string): string {
  const length = codeLength(digits);
  if (digits.charCodeAt(length) !== zero) return digits;
  const [code, national] = [digits.slice(0, length), digits.slice(length)];
  const { hasTrunkZero, isWhole } = codePlanOf(code);
  return hasTrunkZero && !isWhole(national) && isWhole(national.slice(1)) ? code + national.slice(1) : digits;
}

/** Codes of no country: freephone, shared cost, satellites, personal numbers, networks, premium rate. */
const ofNoCountry = new Set(['800', '808', '870', '878', '881', '882', '883', '888', '979']);

/** Whether the plan of its country has such a number. */
export function isWholeNumber(digits: string): boolean {
  const length = codeLength(digits);
  const code = digits.slice(0, length);
  return ofNoCountry.has(code) || codePlanOf(code).isWhole(digits.slice(length));
}
