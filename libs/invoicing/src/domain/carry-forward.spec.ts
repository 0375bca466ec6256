import { expect, it } from '@jest/globals';
import { type BillLimits, type CarryInput, noLimits, whyCarried } from './carry-forward';
import { sampleAccount, sampleSubscription } from './sample-billing';

const limits: BillLimits = {
  minimumBills: [{ currency: 'EUR', amountMinor: 500 }],
  carryAtMost: 2,
  zeroBills: 'carry',
};
const input = (more: Partial<CarryInput> = {}): CarryInput => ({
  limits,
  cycle: { frequency: 'monthly', anchorDay: 1, zone: 'UTC' },
  startsOn: '2026-01-01',
  cutOffOn: '2026-04-01',
  account: sampleAccount(sampleSubscription('1', 'plan')),
  lastBilledTo: '2026-03-01',
  ...more,
});
const ended = sampleAccount(sampleSubscription('1', 'plan', { activeTo: '2026-03-20T00:00:00.000Z' }));

it.each<[string, number, Partial<CarryInput>, boolean]>([
  ['below the minimum', 499, {}, true],
  ['at the minimum', 500, {}, false],
  ['carried once before', 499, { lastBilledTo: '2026-02-01' }, true],
  ['carried twice before: issued', 499, { lastBilledTo: '2026-01-01' }, false],
  [
    'never billed, served since January: carried in February and March already',
    499,
    { lastBilledTo: null },
    false,
  ],
  ['nothing to pay, however long', 0, { lastBilledTo: '2026-01-01' }, true],
  ['nothing to pay where such bills are issued', 0, { limits: { ...limits, zeroBills: 'issue' } }, false],
  ['gives money back', -499, {}, false],
  ['the last bill of an account', 499, { account: ended }, false],
  ['no limits', 1, { limits: noLimits }, false],
])('%s', (_, totalMinor, more, carried) => {
  expect(whyCarried({ totalMinor, currency: 'EUR' }, input(more)) !== null).toBe(carried);
});

it('a minimum is of its own currency', () => {
  expect(whyCarried({ totalMinor: 1, currency: 'USD' }, input())).toBeNull();
});
