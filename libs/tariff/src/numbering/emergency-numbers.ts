import type { Instant } from '@tollkeeper/calendar';
import { countryOf } from './mobile-country';

/**
 * What people dial for help, by ISO 3166 country, besides 112, which every GSM phone knows as an emergency number
 * (3GPP TS 22.101, 10.1.1). Source: the `emergency` patterns of libphonenumber's ShortNumberMetadata.xml (Google,
 * Apache 2.0, release 9.0.35), written out; Czechia and Gabon by the numbers in use, since theirs are ranges there; to
 * these are added national numbers for hearing-impaired callers, coast guard and road rescue that it leaves out.
 * Operators answer for what they bar: check your country's line before going live.
 */
const everywhere = '112';

const dialledBesides: readonly (readonly [numbers: string, countries: string])[] = [
  ['911', 'AI AS BM BQ CA CR CW DO GD GU KY MH MP NL PA PR PW TV US VI'],
  ['999', 'FK GB GG IE IM JE KW MO MY NU QA SB SC SD SS SZ UG'],
  ['15 17 18', 'GF GP MF ML MQ PF PM RE WF'],
  ['911 999', 'AC AG LC MS SH TC VC VG'],
  ['101 102 103', 'AM AZ BY KG KZ TJ UA'],
  ['17 18', 'BF DJ KM MR SN TD'],
  ['110 113', 'BT NO SJ SY'],
  ['113 115 118', 'IT SM VA'],
  ['115', 'PT SR TL'],
  ['199', 'CY MM NG'],
  ['000', 'CC CX'],
  ['100 101 102', 'IL PS'],
  ['110', 'DE EE'],
  ['110 118 119', 'BO JP'],
  ['110 119 120', 'CN TW'],
  ['111', 'NZ RW'],
  ['113', 'LU SI'],
  ['114', 'DK FO'],
  ['117 118 144', 'CH LI'],
  ['122 123 124', 'BA ME'],
  ['128 911', 'PY UY'],
  ['15 17 18 114', 'FR MC'],
  ['15 19 177', 'EH MA'],
  ['192 193 194', 'MK XK'],
  ['333 911 999', 'DM KN'],
  ['997 998 999', 'AE PL'],
  ['000 106', 'AU'],
  ['000 110 111', 'PG'],
  ['01 02 03', 'TM'],
  ['01 02 03 001 002 003 050 101 102 103', 'UZ'],
  ['01 02 03 011 022 033 101 102 103', 'LT'],
  ['01 02 03 101 102 103', 'RU'],
  ['01 02 03 110 113', 'LV'],
  ['011 022 033 111 113 122', 'GE'],
  ['019 999', 'SL'],
  ['060 065 066 068 080 911', 'MX'],
  ['085 088', 'ES'],
  ['100 101', 'BE'],
  ['100 101 102 103', 'NP'],
  ['100 101 102 103 105', 'MN'],
  ['100 101 102 108 1298 2611', 'IN'],
  ['100 101 102 199 999', 'BD'],
  ['100 101 107 911', 'AR'],
  ['100 102 119', 'AF'],
  ['100 104 115 122', 'IQ'],
  ['100 166 199', 'GR'],
  ['100 911', 'AW'],
  ['101 102 911', 'EC'],
  ['10111', 'NA'],
  ['10111 10177', 'ZA'],
  ['102 118 119', 'MV'],
  ['104 105 106', 'CU'],
  ['104 105 107', 'HU'],
  ['105 116 117 911', 'PE'],
  ['110 111', 'NR'],
  ['110 111 114 115 999', 'TZ'],
  ['110 111 170 180', 'CI'],
  ['110 113 118 119', 'ID'],
  ['110 115 125 911', 'IR'],
  ['110 116 118', 'AD'],
  ['110 116 118 119', 'LK'],
  ['110 119 911', 'JM'],
  ['110 120 123 911', 'GT'],
  ['110 155 156', 'TR'],
  ['113 114 115', 'VN'],
  ['113 114 116 124422 127799 201606 201917 202099 202914', 'ER'],
  ['113 114 118 177 188', 'CD'],
  ['113 115', 'AO'],
  ['113 117', 'BI'],
  ['113 117 118', 'GW'],
  ['114 115 995 999', 'MU'],
  ['114 116 117 118', 'BJ'],
  ['114 118', 'HT'],
  ['114 999', 'KE'],
  ['115 117', 'LS'],
  ['115 118 120 128 911', 'NI'],
  ['117 118', 'CG'],
  ['117 118 119 666', 'KH'],
  ['117 118 1220', 'CF'],
  ['117 118 171 172 177', 'TG'],
  ['117 119 197 198', 'MZ'],
  ['117 911', 'PH'],
  ['119', 'KR'],
  ['119 123 132 156 911', 'CO'],
  ['119 819', 'KP'],
  ['122 123 180', 'EG'],
  ['122 133 144', 'AT'],
  ['127 128 129', 'AL'],
  ['128 190 192 193 911', 'BR'],
  ['13 17 113 117', 'CM'],
  ['130 131 132', 'CV'],
  ['131 132 133 911', 'CL'],
  ['14 17', 'DZ'],
  ['140 175 999', 'LB'],
  ['15', 'YT'],
  ['15 16 115 1122', 'PK'],
  ['15 16 17 18', 'NC'],
  ['15 17 18 118 723141', 'NE'],
  ['150 155 156 158', 'CZ'],
  ['150 155 158', 'SK'],
  ['150 160 166', 'BG'],
  ['16 17 18 116 117 118', 'GM'],
  ['17 18 117 118', 'MG'],
  ['171 911', 'VE'],
  ['18', 'BL'],
  ['18 1300 1730', 'GA'],
  ['190 191 193', 'LY'],
  ['190 191 195', 'LA'],
  ['190 197 198', 'TN'],
  ['190 199 999', 'GI'],
  ['191 192 193 999', 'GH'],
  ['191 192 197 911', 'JO'],
  ['191 194 195 199', 'YE'],
  ['191 199 1669', 'TH'],
  ['192 193 194 195 992 993 994', 'KI'],
  ['199 911', 'HN'],
  ['199 997 998 999', 'MW'],
  ['199 999', 'BH'],
  ['211 311 511 911', 'BB'],
  ['355 911', 'LR'],
  ['555 888 999', 'SO'],
  ['90 911 990', 'BZ'],
  ['90000', 'SE'],
  ['901 902 903', 'MD'],
  ['91 92 93 911 939 991 997', 'ET'],
  ['911 320221', 'FM'],
  ['911 912 913', 'GY'],
  ['911 913', 'SV'],
  ['911 917', 'FJ'],
  ['911 919', 'BS'],
  ['911 922 933 999', 'TO'],
  ['911 955 977', 'NF'],
  ['911 990 999', 'TT'],
  ['911 994 995 996 999', 'WS'],
  ['911 997 998 999', 'BW'],
  ['911 997 999', 'SA'],
  ['919', 'SX'],
  ['92 93 94', 'RS'],
  ['93 94 192 193 194', 'HR'],
  ['991 993 995', 'BN'],
  ['991 993 999', 'ZM'],
  ['992 999', 'HK'],
  ['993 994 995 999', 'ZW'],
  ['993 995 999', 'SG'],
  ['996 998 999', 'CK'],
  ['999 1444 9999', 'OM'],
];

const byCountry = new Map(
  dialledBesides.flatMap(([numbers, countries]) =>
    countries.split(' ').map((country) => [country, numbers.split(' ')] as const),
  ),
);

export const emergencyNumbersOf = (country: string): string[] => [
  ...new Set([everywhere, ...(byCountry.get(country) ?? [])]),
];

/**
 * Lines of crisis that came to be routed like an emergency call, from their first day: 988 in the US and its territories
 * (47 CFR 52.201; FCC 20-100) and in Canada (CRTC 2022-234).
 */
const crisisLines: readonly { number: string; countries: readonly string[]; from: Instant }[] = [
  { number: '988', countries: ['US', 'PR', 'VI', 'GU', 'AS', 'MP'], from: '2022-07-16T00:00:00.000Z' },
  { number: '988', countries: ['CA'], from: '2023-11-30T00:00:00.000Z' },
];

/** A phone with a SIM sets up these two as emergency calls in any network (3GPP TS 22.101, 10.1.1). */
export const setUpEverywhere: ReadonlySet<string> = new Set([everywhere, '911']);

const setsByCountry = new Map<string, ReadonlySet<string>>(
  [...byCountry].map(([country, numbers]) => [country, new Set(numbers)]),
);

export const mostEmergencyDigits = 6;

/**
 * Whether the digits, as dialled, call for help in the country of the serving network: as its law has it
 * (Directive (EU) 2018/1972, Article 109: free of charge; 47 CFR 9.4: 911).
 */
export function callsForHelp(digits: string, network: string, at: Instant): boolean {
  if (digits.length > mostEmergencyDigits) return false;
  if (setUpEverywhere.has(digits)) return true;
  const country = countryOf(network) ?? '';
  return (
    (setsByCountry.get(country)?.has(digits) ?? false) ||
    crisisLines.some(
      ({ number, countries, from }) => number === digits && countries.includes(country) && from <= at,
    )
  );
}
