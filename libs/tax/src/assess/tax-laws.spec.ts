import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { charge, rule, taxInput } from '../sample-rules';
import { assessTaxes } from './assess-taxes';

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
