import { describe, expect, it } from '@jest/globals';
import type { SubscriptionProfile } from '@tollkeeper/contracts';
import type { ZipRange } from '@tollkeeper/tax';
import { buildInvoice } from './build-invoice';
import { type PlaceInput, resolvePlace, type TaxFacts } from './resolve-place';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleTax,
} from './sample-billing';

const offerings = [sampleOffering('plan', [sampleCharge('line', 1000)])];
const facts = (more: Partial<TaxFacts> = {}): TaxFacts => ({
  ...{ customer: 'consumer', vatNumber: null, evidence: [], decision: null },
  ...more,
});
const tax = (jurisdiction: string, percent: string) =>
  sampleTax('telecom', percent, { taxId: `tax-${jurisdiction}`, name: 'Tax', jurisdiction });
const fee911 = (jurisdiction: string, amount: string) =>
  sampleTax('telecom', '0', {
    ...{ taxId: `911-${jurisdiction}`, name: '911', jurisdiction, levy: 'governmentFee' },
    ...{ trigger: 'lineMonth', amount: { kind: 'perLine', amount } },
  });

/** `line base amount` of each tax, by its place. */
function taxed(input: Omit<PlaceInput, 'on'>, taxRules: ReturnType<typeof tax>[]) {
  const { place, review } = resolvePlace({ ...input, on: '2026-02-01' });
  const account = input.profile;
  const bill = buildInvoice(sampleInput({ account, offerings, taxRules, taxPlace: place }));
  const shown = (bill?.taxes ?? []).flatMap(({ jurisdiction, parts = [] }) =>
    parts.map(({ chargeId, amountMinor }) => `${jurisdiction} ${chargeId} ${amountMinor}`),
  );
  return { shown, untaxed: bill?.untaxed ?? [], supply: bill?.supply, review };
}

describe('lines of one bill in different places', () => {
  const texas = { lines: ['1'], city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' };
  const albany = { lines: ['1'], city: 'Albany', region: 'NY', postalCode: '12207', country: 'US' };
  const family = {
    ...sampleAccount(sampleSubscription('1', 'plan'), sampleSubscription('2', 'plan')),
    ...{ currency: 'USD', address: texas },
  };
  const range = (zip: string, jurisdictions: string[]): ZipRange => ({
    ...{ zip, plus4From: null, plus4To: null, jurisdictionCode: zip, jurisdictions },
    ...{ validFrom: '2020-01-01', validTo: null },
  });
  const us = { sellerCountry: 'US', placeBy: 'address' as const };
  const atCollege = facts({ placesOfUse: [{ subscriptionId: '2', address: albany }] });
  const rules = [tax('US-TX', '6.25'), tax('US-NY', '4'), fee911('US-TX', '0.50'), fee911('US-NY', '1.20')];

  it.each([
    ['without a ZIP table', null],
    ['by the ZIP table', [range('78701', ['US', 'US-TX']), range('12207', ['US', 'US-NY'])]],
  ])('US, %s: each line by its place of primary use, its 911 fee too', (_, zipRanges) => {
    const { shown, supply, review } = taxed({ ...us, profile: family, facts: atCollege, zipRanges }, rules);
    expect(shown.sort()).toEqual([
      ...['US-NY 2 40', 'US-NY line/2/2026-01 120'],
      ...['US-TX 1 63', 'US-TX line/1/2026-01 50'],
    ]);
    expect(supply?.lines).toMatchObject([{ subscriptionId: '2' }]);
    expect(review).toBeNull();
  });

  it('US: all lines at the account’s address: one place, as before', () => {
    const { shown, supply } = taxed({ ...us, profile: family, facts: null, zipRanges: null }, rules);
    expect(shown.sort()).toEqual([
      ...['US-TX 1 63', 'US-TX 2 62', 'US-TX line/1/2026-01 50', 'US-TX line/2/2026-01 50'],
    ]);
    expect(supply).toBeUndefined();
  });

  it('a line that the ZIP table does not know is looked at, and taxed by what is sure', () => {
    const zipRanges = [range('78701', ['US', 'US-TX'])];
    const { review, shown } = taxed({ ...us, profile: family, facts: atCollege, zipRanges }, rules);
    expect(review).toMatch(/^2: the table has no place for ZIP code 12207/);
    expect(shown).toContain('US-NY 2 40');
  });

  const sim = (subscriptionId: string, mcc: string): SubscriptionProfile =>
    sampleSubscription(subscriptionId, 'plan', {
      identifiers: [
        {
          kind: 'imsi',
          value: `${mcc}0100000000${subscriptionId}`,
          from: '2026-01-01T00:00:00.000Z',
          to: null,
        },
      ],
    });
  const eu = { sellerCountry: 'DE', placeBy: 'telecom' as const, zipRanges: null };
  const vat = [tax('DE', '19'), tax('AT', '20')];

  it('EU: each SIM’s country, and its VAT', () => {
    const profile = sampleAccount(sim('1', '262'), sim('2', '232'));
    const { shown, supply } = taxed({ ...eu, profile, facts: null }, vat);
    expect(shown.sort()).toEqual(['AT 2 200', 'DE 1 190']);
    // The account itself is where its newest SIM is.
    expect(supply).toMatchObject({
      jurisdictions: ['AT'],
      lines: [{ subscriptionId: '1', jurisdictions: ['DE'], evidence: [{ country: 'DE' }] }],
    });
  });

  it('EU: a Swiss SIM is outside the scope, and its line says so; the other one is taxed', () => {
    const profile = sampleAccount(sim('1', '262'), sim('2', '228'));
    const { shown, untaxed } = taxed({ ...eu, profile, facts: null }, vat);
    expect(shown).toEqual(['DE 1 190']);
    expect(untaxed).toMatchObject([{ reason: 'outsideScope', jurisdiction: 'CH', baseMinor: 1000 }]);
  });

  it('EU: a business with a checked number is at its establishment with all lines', () => {
    const profile = sampleAccount(sim('1', '262'), sim('2', '232'));
    const vatNumber = {
      ...{ number: 'ATU12345678', country: 'AT', valid: true },
      ...{ checkedAt: '2026-01-02T10:00:00.000Z', consultation: 'W1' },
    };
    const business = facts({ customer: 'business', vatNumber });
    const { shown, supply } = taxed({ ...eu, profile, facts: business }, vat);
    expect(shown).toEqual([]);
    expect(supply).toMatchObject({ note: 'Reverse charge', vatNumber: 'ATU12345678' });
    expect(supply?.lines).toBeUndefined();
  });
});

describe('a bill of one VAT category (EN 16931): the sum x the rate, rounded once', () => {
  it.each([
    ['three lines of 0.33: 19 % of 0.99 is 0.19, by line it would be 0.18', 33, 3, '19', 19],
    ['three lines of 0.10: 19 % of 0.30 is 0.06, by line 0.06', 10, 3, '19', 6],
    ['ten lines of 1.01 at 7 %: 0.71, by line 0.70', 101, 10, '7', 71],
  ])('%s', (_, price, lines, percent, expected) => {
    const charges = Array.from({ length: lines }, (_line, at) => sampleCharge(`c${at}`, price));
    const given = { offerings: [sampleOffering('plan', charges)], taxRules: [sampleTax('telecom', percent)] };
    const bill = buildInvoice(sampleInput(given));
    expect(bill?.taxMinor).toBe(expected);
    expect((bill?.taxes[0]?.parts ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(
      expected,
    );
  });
});
