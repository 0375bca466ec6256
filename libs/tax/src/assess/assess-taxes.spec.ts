import { charge, percent, rule, taxInput } from '../sample-rules';
import type { TaxRule } from '../table/tax-rule';
import { assessTaxes } from './assess-taxes';
import { MissingTaxRule } from './rules-in-force';
import { TaxCycle } from './tax-order';
import type { TaxInput } from './tax-input';

const amounts = (rules: TaxRule[], input: Partial<TaxInput>): Record<string, number> =>
  Object.fromEntries(
    assessTaxes(rules, taxInput(input)).taxes.map(({ taxId, amountMinor }) => [taxId, amountMinor]),
  );

const usf = (factor: string, from: string, to: string | null): TaxRule =>
  percent('usf', factor, {
    levy: 'recoveryFee',
    jurisdiction: 'US',
    rateDate: 'billDate',
    rounding: 'down',
    amount: { kind: 'percentage', percent: factor, share: '64.9' },
    validFrom: from,
    validTo: to,
  });

describe('where a tax is rounded', () => {
  it('once on the sum of the bill: 19 % of 0.10 + 0.10 + 0.10 is 0.06', () => {
    const charges = [
      charge(10, { chargeId: 'a' }),
      charge(10, { chargeId: 'b' }),
      charge(10, { chargeId: 'c' }),
    ];
    const [tax] = assessTaxes([rule()], taxInput({ charges })).taxes;
    expect(tax).toMatchObject({ baseMinor: 30, amountMinor: 6 });
    expect(tax?.parts.map(({ amountMinor }) => amountMinor)).toEqual([2, 2, 2]);
  });

  it('on each charge: 19 % of 0.13 is 0.02, three times', () => {
    const charges = ['a', 'b', 'c'].map((chargeId) => charge(13, { chargeId }));
    expect(amounts([rule({ roundAt: 'line' })], { charges })).toEqual({ vat: 6 });
    expect(amounts([rule()], { charges })).toEqual({ vat: 7 });
  });

  it('two taxes together on each charge: rates are added, the charge is rounded once', () => {
    const together = { roundAt: 'line' as const, roundTogether: 'vat' };
    const rules = [percent('ten', '10', together), percent('twenty', '20', together)];
    expect(amounts(rules, { charges: [charge(5)] })).toEqual({ ten: 1, twenty: 1 });
    expect(amounts(rules, { charges: [charge(151)] })).toEqual({ ten: 15, twenty: 30 });
    expect(amounts(rules, { charges: [charge(279)] })).toEqual({ ten: 28, twenty: 56 });
    expect(amounts(rules, { charges: [charge(12)] })).toEqual({ ten: 1, twenty: 3 });
  });

  it.each([
    [0.0149, 149, '0.01', 1],
    [0.015, 150, '0.01', 2],
    [0.0151, 151, '0.01', 2],
  ])('at the half penny (UK): %s exact', (_, base, percentOfBase, expected) => {
    expect(amounts([percent('vat', percentOfBase)], { charges: [charge(base * 100)] })).toEqual({
      vat: expected,
    });
  });

  it('a credit mirrors its charge', () => {
    expect(amounts([rule()], { charges: [charge(-1050)] })).toEqual({ vat: -200 });
    expect(amounts([rule()], { charges: [charge(1050)] })).toEqual({ vat: 200 });
  });
});

describe('which day picks the rate', () => {
  const factors = [usf('36.0', '2025-07-01', '2025-10-01'), usf('38.1', '2025-10-01', null)];

  it.each([
    ['2025-09-30', 2000, 467],
    ['2025-10-01', 3000, 741],
  ])('the bill of %s: a share of %i cents, cut to the cent below', (billDate, amount, expected) => {
    const input = { currency: 'USD', jurisdictions: ['US'], billDate, charges: [charge(amount)] };
    expect(amounts(factors, input)).toEqual({ usf: expected });
  });

  it("a seller's traffic study goes before the safe harbour", () => {
    const input = {
      currency: 'USD',
      jurisdictions: ['US'],
      shares: { usf: '37.1' },
      charges: [charge(3000)],
    };
    expect(amounts(factors, { ...input, billDate: '2025-09-30' })).toEqual({ usf: 400 });
    expect(amounts(factors, { ...input, billDate: '2025-10-01' })).toEqual({ usf: 424 });
  });

  const change = (rateChange: TaxRule['rateChange']): TaxRule[] => [
    rule({ rateChange, validTo: '2026-03-16' }),
    rule({ rateChange, validFrom: '2026-03-16', amount: { kind: 'percentage', percent: '16' } }),
  ];

  it('a rate that changes inside the period: the one at its end', () => {
    expect(amounts(change('periodEnd'), { charges: [charge(3100)] })).toEqual({ vat: 496 });
  });

  it('or each part by its days: 15 days at 19 %, 16 at 16 %', () => {
    const { taxes } = assessTaxes(change('apportioned'), taxInput({ charges: [charge(3100)] }));
    expect(taxes.map(({ baseMinor, amountMinor, rateOn }) => [baseMinor, amountMinor, rateOn])).toEqual([
      [1500, 285, '2026-03-15'],
      [1600, 256, '2026-03-31'],
    ]);
  });
});

describe('kinds of amounts', () => {
  const us = { currency: 'USD', jurisdictions: ['US', 'US-TX'] };

  it('a fee per line and month is whole, whatever the days', () => {
    const e911 = rule({
      ...{ taxId: 'e911', levy: 'governmentFee', jurisdiction: 'US-TX', trigger: 'lineMonth' },
      amount: { kind: 'perLine', amount: '0.50' },
    });
    const lines = ['a', 'b', 'c', 'd'].map((lineId) => ({ lineId, month: '2026-03', taxCodes: ['telecom'] }));
    expect(amounts([e911], { ...us, lines })).toEqual({ e911: 200 });
  });

  it("a city's fee stands instead of the state's", () => {
    const perLine = (taxId: string, jurisdiction: string, amount: string, replaces: string[] = []) =>
      rule({ taxId, jurisdiction, amount: { kind: 'perLine', amount }, trigger: 'lineMonth', replaces });
    const rules = [
      perLine('il911', 'US-IL', '0.87'),
      perLine('chicago911', 'US-IL-CHICAGO', '3.90', ['il911']),
    ];
    const lines = [{ lineId: 'a', month: '2017-02', taxCodes: ['telecom'] }];
    const dated = rules.map((each) => ({ ...each, validFrom: '2015-01-01' }));
    expect(amounts(dated, { ...us, jurisdictions: ['US', 'US-IL'], lines })).toEqual({ il911: 87 });
    expect(amounts(dated, { ...us, jurisdictions: ['US', 'US-IL', 'US-IL-CHICAGO'], lines })).toEqual({
      chicago911: 390,
    });
  });

  it('gross receipts: r / (1 - r) of the charge, so that r of all receipts is what is owed', () => {
    const grt = percent('grt', '5', { amount: { kind: 'percentage', percent: '5', grossUp: true } });
    expect(amounts([grt], { charges: [charge(9500)] })).toEqual({ grt: 500 });
  });

  it('a tax on taxes: 8 % of the service and its recovery fees', () => {
    const fee = (taxId: string, rate: string) => percent(taxId, rate, { levy: 'recoveryFee' });
    const rules = [
      percent('sales', '8', { onTopOf: ['usf', 'regulatory', 'receipts'] }),
      fee('usf', '5'),
      fee('regulatory', '3.75'),
      fee('receipts', '2.5'),
    ];
    expect(amounts(rules, { charges: [charge(4000)] })).toEqual({
      ...{ receipts: 100, regulatory: 150, usf: 200 },
      sales: 356,
    });
  });

  it('by the minute, in steps, capped', () => {
    const perMinute = rule({ taxId: 'minutes', amount: { kind: 'perMinute', amount: '0.0125' } });
    const tiers = [
      { upToMinor: 1000, percent: '5' },
      { upToMinor: null, percent: '1' },
    ];
    const steps = rule({ taxId: 'steps', amount: { kind: 'tiered', tiers } });
    const capped = rule({ taxId: 'capped', amount: { kind: 'percentage', percent: '10', capMinor: 300 } });
    const charges = [
      charge(4000, { chargeId: 'a', minutes: 10 }),
      charge(2000, { chargeId: 'b', minutes: 7 }),
    ];
    const { taxes } = assessTaxes([perMinute, steps, capped], taxInput({ charges }));
    const found = taxes.map(({ taxId, amountMinor, parts }) => [
      taxId,
      amountMinor,
      parts.map((part) => part.amountMinor),
    ]);
    expect(found).toEqual([
      ['capped', 300, [200, 100]],
      ['minutes', 21, [13, 8]],
      ['steps', 100, [66, 34]],
    ]);
  });
});

describe('what is not taxed is said', () => {
  it('by law, by certificate, by the seller, by reverse charge', () => {
    const rules = [
      rule(),
      rule({ taxId: 'net', taxCodes: ['internet'], amount: { kind: 'untaxed' }, law: 'ITFA' }),
    ];
    const charges = [charge(1000), charge(500, { taxCode: 'internet' })];
    const certificate = {
      ...{ certificateId: 'tc1', number: 'X-1', reason: 'school', jurisdiction: 'DE' },
      ...{ validFromOn: '2026-01-01', validToOn: null },
    };
    const untaxed = (change: Partial<TaxInput>) =>
      assessTaxes(rules, taxInput({ charges, ...change })).untaxed.map(({ taxId, reason, baseMinor }) => [
        taxId,
        reason,
        baseMinor,
      ]);
    expect(untaxed({})).toEqual([['net', 'byLaw', 500]]);
    expect(untaxed({ certificates: [certificate] })).toEqual([
      ['net', 'byLaw', 500],
      ['vat', 'certificate', 1000],
    ]);
    expect(untaxed({ notCharged: ['vat'] })).toContainEqual(['vat', 'notCharged', 1000]);
    expect(untaxed({ reverseCharge: true })).toContainEqual(['vat', 'reverseCharge', 1000]);
  });

  it('a charge that no row speaks of is refused', () => {
    const unknown = () => assessTaxes([rule()], taxInput({ charges: [charge(100, { taxCode: 'device' })] }));
    expect(unknown).toThrow(MissingTaxRule);
    expect(unknown).toThrow('No row of the tax table is for tax code "device" in DE on 2026-03-31.');
  });

  it('taxes that are each on top of the other are refused', () => {
    const rules = [percent('a', '1', { onTopOf: ['b'] }), percent('b', '1', { onTopOf: ['a'] })];
    expect(() => assessTaxes(rules, taxInput({ charges: [charge(100)] }))).toThrow(TaxCycle);
  });
});
