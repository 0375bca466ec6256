import { describe, expect, it } from '@jest/globals';
import { checkDeckHead, checkEntries, checkServingZones, indexZones } from './check-deck';
import { offeringFields } from './offering-fields';
import { checkOffering, type OfferingDraft, type OfferingSurroundings } from './check-offering';

const charge = {
  chargeId: 'monthly',
  name: 'Monthly fee',
  amountMinor: 1000,
  timing: 'inAdvance',
  per: 'subscription',
  prorate: true,
  taxCode: 'voice',
  revenueCategory: 'recurring',
} as const;
const minutes = {
  allowanceId: 'minutes',
  name: '100 minutes',
  usageType: 'voice',
  zones: ['home'],
  units: 6000,
  priority: 1,
  shared: false,
} as const;
const offering: OfferingDraft = {
  offeringId: 'talk',
  name: 'Talk',
  currency: 'USD',
  validFrom: '2026-02-01T00:00:00.000Z',
  deckId: 'retail',
  recurringCharges: [charge],
  allowances: [{ ...minutes, zones: ['home'] }],
  usageTaxCode: 'voice',
  paidInAdvance: null,
};
const deck = {
  currency: 'USD',
  validFrom: '2026-01-01T00:00:00.000Z',
  zones: ['home', 'usa'],
  servingZones: ['home', 'roaming-1'],
};
const surroundings: OfferingSurroundings = { deck: [deck], previous: null };
const previous = { validFrom: '2026-02-01T00:00:00.000Z', currency: 'USD' };

describe('the shape of an offering', () => {
  const faultsOf = (change: object) =>
    offeringFields
      .safeParse({ ...offering, ...change })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

  it.each([
    [{}, []],
    [
      { recurringCharges: [{ ...charge, amountMinor: -1 }] },
      ['recurringCharges.0.amountMinor: a price is never negative'],
    ],
    [
      { recurringCharges: [{ ...charge, amountMinor: 9.99 }] },
      ['recurringCharges.0.amountMinor: must be whole minor units (cents)'],
    ],
    [
      { allowances: [{ ...minutes, zones: [] }] },
      ['allowances.0.zones: name the zones that the allowance covers'],
    ],
    [{ currency: 'usd' }, ['currency: must be an ISO 4217 code such as USD']],
    [
      { validFrom: '2026-02-30T00:00:00Z' },
      ['validFrom: must be a UTC instant such as 2026-01-31T12:00:00.000Z'],
    ],
    [{ offeringId: { $ne: null } }, ['offeringId: must be text in quotes, such as "retail"']],
    [
      { version: 7 },
      [
        ': there is no field "version" here (there is offeringId, name, currency, validFrom, deckId, recurringCharges, allowances, usagePrices ...)',
      ],
    ],
  ])('%j -> %j', (change, faults) => expect(faultsOf(change)).toEqual(faults));

  it('writes an instant in one way', () => {
    expect(offeringFields.parse({ ...offering, validFrom: '2026-02-01T01:00:00+01:00' }).validFrom).toBe(
      '2026-02-01T00:00:00.000Z',
    );
  });
});

describe('an offering in its surroundings', () => {
  it.each([
    ['is fine', {}, {}, []],
    [
      'names an unknown currency',
      { currency: 'USX' },
      { deck: [{ ...deck, currency: 'USX' }] },
      ['currency'],
    ],
    ['is in another currency than its deck', { currency: 'EUR' }, {}, ['currency']],
    [
      'changes the currency of its earlier version',
      { currency: 'EUR' },
      {
        deck: [{ ...deck, currency: 'EUR' }],
        previous: { ...previous, validFrom: '2026-01-01T00:00:00.000Z' },
      },
      ['currency'],
    ],
    ['names an unknown deck', {}, { deck: [] }, ['deckId']],
    ['starts before its deck', { validFrom: '2025-12-31T23:59:59.999Z' }, {}, ['deckId']],
    ['starts with its deck', { validFrom: deck.validFrom }, {}, []],
    ['starts with its earlier version', {}, { previous }, ['validFrom']],
    ['starts after its earlier version', { validFrom: '2026-02-01T00:00:00.001Z' }, { previous }, []],
    [
      'covers a destination zone and a serving zone',
      { allowances: [{ ...minutes, zones: ['usa', 'roaming-1'] }] },
      {},
      [],
    ],
    [
      'covers a zone that no rate has',
      { allowances: [{ ...minutes, zones: ['home', 'moon'] }] },
      {},
      ['allowances.0.zones.1'],
    ],
    ['has an allowance twice', { allowances: [minutes, minutes] }, {}, ['allowances.1.allowanceId']],
    ['has a charge twice', { recurringCharges: [charge, charge] }, {}, ['recurringCharges.1.chargeId']],
    ['is paid in advance', { recurringCharges: [], paidInAdvance: { days: 30, amountMinor: 1500 } }, {}, []],
    [
      'is paid in advance and invoiced',
      { paidInAdvance: { days: 30, amountMinor: 1500 } },
      {},
      ['recurringCharges'],
    ],
  ])('%s', (_, change, around, fields) => {
    const findings = checkOffering({ ...offering, ...change } as OfferingDraft, {
      ...surroundings,
      ...around,
    });
    expect(findings.map(({ field }) => field)).toEqual(fields);
  });
});

describe('a deck', () => {
  const head = { currency: 'USD', validFrom: '2026-02-01T00:00:00.000Z' };
  it.each([
    [head, null, []],
    [{ ...head, currency: 'XXX' }, null, ['currency']],
    [head, { ...head, validFrom: '2026-01-01T00:00:00.000Z' }, []],
    [head, head, ['validFrom']],
    [head, { ...head, validFrom: '2026-03-01T00:00:00.000Z', currency: 'EUR' }, ['currency', 'validFrom']],
  ])('%j after %j', (deckHead, before, fields) =>
    expect(checkDeckHead(deckHead, before).map(({ field }) => field)).toEqual(fields),
  );

  const entry = {
    prefix: '1', usageType: 'voice', servingZone: 'home', zone: 'usa', description: 'USA', connectFee: '0', rate: '0.05',
    perUnits: 60, initialIncrement: 60, nextIncrement: 1, roundAt: 'record', rounding: 'halfUp',
  } as const; // prettier-ignore
  it('has one rate for a usage type, serving zone and prefix', () => {
    const others = [
      { ...entry, usageType: 'sms' as const },
      { ...entry, servingZone: 'roaming-1' },
      { ...entry, prefix: '12' },
    ];
    expect(checkEntries([entry, ...others])).toEqual([]);
    expect(checkEntries([entry, ...others, { ...entry, rate: '0.06' }]).map(({ field }) => field)).toEqual([
      'entries.4.prefix',
    ]);
  });

  it('has rates for every serving zone that a network is in, and one zone for a network', () => {
    const index = indexZones([entry]);
    expect(index).toEqual({ zones: ['usa'], servingZones: ['home'] });
    expect(checkServingZones([{ network: '310', servingZone: 'home' }], index)).toEqual([]);
    const wrong = [
      { network: '310', servingZone: 'home' },
      { network: '262', servingZone: 'eu' },
      { network: '310', servingZone: 'home' },
    ];
    expect(checkServingZones(wrong, index).map(({ field }) => field)).toEqual([
      'servingZones.2.network',
      'servingZones.1.servingZone',
    ]);
  });
});
