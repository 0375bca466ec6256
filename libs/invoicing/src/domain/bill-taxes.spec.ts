import { describe, expect, it } from '@jest/globals';
import type { AccountDiscount } from '@tollkeeper/contracts';
import { fractionOf, microToMinor } from '@tollkeeper/money';
import { taxRuleFields, type TaxRule } from '@tollkeeper/tax';
import fc from 'fast-check';
import { type BillingInput, buildInvoice } from './build-invoice';
import { explainTaxes } from './explain-taxes';
import { invoicePosting } from './invoice-posting';
import { netOf } from './line-parts';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleTax,
  sampleUsage,
} from './sample-billing';
import type { TaxPlace } from './tax-place';
import { usualTaxSettings } from './tax-settings';

const row = (fields: Record<string, unknown>): TaxRule =>
  taxRuleFields.parse({
    ...{ name: String(fields['taxId']), levy: 'tax', jurisdiction: 'US-TX', taxCodes: ['voice'] },
    ...{ validFrom: '2010-01-01', law: 'a law' },
    ...fields,
  });

/** As in libs/tax/tables, for round amounts. */
const texas: TaxRule[] = [
  row({
    ...{ taxId: 'usf', name: 'Universal Service Recovery', levy: 'recoveryFee', jurisdiction: 'US' },
    ...{ rateDate: 'billDate', rounding: 'down', validTo: '2026-04-01' },
    amount: { kind: 'percentage', percent: '37.6', share: '37.1' },
  }),
  row({
    ...{ taxId: 'usf', name: 'Universal Service Recovery', levy: 'recoveryFee', jurisdiction: 'US' },
    ...{ rateDate: 'billDate', rounding: 'down', validFrom: '2026-04-01' },
    amount: { kind: 'percentage', percent: '40', share: '37.1' },
  }),
  row({ taxId: 'itfa', jurisdiction: 'US', taxCodes: ['internet'], amount: { kind: 'untaxed' } }),
  row({ taxId: 'sales', onTopOf: ['usf'], amount: { kind: 'percentage', percent: '6.25' } }),
  row({
    ...{ taxId: 'e911', levy: 'governmentFee', trigger: 'lineMonth', onPartialCredit: 'keep' },
    amount: { kind: 'perLine', amount: '0.50' },
  }),
];

const family = sampleOffering('family', [sampleCharge('line', 2000, { taxCode: 'voice' })], {
  currency: 'USD',
  usageTaxCode: 'voice',
});
const hotspot = sampleOffering('hotspot', [sampleCharge('data', 1000, { taxCode: 'internet' })], {
  currency: 'USD',
  usageTaxCode: 'internet',
});

const austin = { lines: ['1'], city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' };
const texan = (more: Partial<BillingInput> = {}): BillingInput =>
  sampleInput({
    account: {
      ...sampleAccount(
        ...['1', '2', '3', '4'].map((id) => sampleSubscription(id, 'family')),
        sampleSubscription('5', 'hotspot'),
      ),
      currency: 'USD',
      address: austin,
    },
    offerings: [family, hotspot],
    taxRules: texas,
    ...more,
  });

const shown = (given: BillingInput) => {
  const bill = buildInvoice(given);
  const named = (taxes: { taxId: string; baseMinor: number; amountMinor: number }[] = []) =>
    taxes.map(({ taxId, baseMinor, amountMinor }) => `${taxId} ${baseMinor} ${amountMinor}`);
  return bill && { taxes: named(bill.taxes), own: named(bill.recoveryFees), total: bill.totalMinor };
};

describe('a Texan family of four lines and a hotspot', () => {
  it('80.00 of voice: recovery 11.15, sales tax 5.70 on both, 2.00 of 911 fees; 10.00 of internet stays untaxed', () => {
    const bill = buildInvoice(texan());
    expect(shown(texan())).toEqual({
      // 80.00 x 37.1 % x 37.6 % = 11.15968, cut.
      own: ['usf 8000 1115'],
      // 6.25 % of 91.15 = 5.696875.
      taxes: ['e911 0 200', 'sales 9115 570'],
      total: 9000 + 1115 + 570 + 200,
    });
    expect(bill?.untaxed).toMatchObject([{ taxId: 'itfa', reason: 'byLaw', baseMinor: 1000 }]);
    expect(bill).toMatchObject({ netMinor: 10115, taxMinor: 770 });
    expect(bill?.feeKeys).toEqual(['1', '2', '3', '4'].map((id) => `US-TX/e911/${id}/2026-01`));
  });

  it('a line tells its part of each: 20.00 of voice bears 2.79 of recovery and 1.43 of sales tax', () => {
    const bill = buildInvoice(texan());
    expect(
      bill &&
        bill.lines
          .slice(1, 2)
          .flatMap((line) => explainTaxes(line, bill))
          .map(({ text }) => text),
    ).toEqual([
      'Universal Service Recovery, 37.6 % of 37.1 % of the charge on $20.00: $2.79, its part of $11.15 on the bill, rate of 2026-02-01 (day of the bill); a law',
      'sales, 6.25 % on $22.79: $1.43, its part of $5.70 on the bill, rate of 2026-01-31 (last day of service); a law',
    ]);
  });

  it('the recovery fee is revenue of the carrier, the 911 fee is owed to Texas', () => {
    const bill = buildInvoice(texan());
    const posting = Object.fromEntries(
      (bill ? invoicePosting(bill) : []).map(({ account, amountMinor }) => [account, amountMinor]),
    );
    expect(posting).toMatchObject({ 'revenue:fee': -1115, 'taxPayable:US-TX': -770 });
  });

  it('the factor of the bill date counts: 40 % from April on', () => {
    const april = texan({ startsOn: '2026-03-01', cutOffOn: '2026-04-01' });
    expect(shown(april)?.own).toEqual(['usf 8000 1187']);
  });

  it('a de-minimis carrier has no recovery fee, and no tax on it', () => {
    const settings = { ...usualTaxSettings, notCharged: ['usf'] };
    expect(shown(texan({ taxSettings: settings }))).toMatchObject({
      own: [],
      taxes: ['e911 0 200', 'sales 8000 500'],
    });
  });

  it('a traffic study goes before the safe harbour', () => {
    const settings = { ...usualTaxSettings, shares: { usf: '10' } };
    expect(shown(texan({ taxSettings: settings }))?.own).toEqual(['usf 8000 300']);
  });

  it('a certificate of Texas frees of its taxes and fees, not of the recovery fee', () => {
    const given = texan();
    const certificate = {
      ...{ certificateId: 'txc_1', number: 'EX-1', jurisdiction: 'US-TX', reason: 'school' },
      ...{ validFromOn: '2020-01-01', validToOn: null },
    };
    const bill = buildInvoice({ ...given, account: { ...given.account, taxCertificates: [certificate] } });
    expect(bill?.taxes).toEqual([]);
    expect(bill?.recoveryFees).toMatchObject([{ amountMinor: 1115 }]);
    expect(bill?.exemptions?.map(({ taxId, reason, baseMinor }) => [taxId, reason, baseMinor])).toEqual([
      ['e911', 'school', 0],
      ['sales', 'school', 8000],
    ]);
    expect(bill?.feeKeys).toBeUndefined();
  });
});

describe('a fee for each line and month', () => {
  const feesOf = (given: Partial<BillingInput>): string[] =>
    (buildInvoice(texan(given))?.feeKeys ?? []).map((key) => key.slice('US-TX/e911/'.length));
  const one = (more: Parameters<typeof sampleSubscription>[2] = {}) => ({
    account: { ...sampleAccount(sampleSubscription('1', 'family', more)), currency: 'USD', address: austin },
  });

  it.each<[string, Partial<BillingInput>, string[]]>([
    ['a line that began on the last day', one({ activeFrom: '2026-01-31T00:00:00.000Z' }), ['1/2026-01']],
    [
      'two months that an account was skipped',
      { ...one(), cutOffOn: '2026-03-01', lastBilled: null },
      ['1/2026-01', '1/2026-02'],
    ],
    [
      'a month that an earlier bill has',
      { ...one(), cutOffOn: '2026-03-01', feesBefore: new Set(['US-TX/e911/1/2026-01']) },
      ['1/2026-02'],
    ],
    [
      'internet only',
      { ...one(), account: { ...one().account, subscriptions: [sampleSubscription('5', 'hotspot')] } },
      [],
    ],
  ])('%s', (_, given, expected) => {
    expect(feesOf(given)).toEqual(expected);
  });

  it('is on exactly one bill, whatever cycles, cut-offs and repeats there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 31 }),
        fc.integer({ min: 1, max: 28 }),
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        (anchorDay, begins, skipped) => {
          const cycle = { frequency: 'monthly' as const, anchorDay, zone: 'UTC' };
          const months = ['2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];
          const day = (month: string) => {
            const last =
              new Map([
                ['2026-02', 28],
                ['2026-04', 30],
                ['2026-06', 30],
              ]).get(month) ?? 31;
            return `${month}-${String(Math.min(anchorDay, last)).padStart(2, '0')}`;
          };
          const activeFrom = `2026-01-${String(begins).padStart(2, '0')}T00:00:00.000Z`;
          const feesBefore = new Set<string>();
          const seen: string[] = [];
          let lastBilled: BillingInput['lastBilled'] = null;
          for (const [at, month] of months.entries()) {
            if (skipped[at] && at < months.length - 1) continue;
            const cutOffOn = day(month);
            const given = texan({ ...one({ activeFrom }), cycle, cutOffOn, lastBilled, feesBefore });
            const bill = buildInvoice(given);
            expect(buildInvoice(given)).toEqual(bill);
            seen.push(...(bill?.feeKeys ?? []));
            for (const key of bill?.feeKeys ?? []) feesBefore.add(key);
            if (bill) lastBilled = { periodTo: cutOffOn, chargedThrough: {} };
          }
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen.length).toBe(anchorDay === 1 ? 5 : 6);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('prices that include their tax', () => {
  const settings = { ...usualTaxSettings, pricesIncludeTax: true };
  const of = (amountMinor: number) =>
    buildInvoice(
      sampleInput({
        offerings: [sampleOffering('plan', [sampleCharge('fee', amountMinor)])],
        taxSettings: settings,
      }),
    );

  it('11.90 is 10.00 and 1.90 of tax', () => {
    const bill = of(1190);
    expect(bill).toMatchObject({ netMinor: 1000, taxMinor: 190, totalMinor: 1190 });
    expect(bill?.lines.map((line) => [line.amountMinor, line.taxInsideMinor, netOf(line)])).toEqual([
      [1190, 190, 1000],
    ]);
  });

  it('the promised price stays to the cent, whatever it is, and the tax is the rest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (gross) => {
        const bill = of(gross);
        expect(bill?.totalMinor).toBe(gross);
        expect(bill?.taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(bill?.taxMinor);
        expect(bill?.taxes[0]?.parts?.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(
          bill?.taxMinor,
        );
      }),
    );
  });
});

describe('where the customer owes the tax', () => {
  const austria: TaxPlace = {
    ...{ jurisdictions: ['AT'], customer: 'business', country: 'AT', treatment: 'reverseCharge' },
    ...{ rule: 'Directive 2006/112/EC Art. 44 and 196', evidence: [], confidence: null },
    ...{ jurisdictionCode: null, vatNumber: 'ATU12345678' },
  };

  it('no tax, its base is said, and the bill has the words of the law', () => {
    const bill = buildInvoice(sampleInput({ taxPlace: austria }));
    expect(bill).toMatchObject({ netMinor: 1000, taxMinor: 0, totalMinor: 1000 });
    expect(bill?.untaxed).toMatchObject([{ jurisdiction: 'AT', reason: 'reverseCharge', baseMinor: 1000 }]);
    expect(bill?.supply).toMatchObject({ note: 'Reverse charge', vatNumber: 'ATU12345678' });
  });

  it('a consumer there is taxed there, or the account is set aside when the table does not know the country', () => {
    const consumer: TaxPlace = { ...austria, customer: 'consumer', treatment: 'otherMember' };
    expect(() => buildInvoice(sampleInput({ taxPlace: consumer }))).toThrow(
      'No row of the tax table is for tax code "telecom" in AT on 2026-01-31.',
    );
    const taxRules = [sampleTax('telecom', '20', { jurisdiction: 'AT' })];
    expect(buildInvoice(sampleInput({ taxPlace: consumer, taxRules }))?.taxMinor).toBe(200);
  });
});

const coupon: AccountDiscount = {
  ...{ accountDiscountId: 'dsc_1', revision: 1, accountId: 'acc_1', subscriptionId: null, offeringIds: null },
  ...{ from: '2026-01-15T12:00:00.000Z', to: null, code: 'TEN' },
  discount: {
    ...{ discountId: 'ten', name: 'Ten off', level: 'bill' },
    value: { off: 'fixed', amountMinor: 1000 },
  },
};

describe('cases of others', () => {
  it('T020: a coupon of 10.00 over fees at 10, 0 and 20 %; the true-up has the rate of its charge', () => {
    const usage = (taxCode: string, cents: number) =>
      sampleUsage('1', 'plan', cents * 10_000, { taxCode, description: taxCode, priceId: taxCode });
    const minimum = { minimumId: 'least', name: 'Minimum', amountMinor: 5000, taxCode: 'data' };
    const bill = buildInvoice(
      sampleInput({
        offerings: [
          sampleOffering('plan', [sampleCharge('subscription', 10_000, { taxCode: 'voice' })], {
            commitment: {
              minimums: [{ ...minimum, of: 'usage', priceIds: ['data'], revenueCategory: 'data' }],
            },
          }),
        ],
        totals: [usage('device', 5000), usage('data', 3000)],
        accountDiscounts: [coupon],
      }),
    );
    expect(bill?.lines.map((line) => [line.amountMinor, netOf(line)])).toEqual([
      [10_000, 9500],
      [3000, 2850],
      [5000, 4750],
      [2000, 1900],
    ]);
    expect(bill?.taxes.map(({ amountMinor }) => amountMinor)).toEqual([950, 950]);
    expect(bill).toMatchObject({ netMinor: 19_000, taxMinor: 1900, totalMinor: 20_900 });
  });

  it('T022: two taxes on one line: rates are added, the line is rounded once', () => {
    const together = { roundAt: 'line' as const, roundTogether: 'both' };
    const taxRules = [
      sampleTax('telecom', '10', { taxId: 'ten', ...together }),
      sampleTax('telecom', '20', { taxId: 'twenty', ...together }),
    ];
    const offerings = [sampleOffering('plan', [sampleCharge('a', 151), sampleCharge('b', 279)])];
    const bill = buildInvoice(sampleInput({ offerings, taxRules }));
    const byLine = (chargeId: string) =>
      bill?.taxes.flatMap(({ parts = [] }) => parts).filter((part) => part.chargeId === chargeId);
    const sums = ['1', '2'].map((id) => byLine(id)?.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
    expect(sums).toEqual([45, 84]);
    expect(bill).toMatchObject({ netMinor: 430, taxMinor: 129, totalMinor: 559 });
  });

  it('T026: credits of 0.001 are cut to what the currency can express', () => {
    const credits = 1034;
    const minor = microToMinor(credits * 1000, 'EUR', 'down');
    expect([minor, fractionOf(minor * 10, { numerator: 1, denominator: 1 }, 'down')]).toEqual([103, 1030]);
  });
});
