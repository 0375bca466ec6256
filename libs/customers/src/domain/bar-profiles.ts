import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { SimState } from '@tollkeeper/contracts';
import { emergencyNumbersOf } from '@tollkeeper/tariff';
import type { Finding } from './finding';

export const barStates = [
  'throttled',
  'barRoamingData',
  'barData',
  'barOutgoing',
  'barAll',
  'suspended',
] as const;
export type BarState = (typeof barStates)[number];

export const networkServices = [
  'incomingCalls',
  'outgoingCalls',
  'incomingSms',
  'outgoingSms',
  'data',
  'roamingData',
] as const;
type NetworkService = (typeof networkServices)[number];

/** What a state leaves of the service. Lines: `emergency` and `paymentLine`, whatever they are dialled as, or numbers. */
export interface BarProfile {
  services: NetworkService[];
  lines: string[];
}

export type BarProfiles = Record<BarState, BarProfile>;

const alwaysOpen = ['emergency', 'paymentLine'];

const allBut = (...barred: NetworkService[]): NetworkService[] =>
  networkServices.filter((service) => !barred.includes(service));

export const usualProfiles: BarProfiles = {
  throttled: { services: [...networkServices], lines: alwaysOpen },
  barRoamingData: { services: allBut('roamingData'), lines: alwaysOpen },
  barData: { services: allBut('data', 'roamingData'), lines: alwaysOpen },
  barOutgoing: { services: ['incomingCalls', 'incomingSms'], lines: alwaysOpen },
  barAll: { services: [], lines: alwaysOpen },
  suspended: { services: [], lines: alwaysOpen },
};

const mayNotLeave: Record<BarState, readonly NetworkService[]> = {
  throttled: [],
  barRoamingData: ['roamingData'],
  barData: ['data', 'roamingData'],
  barOutgoing: ['outgoingCalls'],
  barAll: ['outgoingCalls', 'incomingCalls'],
  suspended: ['outgoingCalls', 'incomingCalls'],
};

const whyOpen: Record<string, string> = {
  emergency:
    'must keep "emergency": a network carries emergency calls of whoever is cut off too (47 CFR 9.10(b); Directive (EU) 2018/1972, Article 109)',
  paymentLine: 'must keep "paymentLine": whoever is cut off must reach the line to pay and to complain',
};

/** Every profile keeps emergency numbers and the payment line; the rest is the operator's choice. */
export function findProfileFaults(state: BarState, { services, lines }: BarProfile): Finding[] {
  const missing = alwaysOpen.filter((line) => !lines.includes(line));
  const tooOpen = services.filter((service) => mayNotLeave[state].includes(service));
  const misspelt = lines.filter(
    (line) => !alwaysOpen.includes(line) && !/^[1-9]\d{1,14}$|^\d{2,6}$/.test(line),
  );
  return [
    ...missing.map((line) => ({ field: `${state}.lines`, reason: whyOpen[line] ?? line })),
    ...tooOpen.map((service) => ({
      field: `${state}.services`,
      reason: `a ${state} that leaves ${service} bars nothing`,
    })),
    ...misspelt.map((line) => ({
      field: `${state}.lines`,
      reason: `"${line}" is neither "emergency", "paymentLine" nor a number (international, digits only, or a short code)`,
    })),
  ];
}

/** Where the SIM may be used: the operator's country and the account's. */
interface DialledFrom {
  countries: string[];
  supportPhone: string;
}

export const cutsCalls = (state: SimState): state is BarState =>
  state === 'barOutgoing' || state === 'barAll' || state === 'suspended';

/** The numbers behind a profile's lines. `fault`: there is no payment line to keep open, so nothing may be barred. */
export function numbersLeftOpen(
  { lines }: BarProfile,
  { countries, supportPhone }: DialledFrom,
): { numbers: string[] } | { fault: string } {
  const [home = ''] = countries;
  const phone = parsePhoneNumberFromString(supportPhone, isSupportedCountry(home) ? home : undefined);
  if (!phone?.isPossible())
    return {
      fault: `no service is barred while the operator's support phone "${supportPhone}" is not a phone number: it has to stay open`,
    };
  const numbers = lines.flatMap((line) => {
    if (line === 'emergency') return countries.flatMap(emergencyNumbersOf);
    return line === 'paymentLine' ? [phone.number.slice(1)] : [line];
  });
  return { numbers: [...new Set(numbers)] };
}
