import { expect, it } from '@jest/globals';
import { kindly, treatmentOf } from './behaviour';

const at = new Date('2026-07-01T00:00:00Z');
const refuse = { code: 'sim_unknown', detail: 'no such SIM' };

it.each([
  ['at once', {}, { kind: 'taken', dueAt: at }],
  [
    'three hours late',
    { acknowledge: 'late', afterHours: 3 },
    { kind: 'taken', dueAt: new Date('2026-07-01T03:00:00Z') },
  ],
  ['never by itself', { acknowledge: 'silent' }, { kind: 'taken', dueAt: null }],
  ['with a refusal', { refuse }, { kind: 'refused', ...refuse }],
  ['kindly, for it was to refuse another SIM', { refuse, iccids: ['2'] }, { kind: 'taken', dueAt: at }],
] as const)('an order is answered %s', (_how, change, treatment) => {
  expect(
    treatmentOf({ ...kindly, ...change, iccids: [...('iccids' in change ? change.iccids : [])] }, '1', at),
  ).toEqual(treatment);
});
