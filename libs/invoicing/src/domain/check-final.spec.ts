import { expect, it } from '@jest/globals';
import type { TenantProfile } from '@tollkeeper/contracts';
import { type FinalCandidate, whyNotFinal } from './check-final';
import { byOf, steeredBy } from './steered-by';

const seller = { legalName: 'Operator Ltd', addressLines: ['1 Main St'] } as TenantProfile;
const good: FinalCandidate = {
  customerName: 'Ada',
  address: { lines: ['1'], city: 'B', region: '', postalCode: '1', country: 'DE' },
  netMinor: 100,
  taxMinor: 19,
  totalMinor: 119,
};

it.each<[string, Partial<FinalCandidate>, TenantProfile | null, RegExp | null]>([
  ['complete', {}, seller, null],
  ['no seller', {}, null, /seller is not known/],
  ['no legal name', {}, { ...seller, legalName: '' }, /legal name/],
  ['no customer', { customerName: '' }, seller, /customer has no name/],
  ['no address', { address: { ...good.address, lines: [] } }, seller, /postal address/],
  ['sums that disagree', { totalMinor: 120 }, seller, /do not add up/],
  ['the bill before it is a draft', { before: 'draft' }, seller, /not final yet/],
  ['the bill before it is another one', { before: 'changed' }, seller, /has changed since/],
  ['less than nothing', { netMinor: -100, taxMinor: -19, totalMinor: -119 }, seller, /credit note/],
])('%s', (_, more, from, expected) => {
  const why = whyNotFinal({ ...good, ...more }, from);
  if (expected === null) expect(why).toBeNull();
  else expect(why).toMatch(expected);
});

it('knows who steered', () => {
  const jane = { kind: 'staff' as const, subject: 'usr_1', name: 'Jane van Dyk' };
  expect(steeredBy(byOf(jane))).toEqual(jane);
});
