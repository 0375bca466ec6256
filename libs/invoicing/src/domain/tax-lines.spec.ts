import { describe, expect, it } from '@jest/globals';
import { taxesOf, type TaxRate, taxLines } from './tax-lines';

const rate = (more: Partial<TaxRate>): TaxRate => ({
  taxId: 'vat',
  name: 'VAT',
  jurisdiction: 'DE',
  taxCodes: ['telecom'],
  percent: '19',
  rounding: 'halfUp',
  validFrom: '2020-01-01',
  validTo: null,
  law: 'law',
  ...more,
});

const line = (amountMinor: number, taxCode = 'telecom', to = '2026-02-01') => ({ amountMinor, taxCode, to });
const berlin = { lines: ['1'], city: 'Berlin', region: 'BE', postalCode: '10115', country: 'DE' };
const california = { lines: ['1'], city: 'Fresno', region: 'CA', postalCode: '93701', country: 'US' };
const state = rate({ taxId: 'ca', jurisdiction: 'US-CA', percent: '8.875' });
const federal = rate({ taxId: 'us', jurisdiction: 'US', percent: '3', rounding: 'down' });

describe('taxes by table', () => {
  it.each<[string, Parameters<typeof taxLines>, string[]]>([
    ['19 % of 100.00', [[line(10000)], [rate({})], berlin], ['DE 19 10000 1900']],
    ['half a cent goes up', [[line(50)], [rate({ percent: '5' })], berlin], ['DE 5 50 3']],
    [
      'once on the sum: 3 x 0.10 is 0.06, not 3 x 0.02',
      [[line(10), line(10), line(10)], [rate({})], berlin],
      ['DE 19 30 6'],
    ],
    [
      'federal rounded down and state',
      [[line(999)], [state, federal], california],
      ['US 3 999 29', 'US-CA 8.875 999 89'],
    ],
    [
      'untaxed by law',
      [[line(500, 'internet')], [rate({ taxCodes: ['internet'], percent: '0' })], berlin],
      [],
    ],
    ['nothing charged, nothing asked', [[line(0, 'unknown')], [], berlin], []],
    [
      'last service day in the old year keeps the old rate',
      [
        [line(100, 'telecom', '2026-01-01'), line(100, 'telecom', '2026-02-01')],
        [rate({ validTo: '2026-01-01' }), rate({ percent: '21', validFrom: '2026-01-01' })],
        berlin,
      ],
      ['DE 19 100 19', 'DE 21 100 21'],
    ],
  ])('%s', (_, given, expected) => {
    const taxes = taxLines(...given).map(
      ({ jurisdiction, percent, baseMinor, amountMinor }) =>
        `${jurisdiction} ${percent} ${baseMinor} ${amountMinor}`,
    );
    expect(taxes).toEqual(expected);
  });

  it('refuses a charge that no row speaks of', () => {
    expect(() => taxLines([line(1, 'device')], [rate({})], berlin)).toThrow(
      'No tax rate for tax code "device" in DE or DE-BE on 2026-01-31',
    );
  });
});

describe('tax certificates', () => {
  const certificate = (jurisdiction: string, validToOn: string | null) => ({
    certificateId: 'txc_1',
    number: 'EX-1',
    jurisdiction,
    reason: 'school',
    validFromOn: '2026-01-01',
    validToOn,
  });
  it.each<[string, ReturnType<typeof certificate>[], string[], string[]]>([
    ['none', [], ['US 29', 'US-CA 89'], []],
    ['of the state: the federal tax stays', [certificate('US-CA', null)], ['US 29'], ['US-CA EX-1 999']],
    ['of the country: the state tax stays', [certificate('US', null)], ['US-CA 89'], ['US EX-1 999']],
    ['of another state', [certificate('US-NY', null)], ['US 29', 'US-CA 89'], []],
    [
      'ends on the day after the last service day',
      [certificate('US-CA', '2026-02-01')],
      ['US 29'],
      ['US-CA EX-1 999'],
    ],
    ['ended on the last service day', [certificate('US-CA', '2026-01-31')], ['US 29', 'US-CA 89'], []],
  ])('%s', (_, certificates, taxes, exemptions) => {
    const bill = taxesOf([line(999)], [state, federal], california, certificates);
    expect(bill.taxes.map(({ jurisdiction, amountMinor }) => `${jurisdiction} ${amountMinor}`)).toEqual(
      taxes,
    );
    expect(
      bill.exemptions.map(
        ({ jurisdiction, certificateNumber, baseMinor }) =>
          `${jurisdiction} ${certificateNumber} ${baseMinor}`,
      ),
    ).toEqual(exemptions);
  });
});
