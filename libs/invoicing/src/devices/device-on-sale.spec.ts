import { describe, expect, it } from '@jest/globals';
import { deviceOnSale } from './device-on-sale';
import type { WantedSale } from './device-sale.service';

const wanted = (more: Partial<WantedSale> = {}): WantedSale => ({
  ...{ accountId: 'acc_1', subscriptionId: null, offeringId: null, name: null, taxCode: null, price: null },
  ...{ downPaymentMinor: null, valueMinor: null, count: null, deliveredOn: null, firstDueOn: null },
  ...{ onTermination: null, reason: 'sold' },
  ...more,
});
const phone = {
  ...{ offeringId: 'phone', version: 2, name: 'Phone' },
  device: { priceMinor: 48000, taxCode: 'goods', instalments: 24, valueMinor: 60000 },
};

describe('the terms of a sale', () => {
  it('are those of the catalog', () => {
    expect(deviceOnSale(wanted(), phone)).toEqual({
      ...{ name: 'Phone', offeringId: 'phone', offeringVersion: 2, taxCode: 'goods', priceMinor: 48000 },
      ...{ downPaymentMinor: 0, valueMinor: 60000, onTermination: 'goOn', count: 24 },
    });
  });

  it('go before those of the catalog', () => {
    const own = { price: { minor: 100, currency: 'USD' }, count: 2, onTermination: 'accelerate' as const };
    expect(deviceOnSale(wanted(own), phone)).toMatchObject({
      ...{ priceMinor: 100, count: 2, onTermination: 'accelerate', valueMinor: 60000 },
    });
  });

  it('need a name, a price and a count from one of them', () => {
    expect(() => deviceOnSale(wanted(), undefined)).toThrow();
    const own = { name: 'Watch', price: { minor: 100, currency: 'USD' }, count: 2 };
    expect(deviceOnSale(wanted(own), undefined)).toMatchObject({ taxCode: 'device', valueMinor: 100 });
  });
});
