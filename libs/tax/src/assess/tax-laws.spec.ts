import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { charge, percent, rule, taxInput } from '../sample-rules';
import { assessTaxes } from './assess-taxes';
import { keepingGross, netOfGross } from './net-of-gross';

/** Half away from zero, by whole numbers alone. */
const rounded = (minor: number, hundredths: number): number => {
  const exact = BigInt(Math.abs(minor)) * BigInt(hundredths);
  return Math.sign(minor) * Number((exact * 2n + 10_000n) / 20_000n) + 0;
};
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const someCharges = fc.array(
  fc.record({ amountMinor: fc.integer({ min: -90_000, max: 90_000 }), low: fc.boolean() }),
  { minLength: 1, maxLength: 12 },
);
const someCents = fc.array(fc.record({ amountMinor: fc.integer({ min: 0, max: 3 }) }), {
  minLength: 1,
  maxLength: 12,
});
const hundredthsOfPercent = fc.integer({ min: 1, max: 3_000 });
const percentOf = (hundredths: number): string =>
  `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;

it.each(['bill', 'line'] as const)(
  'taxes by line and by category agree with their rule: once for each %s',
  (roundAt) => {
    fc.assert(
      fc.property(someCharges, hundredthsOfPercent, hundredthsOfPercent, (drawn, usual, low) => {
        const charges = drawn.map(({ amountMinor, low: isLow }, at) =>
          charge(amountMinor, { chargeId: `${at}`, taxCode: isLow ? 'low' : 'telecom' }),
        );
        const rates = { telecom: usual, low };
        const rules = Object.entries(rates).map(([taxCode, hundredths]) =>
          rule({
            ...{ taxId: taxCode, taxCodes: [taxCode], roundAt },
            amount: { kind: 'percentage', percent: percentOf(hundredths) },
          }),
        );
        const { taxes } = assessTaxes(rules, taxInput({ charges }));
        for (const { taxId, baseMinor, amountMinor, parts } of taxes) {
          const hundredths = rates[taxId as keyof typeof rates];
          const own = charges.filter(({ taxCode }) => taxCode === taxId).map((each) => each.amountMinor);
          expect(baseMinor).toBe(sum(own));
          expect(sum(parts.map((part) => part.amountMinor))).toBe(amountMinor);
          expect(amountMinor).toBe(
            roundAt === 'bill'
              ? rounded(sum(own), hundredths)
              : sum(own.map((minor) => rounded(minor, hundredths))),
          );
        }
        expect(sum(taxes.map(({ baseMinor }) => baseMinor))).toBe(sum(drawn.map((each) => each.amountMinor)));
      }),
    );
  },
);

const rates = fc.array(hundredthsOfPercent, { minLength: 1, maxLength: 4 });

it('a price with its taxes inside is its net and its taxes, whatever lies on what', () => {
  fc.assert(
    fc.property(rates, fc.boolean(), fc.oneof(someCharges, someCents), (drawn, isCompound, amounts) => {
      const rules = drawn.map((hundredths, at) =>
        percent(`t${at}`, percentOf(hundredths), {
          onTopOf: isCompound ? drawn.slice(0, at).map((_, below) => `t${below}`) : [],
        }),
      );
      const gross = amounts.map(({ amountMinor }, at) => charge(amountMinor, { chargeId: `${at}` }));
      const input = taxInput({ charges: gross });
      const { charges: net, insideMinor } = netOfGross(rules, input);
      const taxes = keepingGross(assessTaxes(rules, { ...input, charges: net }).taxes, gross, net);
      expect(sum(taxes.map(({ amountMinor }) => amountMinor))).toBe(insideMinor);
      gross.forEach(({ chargeId, amountMinor }, at) => {
        const own = taxes.flatMap(({ parts }) => parts).filter((part) => part.chargeId === chargeId);
        expect((net[at]?.amountMinor ?? 0) + sum(own.map((part) => part.amountMinor))).toBe(amountMinor);
      });
    }),
  );
});

it('charges and the same charges given back bear no tax, by any rounding, step or cap', () => {
  const rounding = fc.constantFrom(
    'halfUp' as const,
    'halfEven' as const,
    'halfDown' as const,
    'up' as const,
    'down' as const,
  );
  fc.assert(
    fc.property(
      someCharges,
      hundredthsOfPercent,
      rounding,
      fc.constantFrom('line' as const, 'bill' as const),
      fc.constantFrom(undefined, '0.001', '0.05', '1'),
      (drawn, hundredths, mode, roundAt, roundStep) => {
        const tax = percent('vat', percentOf(hundredths), {
          roundAt,
          rounding: mode,
          ...(roundStep ? { roundStep } : {}),
        });
        const of = (sign: number) =>
          assessTaxes(
            [tax],
            taxInput({
              charges: drawn.map(({ amountMinor }, at) => charge(sign * amountMinor, { chargeId: `${at}` })),
            }),
          ).taxes[0];
        const [there, back] = [of(1), of(-1)];
        expect((there?.amountMinor ?? 0) + (back?.amountMinor ?? 0)).toBe(0);
        there?.parts.forEach((part, at) =>
          expect(part.amountMinor + (back?.parts[at]?.amountMinor ?? 0)).toBe(0),
        );
        expect(sum((there?.parts ?? []).map((part) => part.amountMinor))).toBe(there?.amountMinor ?? 0);
      },
    ),
  );
});

it('a fee by lines never falls with one more line, and never passes its cap', () => {
  const tiers = fc
    .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 })
    .chain((ends) =>
      fc.tuple(
        fc.constant(ends.sort((left, right) => left - right)),
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: ends.length, maxLength: ends.length }),
      ),
    );
  fc.assert(
    fc.property(tiers, fc.integer({ min: 1, max: 500 }), ([ends, shares], cents) => {
      const lineTiers = [
        ...ends.map((upToLines, at) => ({ upToLines, percent: `${shares[at] ?? 0}` })),
        { upToLines: null, percent: '0' },
      ];
      const fee = rule({
        trigger: 'lineMonth',
        amount: { kind: 'perLine', amount: percentOf(cents), lineTiers },
      });
      const of = (count: number) => {
        const lines = Array.from({ length: count }, (_, at) => ({
          lineId: `${at}`,
          month: '2026-03',
          taxCodes: ['telecom'],
        }));
        return assessTaxes([fee], taxInput({ lines })).taxes[0]?.amountMinor ?? 0;
      };
      const most = ends.at(-1) ?? 0;
      const amounts = [1, 2, ...ends, most + 1, most + 30].sort((left, right) => left - right).map(of);
      amounts.slice(1).forEach((amount, at) => expect(amount).toBeGreaterThanOrEqual(amounts[at] ?? 0));
      expect(of(most + 30)).toBe(of(most));
    }),
    { numRuns: 50 },
  );
});

it('rates that are rounded together come to the rate of their sum', () => {
  fc.assert(
    fc.property(
      rates,
      someCharges,
      fc.constantFrom('line' as const, 'bill' as const),
      (drawn, amounts, roundAt) => {
        const rules = drawn.map((hundredths, at) =>
          percent(`t${at}`, percentOf(hundredths), { roundAt, roundTogether: 'all' }),
        );
        const charges = amounts.map(({ amountMinor }, at) => charge(amountMinor, { chargeId: `${at}` }));
        const { taxes } = assessTaxes(rules, taxInput({ charges }));
        const own = amounts.map(({ amountMinor }) => amountMinor);
        const whole = sum(drawn);
        expect(sum(taxes.map(({ amountMinor }) => amountMinor))).toBe(
          roundAt === 'bill' ? rounded(sum(own), whole) : sum(own.map((minor) => rounded(minor, whole))),
        );
        for (const { amountMinor, parts } of taxes)
          expect(sum(parts.map((part) => part.amountMinor))).toBe(amountMinor);
      },
    ),
  );
});
