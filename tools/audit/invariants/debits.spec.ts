import { expect, it } from '@jest/globals';
import { type DebitAttempt, debitFaults, noticeFault, representmentFault } from './debits';

const attempt = (change: Partial<DebitAttempt> = {}): DebitAttempt => ({
  ...{
    _id: 'att_1',
    accountId: 'acc_1',
    invoiceId: 'inv_1',
    methodId: 'pm_1',
    fingerprint: 'fp_1',
    initiator: 'merchant',
  },
  ...{ state: 'succeeded', createdAt: '2026-02-13T11:00:00.000Z' },
  debit: { scheme: 'ach', collectOn: '2026-02-17' },
  ...change,
});
const mandate = { preNoticeDays: 14, cancelledOn: null, signedOn: '2026-01-02' };
const sepa = { debit: { scheme: 'sepa' as const, collectOn: '2026-02-16' } };

it.each<[string, Partial<DebitAttempt>, string | null, RegExp | null]>([
  ['in order', {}, null, null],
  ['on a Sunday', { debit: { scheme: 'ach', collectOn: '2026-02-15' } }, null, /banks are closed/],
  ['on the day itself', { createdAt: '2026-02-17T11:00:00.000Z' }, null, /handed in on 2026-02-17/],
  ['by a mandate that had ended', {}, '2026-02-10', /ended on 2026-02-10/],
])('a debit %s', (_case, change, cancelledOn, fault) => {
  const method = { _id: 'pm_1', mandate: { ...mandate, cancelledOn } };
  const found = debitFaults(attempt(change), method).join();
  if (fault) expect(found).toMatch(fault);
  else expect(found).toBe('');
});

const back = (no: number, code: string): DebitAttempt =>
  attempt({ _id: `att_0${no}`, createdAt: `2026-02-0${no}T11:00:00.000Z`, returned: { code } });

it.each<[string, DebitAttempt[], string | null]>([
  ['the first', [], null],
  ['after R01', [back(1, 'R01')], null],
  ['the second time', [back(1, 'R01'), back(2, 'R09')], null],
  ['the third time', [back(1, 'R01'), back(2, 'R01'), back(3, 'R01')], 'was sent again 3 times'],
  ['after R03', [back(1, 'R03')], 'was sent again after R03'],
])('ACH, %s', (_case, before, fault) => {
  expect(representmentFault(attempt(), before)).toBe(fault);
});

it.each<[string, string | null, RegExp | null]>([
  ['in time', '2026-02-02', null],
  ['a day late', '2026-02-03', /announced on 2026-02-03 only/],
  ['never', null, /never announced/],
])('SEPA, announced %s', (_case, on, fault) => {
  const told = new Map(on ? [['inv_1/pm_1', [on]]] : []);
  const found = noticeFault(attempt(sepa), { _id: 'pm_1', mandate }, told);
  if (fault) expect(found).toMatch(fault);
  else expect(found).toBeNull();
});
