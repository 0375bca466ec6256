/** Pinewood Mobile: the sample MVNO that `npm start` loads and `npm run demo` bills for three months. */
export const operator = {
  name: 'Pinewood Mobile',
  legalName: 'Pinewood Mobile LLC',
  addressLines: ['12 Orchard Street', 'Albany, NY 12207'],
  country: 'US',
  currency: 'USD',
  zone: 'America/New_York',
  supportEmail: 'care@pinewood-mobile.example',
  supportPhone: '+18005550142',
};

export const admin = { email: 'admin@pinewood-mobile.example', name: 'Sample admin' };

/** Midnight of New Year in the operator's zone: where its test clock begins. */
export const clockStartsAt = '2026-01-01T05:00:00.000Z';

export const homeNetwork = '310990';

/** Sample state tax: percentages by tax code, as data with the law that sets them. Not advice. */
export const taxRates = [
  {
    taxId: 'ny-excise',
    jurisdiction: 'US-NY',
    name: 'NY excise tax on mobile service',
    taxCodes: ['telecom'],
    percent: '2.9',
    validFrom: '2015-05-01',
    law: 'NY Tax Law section 186-e (sample figure)',
  },
];

/** So that a phone can be sold. */
export const deviceTaxRate = {
  taxId: 'ny-sales',
  jurisdiction: 'US-NY',
  name: 'NY sales tax',
  taxCodes: ['device'],
  percent: '4',
  validFrom: '2005-06-01',
  law: 'NY Tax Law section 1105 (sample figure)',
};

export const monthlyCycle = { frequency: 'monthly' as const, anchorDay: 1, zone: operator.zone };
