/** Every GSM network takes 112; these are what people dial besides, by ISO 3166 country. */
const everywhere = '112';
const dialledBesides: readonly (readonly [numbers: string, countries: string])[] = [
  [
    '911',
    'AG AI AR AS AW BB BM BS BZ CA CO CR CW DM DO EC FJ GD GT GU GY HN JM JO KN KY LC LR MP MS MX NI PA PE PH PR PY SA SV TC TT US UY VC VE VG VI',
  ],
  ['999', 'AE BD BH BW GB GG GH GI HK IE IM JE KE KW MO MU MY OM QA SC SZ UG ZM'],
  ['000 106', 'AU'],
  ['111', 'NZ'],
  ['110 118 119', 'JP'],
  ['112 119', 'KR'],
  ['110 119 120', 'CN TW'],
  ['995 999', 'SG'],
  ['100 101 102 108', 'IN'],
  ['190 192 193', 'BR'],
  ['131 132 133', 'CL'],
  ['10111 10177', 'ZA'],
  ['110', 'DE EE NO'],
  ['15 17 18 114', 'FR MC'],
  ['117 118 144', 'CH LI'],
  ['122 133 144', 'AT'],
  ['113 115 118', 'IT SM VA'],
  ['101 102 103', 'UA BY KZ UZ'],
  ['155 156 110', 'TR'],
];

const byCountry = new Map(
  dialledBesides.flatMap(([numbers, countries]) =>
    countries.split(' ').map((country) => [country, numbers.split(' ')] as const),
  ),
);

export const emergencyNumbersOf = (country: string): string[] => [
  ...new Set([everywhere, ...(byCountry.get(country) ?? [])]),
];
