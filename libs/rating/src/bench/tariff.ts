import type { OfferingVersion, RateDeckVersion, RateEntry } from '@tollkeeper/contracts';

/** The smallest tariff that a call can be guided to. */
export const entry: RateEntry = {
  prefix: '1',
  usageType: 'voice',
  servingZone: 'home',
  zone: 'us',
  description: 'Calls within the US',
  connectFee: '0',
  rate: '0.06',
  perUnits: 60,
  initialIncrement: 1,
  nextIncrement: 1,
  roundAt: 'record',
  rounding: 'halfUp',
};

export const deckVersion: RateDeckVersion = {
  deckId: 'retail',
  version: 1,
  currency: 'USD',
  validFrom: '2020-01-01T00:00:00.000Z',
  servingZones: [{ network: '26201', servingZone: 'home' }],
  freeNumbers: ['911'],
};

export const offering: OfferingVersion = {
  offeringId: 'plan',
  version: 1,
  name: 'Plan',
  currency: 'USD',
  validFrom: '2020-01-01T00:00:00.000Z',
  deckId: 'retail',
  recurringCharges: [],
  allowances: [],
  usageTaxCode: 'telecom',
  paidInAdvance: null,
};
