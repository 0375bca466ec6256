import type { OfferingVersion, RateDeckVersion, RateEntry } from '@tollkeeper/contracts';

/** Numbers that look random and are the same in every run (mulberry32). */
export function madeNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** E.164 has fifteen digits at most. */
const longestPrefix = 15;

/** Each prefix is another one with a digit more: a number passes many of them before the one that prices it. */
export function nestedPrefixes(count: number, next: (below: number) => number): string[] {
  const prefixes = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
  const known = new Set(prefixes);
  while (prefixes.length < count) {
    const prefix = `${prefixes[next(prefixes.length)]}${next(10)}`;
    if (prefix.length > longestPrefix || known.has(prefix)) continue;
    known.add(prefix);
    prefixes.push(prefix);
  }
  return prefixes;
}

const increments = [
  [1, 1],
  [60, 1],
  [60, 60],
  [30, 6],
] as const;
const zones = ['national', 'europe', 'world', 'rest'];

const row = (change: Partial<RateEntry>): RateEntry => ({
  prefix: '1',
  usageType: 'voice',
  servingZone: 'home',
  zone: 'national',
  description: 'Calls',
  connectFee: '0',
  rate: '0.06',
  perUnits: 60,
  initialIncrement: 1,
  nextIncrement: 1,
  roundAt: 'record',
  rounding: 'halfUp',
  ...change,
});

export function rowsOf(prefixes: readonly string[], next: (below: number) => number): RateEntry[] {
  const rows = prefixes.map((prefix) => {
    const [initialIncrement, nextIncrement] = increments[next(increments.length)]!;
    return row({
      prefix,
      zone: zones[next(zones.length)]!,
      description: `Calls to ${prefix}`,
      rate: `0.${String(next(200) + 1).padStart(4, '0')}5`,
      connectFee: next(10) === 0 ? '0.05' : '0',
      initialIncrement,
      nextIncrement,
    });
  });
  const messages = prefixes
    .slice(0, 200)
    .map((prefix) => row({ prefix, usageType: 'sms', rate: '0.09', perUnits: 1, description: 'Messages' }));
  const data = row({
    prefix: 'zone:home',
    usageType: 'data',
    zone: 'home',
    rate: '0.01',
    perUnits: 1_000_000,
    initialIncrement: 1_000,
    nextIncrement: 1_000,
    roundAt: 'line',
    description: 'Data',
  });
  return [...rows, ...messages, data];
}

export const deckVersion: RateDeckVersion = {
  deckId: 'retail',
  version: 1,
  currency: 'EUR',
  validFrom: '2020-01-01T00:00:00.000Z',
  servingZones: [{ network: '262', servingZone: 'home' }],
  freeNumbers: ['112'],
};

export const allowances = { voice: 6_000, sms: 30, data: 200_000_000 };

export const offering = (offeringId: string): OfferingVersion => ({
  offeringId,
  version: 1,
  name: 'Plan',
  currency: 'EUR',
  validFrom: '2020-01-01T00:00:00.000Z',
  deckId: 'retail',
  recurringCharges: [
    {
      chargeId: 'monthly',
      name: 'Monthly fee',
      amountMinor: 1_500,
      timing: 'inAdvance',
      per: 'subscription',
      prorate: true,
      taxCode: 'telecom',
      revenueCategory: 'recurring',
    },
  ],
  allowances: (['voice', 'sms', 'data'] as const).map((usageType, index) => ({
    allowanceId: usageType,
    name: usageType,
    usageType,
    zones: usageType === 'data' ? ['home'] : ['national', 'europe'],
    units: allowances[usageType],
    priority: index,
    shared: false,
  })),
  usageTaxCode: 'telecom',
  paidInAdvance: null,
});
