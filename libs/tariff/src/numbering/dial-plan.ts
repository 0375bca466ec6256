import { getCountryCallingCode, isSupportedCountry, Metadata, type NumberingPlan } from 'libphonenumber-js';
import { countryOf } from './mobile-country';

/** How numbers are dialled in a country. */
interface DialPlan {
  countryCode: string;
  /** Dialled before a number of the same country, and left out behind the country code; '' where there is none. */
  trunkPrefix: string;
  /** Dialled before a number of another country; `null` where it is 00, as ITU-T E.164 recommends. */
  internationalPrefix: RegExp | null;
}

/** The library's types leave it out. */
type PlanWithTrunk = NumberingPlan & { nationalPrefix(): string | undefined };

const recommended = '00';

function planOf(country: string): DialPlan | null {
  if (!isSupportedCountry(country)) return null;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const plan = metadata.numberingPlan as PlanWithTrunk | undefined;
  if (!plan) return null;
  const prefix = plan.IDDPrefix();
  return {
    countryCode: getCountryCallingCode(country),
    trunkPrefix: plan.nationalPrefix() ?? '',
    internationalPrefix: new RegExp(`^(?:${prefix})$`).test(recommended)
      ? null
      : new RegExp(`^(?:${prefix})`),
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
