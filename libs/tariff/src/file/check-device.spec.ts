import { describe, expect, it } from '@jest/globals';
import { checkCommercial } from './check-commercial';
import type { OfferingDraft } from './check-offering';

const phone: OfferingDraft = {
  ...{ offeringId: 'phone', name: 'Phone', currency: 'USD', validFrom: '2026-02-01T00:00:00.000Z' },
  ...{ deckId: 'retail', recurringCharges: [], allowances: [], usageTaxCode: 'voice', paidInAdvance: null },
  ...{ kind: 'device', device: { priceMinor: 48000, taxCode: 'device', instalments: 24 } },
};
const fields = (offering: OfferingDraft) => checkCommercial(offering).map(({ field }) => field);

describe('an offering of the kind device', () => {
  it('has a price of its own and charges nothing by itself', () => {
    expect(fields(phone)).toEqual([]);
  });

  it.each<[string, Partial<OfferingDraft>, string]>([
    ['without its price', { device: undefined }, 'device'],
    ['a plan with a device price', { kind: 'plan' }, 'device'],
    [
      'all of it paid down',
      { device: { priceMinor: 100, taxCode: 'device', downPaymentMinor: 100 } },
      'device.downPaymentMinor',
    ],
    ['paid in advance', { paidInAdvance: { days: 30, amountMinor: 100 } }, 'paidInAdvance'],
    ['with a deposit', { deposit: { amountMinor: 100 } }, 'deposit'],
  ])('%s', (_, change, field) => {
    expect(fields({ ...phone, ...change })).toContain(field);
  });
});
