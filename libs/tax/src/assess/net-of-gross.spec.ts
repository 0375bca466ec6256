import { charge, percent, rule, taxInput } from '../sample-rules';
import type { TaxRule } from '../table/tax-rule';
import { assessTaxes } from './assess-taxes';
import { keepingGross, netOfGross } from './net-of-gross';

it.each([
  ['11.90 with 19 %', [1190], [1000], 190],
  ['0.10 three times: the net of 0.30 is 0.25', [10, 10, 10], [8, 9, 8], 5],
  ['a credit mirrors its charge', [-1190], [-1000], -190],
])('%s', (_, gross, net, tax) => {
  const charges = gross.map((amount, at) => charge(amount, { chargeId: `c${at}` }));
  const found = netOfGross([rule()], taxInput({ charges }));
  expect(found.charges.map(({ amountMinor }) => amountMinor)).toEqual(net);
  expect(found.insideMinor).toBe(tax);
});

it('charges of different rates are taken apart', () => {
  const rules = [rule(), percent('reduced', '7', { taxCodes: ['book'] })];
  const charges = [charge(1190, { chargeId: 'a' }), charge(1070, { chargeId: 'b', taxCode: 'book' })];
  expect(netOfGross(rules, taxInput({ charges })).charges.map(({ amountMinor }) => amountMinor)).toEqual([
    1000, 1000,
  ]);
});

it.each<[string, TaxRule]>([
  ['by the minute', rule({ amount: { kind: 'perMinute', amount: '0.01' } })],
  ['a fixed amount', rule({ amount: { kind: 'fixed', amount: '0.50', per: 'charge' } })],
  ['in steps', rule({ amount: { kind: 'tiered', tiers: [{ upToMinor: null, percent: '5' }] } })],
  ['with a cap', rule({ amount: { kind: 'percentage', percent: '5', capMinor: 100 } })],
])('%s: no tax that a price can include', (_, tax) => {
  expect(() => netOfGross([tax], taxInput({ charges: [charge(100)] }))).toThrow('cannot include it');
});

it('nor one on top of a fee that is charged beside the price', () => {
  const fee = percent('fee', '2', { levy: 'recoveryFee' });
  const gross = taxInput({ charges: [charge(100)] });
  expect(() => netOfGross([fee, rule({ onTopOf: ['fee'] })], gross)).toThrow('cannot include it');
  expect(netOfGross([rule({ onTopOf: ['fee'] })], gross).insideMinor).toBe(16);
});

it('three lines of a cent: one of them is all tax, and the three are still three cents', () => {
  const input = taxInput({ charges: ['a', 'b', 'c'].map((chargeId) => charge(1, { chargeId })) });
  const rules = [percent('vat', '25.5')];
  const { charges: net } = netOfGross(rules, input);
  expect(net.map(({ amountMinor }) => amountMinor)).toEqual([1, 1, 0]);
  const taxes = keepingGross(assessTaxes(rules, { ...input, charges: net }).taxes, input.charges, net);
  expect(taxes.map(({ amountMinor, parts }) => [amountMinor, parts.map((part) => part.amountMinor)])).toEqual(
    [[1, [0, 0, 1]]],
  );
});
