import type { DunningPolicy } from '@tollkeeper/contracts';
import { Findings } from '../findings';
import { checkSteps } from './collections';

const policy: DunningPolicy = {
  policyId: 'p',
  version: 1,
  minimumMinor: 1,
  stepHour: 9,
  levels: [
    { levelId: 'd1', daysOverdue: 1, actions: [{ kind: 'sendMessage', template: 'finalNotice' }] },
    { levelId: 'd15', daysOverdue: 15, actions: [{ kind: 'restrict', state: 'barOutgoing' }] },
  ],
  forbidden: { weekdays: [6, 7] },
};
const noticed = [{ deliveredAt: '2026-06-01T07:00:00.000Z' }];

it.each([
  ['as it should be', '2026-06-01', '2026-06-15', 'DE', noticed, 0],
  ['a day too soon', '2026-06-02', '2026-06-15', 'US', noticed, 1],
  ['on a Saturday', '2026-06-01', '2026-06-20', 'US', noticed, 1],
  ['a bar before the level that it follows', '2026-06-16', '2026-06-15', 'US', noticed, 0],
  ['before the case', '2026-05-29', '2026-06-15', 'US', noticed, 1],
  ['without a notice', '2026-06-01', '2026-06-15', 'DE', [{ deliveredAt: null }], 1],
  ['without a notice where none is asked for', '2026-06-01', '2026-06-15', 'US', [], 0],
])('%s', (_, first, bar, country, notices, breaches) => {
  const findings = new Findings();
  const row = {
    ...{
      _id: 'col_1',
      accountId: 'acc_1',
      policyId: 'p',
      policyVersion: 1,
      openedOn: '2026-06-01',
      minimumMinor: 1,
    },
    steps: [
      { levelId: 'd1', what: 'sendMessage: finalNotice', at: `${first}T07:00:00.000Z` },
      { levelId: 'd15', what: 'restrict: barOutgoing', at: `${bar}T07:00:00.000Z` },
    ],
    notices,
  };
  checkSteps(row, policy, { _id: 'acc_1', zone: 'UTC', country }, findings);
  expect(findings.breaches).toBe(breaches);
});
