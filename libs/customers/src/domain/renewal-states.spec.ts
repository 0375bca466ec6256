import { describe, expect, it } from '@jest/globals';
import { renewalAfter, type RenewalEvent, type RenewalState } from './renewal-states';

const table: [RenewalState, RenewalEvent, RenewalState | null][] = [
  ['active', 'paid', 'active'],
  ['active', 'refused', 'grace'],
  ['active', 'notRenewed', 'lapsed'],
  ['active', 'graceEnded', null],
  ['active', 'keptLongEnough', null],
  ['grace', 'paid', 'active'],
  ['grace', 'refused', null],
  ['grace', 'graceEnded', 'lapsed'],
  ['grace', 'notRenewed', null],
  ['grace', 'keptLongEnough', null],
  ['lapsed', 'paid', 'active'],
  ['lapsed', 'refused', null],
  ['lapsed', 'graceEnded', null],
  ['lapsed', 'notRenewed', null],
  ['lapsed', 'keptLongEnough', 'expired'],
  ['expired', 'paid', null],
  ['expired', 'refused', null],
  ['expired', 'graceEnded', null],
  ['expired', 'notRenewed', null],
  ['expired', 'keptLongEnough', null],
];

describe('the states of a renewal', () => {
  it.each(table)('%s, %s: %s', (state, event, after) => expect(renewalAfter(state, event)).toBe(after));
});
