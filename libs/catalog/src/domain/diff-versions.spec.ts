import { describe, expect, it } from '@jest/globals';
import { diffVersions } from './diff-versions';

const fee = { chargeId: 'monthly', name: 'Monthly fee', amountMinor: 1000 };
const line = { chargeId: 'line', name: 'Line', amountMinor: 200 };
const minutes = { allowanceId: 'minutes', name: '100 minutes', units: 6000, zones: ['home', 'eu'] };
const tiers = (upTo: number) => ({ rows: [{ upTo, rate: '1' }, { upTo: null, rate: '2' }] }); // prettier-ignore

describe('what a person reviews before a version is published', () => {
  it.each([
    ['nothing', { a: 1, b: [1] }, { b: [1], a: 1 }, []],
    [
      'a price, whichever place it has in the list',
      { recurringCharges: [fee, line] },
      { recurringCharges: [line, { ...fee, amountMinor: 1200 }] },
      ['recurringCharges.monthly.amountMinor | recurringCharges, Monthly fee: amountMinor 1000 -> 1200'],
    ],
    [
      'a charge more and a charge less',
      { recurringCharges: [fee] },
      { recurringCharges: [line] },
      [
        `recurringCharges.line | recurringCharges: Line added: "Line" ${JSON.stringify(line)}`,
        `recurringCharges.monthly | recurringCharges: Monthly fee removed: "Monthly fee" ${JSON.stringify(fee)}`,
      ],
    ],
    [
      'a list of words as a whole',
      { allowances: [minutes] },
      { allowances: [{ ...minutes, zones: ['home'] }] },
      ['allowances.minutes.zones | allowances, 100 minutes: zones ["home","eu"] -> ["home"]'],
    ],
    ['a field that was not there', { name: 'Talk' }, { name: 'Talk', kind: 'addOn' }, ['kind | kind added: "addOn"']],
    ['rows without ids by their place', tiers(10), tiers(20), ['rows.0.upTo | rows, 0: upTo 10 -> 20']],
    [
      'null and a value',
      { paidInAdvance: null },
      { paidInAdvance: { days: 30 } },
      ['paidInAdvance | paidInAdvance null -> {"days":30}'],
    ],
  ])('%s', (_, before, after, texts) =>
    expect(diffVersions(before, after).map(({ field, text }) => `${field} | ${text}`)).toEqual(texts),
  ); // prettier-ignore
});
