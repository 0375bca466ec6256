import { expect, it } from '@jest/globals';
import { type HeldAssignment, identifierFaults } from './identifier-faults';

const at = (hour: number) => `2026-01-10T${String(hour).padStart(2, '0')}:00:00.000Z`;
const held = (id: string, from: number, to: number | null): HeldAssignment => ({
  _id: id,
  subscriptionId: `sub_${id}`,
  accountId: `acc_${id}`,
  from: at(from),
  to: to === null ? null : at(to),
});
const said = ({ _id, ...rest }: HeldAssignment) => ({ state: 'assigned', assignmentId: _id, ...rest });
const [a, b] = [held('a', 8, 12), held('b', 14, null)];
const ageing = { state: 'ageing', from: at(12), to: at(14) };

it.each([
  ['two owners in turn', [said(a), ageing, said(b)], [a, b], null],
  ['nobody yet', [], [], '0001-01-01T00:00:00.000Z'],
])('agrees on %s', (_, spans, assignments, freeFrom) => {
  expect(identifierFaults({ spans, freeFrom }, assignments)).toEqual([]);
});

it.each([
  [
    'two owners at once',
    [said(a), said(held('b', 10, null))],
    [a, held('b', 10, null)],
    null,
    /two owners at/,
  ],
  ['no time', [said(held('a', 8, 8))], [held('a', 8, 8)], at(8), /is no time/],
  ['a state beside an owner', [said(a), { ...ageing, from: at(10) }], [a], at(14), /two states at/],
  ['an owner that the inventory does not know', [said(a)], [a, b], at(12), /does not say b/],
  ['an owner of the inventory alone', [said(a), said(b)], [a], null, /no assignment says b/],
  ['another end', [said(a)], [held('a', 8, 13)], at(12), /from .*08:00.* to .*13:00/],
  ['a wrong date of freedom', [said(a)], [a], null, /is free from null/],
])('finds %s', (_, spans, assignments, freeFrom, fault) => {
  expect(identifierFaults({ spans, freeFrom }, assignments).join()).toMatch(fault);
});
