import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { creditorReferenceOf, printedReference, referenceKey, referredTo } from './creditor-reference';

describe('structured creditor references (ISO 11649)', () => {
  it.each([
    // The first two are printed in many banks' guides to the standard.
    ['539007547034', 'RF18539007547034'],
    ['2348231', 'RF712348231'],
    ['INV-000123', 'RF73INV000123'],
    ['acc_7k2m0000000000zz', 'RF22ACC7K2M0000000000ZZ'],
    ['123456789012345678901234', null],
    ['--', null],
  ])('%s: %s', (number, reference) => {
    expect(creditorReferenceOf(number)).toBe(reference);
  });

  it('is printed in groups of four', () => {
    expect(printedReference('RF18539007547034')).toBe('RF18 5390 0754 7034');
  });

  it('a wrong digit, or two that changed places, is no reference', () => {
    expect(referredTo('RF18 5390 0754 7034')).toBe('539007547034');
    expect(referredTo('rf18539007547034')).toBe('539007547034');
    expect(referredTo('RF18539007547035')).toBeNull();
    expect(referredTo('RF18539007547043')).toBeNull();
    expect(referredTo('RF19539007547034')).toBeNull();
    expect(referredTo('DE18539007547034')).toBeNull();
  });

  it('refers to what it was made of, whatever that is', () => {
    const number = fc.stringMatching(/^[A-Za-z0-9-]{1,18}$/).filter((text) => referenceKey(text) !== '');
    fc.assert(
      fc.property(number, (text) => referredTo(creditorReferenceOf(text) ?? '') === referenceKey(text)),
    );
  });
});
