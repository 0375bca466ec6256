import { describe, expect, it } from '@jest/globals';
import {
  lastWithdrawalDay,
  usualWithdrawalDays,
  whyNoWithdrawal,
  withdrawalFindings,
  type WithdrawnFrom,
} from './withdrawal';

const inGermany: WithdrawnFrom = {
  ...{ customerKind: 'person', country: 'DE' },
  ...{ servedFrom: '2026-02-02', withdrawnOn: '2026-02-16' },
};

describe('the right of withdrawal', () => {
  it.each<[string, Partial<WithdrawnFrom>, RegExp | null]>([
    ['on the fourteenth day', {}, null],
    ['on the fifteenth', { withdrawnOn: '2026-02-17' }, /ended on 2026-02-16/],
    ['on the first day', { withdrawnOn: '2026-02-02' }, null],
    ['by a business', { customerKind: 'organisation' }, /only consumers/],
    ['in the United Kingdom', { country: 'GB' }, null],
    ['in Norway', { country: 'NO' }, null],
    ['in the United States', { country: 'US' }, /no right of withdrawal is known for US/],
    ['in a country with a policy of its own', { country: 'CH', withdrawnOn: '2026-02-09' }, null],
    ['later than that', { country: 'CH', withdrawnOn: '2026-02-10' }, /ended on 2026-02-09/],
  ])('%s', (_, change, expected) => {
    const why = whyNoWithdrawal({ ...inGermany, ...change }, { ...usualWithdrawalDays, CH: 7 });
    if (expected === null) expect(why).toBeNull();
    else expect(why).toMatch(expected);
  });

  it.each([
    ['a Monday', '2026-02-02', '2026-02-16'],
    ['a Saturday: the Monday after it', '2026-02-07', '2026-02-23'],
    ['a Sunday: the Monday after it', '2026-02-08', '2026-02-23'],
    ['a Friday', '2026-02-06', '2026-02-20'],
  ] as const)('fourteen days that end on %s', (_, from, last) => {
    expect(lastWithdrawalDay(from, 14)).toBe(last);
  });

  it('is never shorter than the law, and a country is named once', () => {
    expect(
      withdrawalFindings([
        { country: 'DE', days: 13 },
        { country: 'US', days: 3 },
        { country: 'GB', days: 30 },
        { country: 'US', days: 5 },
      ]),
    ).toEqual([
      { field: 'countries.0.days', reason: 'the law of DE gives 14 days' },
      { field: 'countries.3.country', reason: 'US is named twice' },
    ]);
  });
});
