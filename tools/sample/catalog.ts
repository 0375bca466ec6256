import { clockStartsAt, homeNetwork, operator } from './operator';

const GB = 1_000_000_000;
const MB = 1_000_000;
const minute = 60;

const validFrom = clockStartsAt;
const deckId = 'pinewood-retail';

type Entry = {
  prefix: string;
  usageType: 'voice' | 'sms' | 'data';
  servingZone: string;
  zone: string;
  description: string;
  connectFee: string;
  rate: string;
  perUnits: number;
  initialIncrement: number;
  nextIncrement: number;
  roundAt: 'record' | 'session' | 'day' | 'line';
  rounding: 'halfUp' | 'up';
};

const voice = (
  servingZone: string,
  prefix: string,
  zone: string,
  description: string,
  perMinute: string,
  increments: [number, number] = [60, 1],
  connectFee = '0',
): Entry => ({
  prefix,
  usageType: 'voice',
  servingZone,
  zone,
  description,
  connectFee,
  rate: perMinute,
  perUnits: minute,
  initialIncrement: increments[0],
  nextIncrement: increments[1],
  roundAt: 'record',
  rounding: 'halfUp',
});

const sms = (
  servingZone: string,
  prefix: string,
  zone: string,
  description: string,
  each: string,
): Entry => ({
  prefix,
  usageType: 'sms',
  servingZone,
  zone,
  description,
  connectFee: '0',
  rate: each,
  perUnits: 1,
  initialIncrement: 1,
  nextIncrement: 1,
  roundAt: 'record',
  rounding: 'halfUp',
});

const data = (
  servingZone: string,
  description: string,
  rate: string,
  perUnits: number,
  roundAt: Entry['roundAt'],
): Entry => ({
  prefix: `zone:${servingZone}`,
  usageType: 'data',
  servingZone,
  zone: servingZone,
  description,
  connectFee: '0',
  rate,
  perUnits,
  initialIncrement: 1,
  nextIncrement: 1,
  roundAt,
  rounding: 'halfUp',
});

const abroad: [prefix: string, name: string, perMinute: string][] = [
  ['44', 'United Kingdom', '0.12'],
  ['447', 'United Kingdom mobile', '0.18'],
  ['49', 'Germany', '0.12'],
  ['33', 'France', '0.12'],
  ['52', 'Mexico', '0.08'],
  ['81', 'Japan', '0.22'],
];

const entries: Entry[] = [
  voice('home', '1', 'national', 'Calls within the US', '0.05'),
  sms('home', '1', 'national', 'Text messages within the US', '0.04'),
  data('home', 'Data in the US', '4.00', GB, 'line'),
  ...abroad.map(([prefix, name, rate]) =>
    voice('home', prefix, 'international', `Calls to ${name}`, rate, [60, 60], '0.02'),
  ),
  ...abroad.map(([prefix, name]) => sms('home', prefix, 'international', `Text messages to ${name}`, '0.10')),
  ...['1', ...abroad.map(([prefix]) => prefix)].flatMap((prefix) => [
    voice('roaming', prefix, 'roaming', 'Calls while roaming', '0.35', [60, 60]),
    sms('roaming', prefix, 'roaming', 'Text messages while roaming', '0.20'),
  ]),
  data('roaming', 'Data while roaming', '2.00', 100 * MB, 'session'),
];

const deck = {
  deckId,
  currency: operator.currency,
  validFrom,
  servingZones: [
    { network: homeNetwork, servingZone: 'home' },
    { network: '262', servingZone: 'roaming' },
    { network: '234', servingZone: 'roaming' },
  ],
  freeNumbers: ['911', '112', '988'],
  entries,
};

const recurring = (
  chargeId: string,
  name: string,
  amountMinor: number,
  more: Partial<{ per: 'pool'; timing: 'inArrears' }> = {},
) => ({
  chargeId,
  name,
  amountMinor,
  timing: 'inAdvance' as 'inAdvance' | 'inArrears',
  per: 'subscription' as 'subscription' | 'pool',
  prorate: true,
  taxCode: 'telecom',
  revenueCategory: 'recurring' as const,
  ...more,
});

const allowance = (
  allowanceId: string,
  name: string,
  usageType: Entry['usageType'],
  zones: string[],
  units: number,
  more = { priority: 10, shared: false },
) => ({
  allowanceId,
  name,
  usageType,
  zones,
  units,
  ...more,
});

const offering = (
  offeringId: string,
  name: string,
  charges: ReturnType<typeof recurring>[],
  allowances: ReturnType<typeof allowance>[],
  paidInAdvance: { days: number; amountMinor: number } | null = null,
) => ({
  offeringId,
  name,
  currency: operator.currency,
  validFrom,
  deckId,
  recurringCharges: charges,
  allowances,
  usageTaxCode: 'telecom',
  paidInAdvance,
});

const shared = { priority: 10, shared: true };

const offerings = [
  offering(
    'smart-5',
    'Smart 5 GB',
    [recurring('smart-5-fee', 'Smart 5 GB monthly', 2500)],
    [
      allowance('smart-min', '300 minutes', 'voice', ['national'], 300 * minute),
      allowance('smart-sms', '100 texts', 'sms', ['national'], 100),
      allowance('smart-data', '5 GB', 'data', ['home'], 5 * GB),
    ],
  ),
  offering('pay-as-you-go', 'Pay as you go', [], []),
  offering(
    'family-3',
    'Family, 3 SIMs',
    [recurring('family-fee', 'Family monthly', 6000, { per: 'pool' })],
    [
      allowance('family-min', '1,000 shared minutes', 'voice', ['national'], 1_000 * minute, shared),
      allowance('family-data', '20 GB shared', 'data', ['home'], 20 * GB, shared),
    ],
  ),
  offering(
    'iot-fleet',
    'IoT SIM',
    [recurring('iot-fee', 'IoT SIM monthly', 150, { timing: 'inArrears' })],
    [allowance('iot-data', '50 MB', 'data', ['home'], 50 * MB)],
  ),
  offering(
    'prepaid-30',
    'Prepaid 30 days',
    [],
    [
      allowance(
        'prepaid-min',
        'Talk all month',
        'voice',
        ['national', 'international', 'roaming'],
        10_000 * minute,
      ),
      allowance('prepaid-sms', 'Text all month', 'sms', ['national', 'international', 'roaming'], 10_000),
      allowance('prepaid-data', '30 GB', 'data', ['home', 'roaming'], 30 * GB),
    ],
    { days: 30, amountMinor: 1500 },
  ),
];

/** The document that POST /v1/catalog/import takes. */
export const catalog = { deck, offerings };
