import { expect, it } from '@jest/globals';
import type { AuditReport, InvariantReport } from './audit';
import { reportJson, reportLines } from './report-text';

const holds: InvariantReport = {
  name: 'usage',
  statement: 'every line is counted',
  tenantId: 'tnt_1',
  checked: 20_000,
  verdict: 'holds',
  breaches: 0,
  offenders: [],
  pending: 0,
  waiting: [],
  counts: { rated: 19_900, rejected: 100 },
  tookMs: 5,
};
const broken: InvariantReport = {
  ...holds,
  name: 'ledger',
  statement: 'postings balance',
  verdict: 'breached',
  breaches: 3,
  offenders: [{ id: 'pst_1', what: 'does not balance: 1 USD' }],
  pending: 1,
  waiting: [{ id: 'pay_1', what: 'is not applied yet' }],
  counts: {},
};
const report: AuditReport = {
  tenants: ['tnt_1'],
  holds: false,
  breaches: 3,
  pending: 1,
  invariants: [holds, broken],
};

it('tells people what holds, what broke it first, and what is on its way', () => {
  expect(reportLines(report)).toEqual([
    'invariant     checked  verdict',
    'usage          20,000  holds: 19,900 rated, 100 rejected',
    'ledger         20,000  BREACHED',
    '    postings balance',
    '      pst_1: does not balance: 1 USD',
    '      and 2 more breaches',
    '    on its way:',
    '      pay_1: is not applied yet',
    '',
    'tnt_1: 3 breaches, 1 on their way',
  ]);
});

it('tells machines in one line', () => {
  const line = reportJson(report);
  expect(line.startsWith('AUDIT {')).toBe(true);
  expect(JSON.parse(line.slice('AUDIT '.length))).toMatchObject({ holds: false, tenants: 1, breaches: 3 });
});
