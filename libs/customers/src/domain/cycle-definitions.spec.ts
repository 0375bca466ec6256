import { describe, expect, it } from '@jest/globals';
import type { Cycle } from '@tollkeeper/calendar';
import { checkCycle } from './cycle-definitions';

const monthly: Cycle = { frequency: 'monthly', anchorDay: 1, zone: 'Europe/Berlin' };
const known = new Map([['cyc_1', monthly]]);

describe('naming a cycle', () => {
  it.each([
    ['none', { cycleId: null }, 0],
    ['one that is known', { cycleId: 'cyc_1' }, 0],
    ['one that is known, described alike', { cycleId: 'cyc_1', cycle: { ...monthly, anchorMonth: 1 } }, 0],
    ['one that is known, described otherwise', { cycleId: 'cyc_1', cycle: { ...monthly, anchorDay: 15 } }, 1],
    ['a new one, described', { cycleId: 'cyc_2', cycle: monthly }, 0],
    ['a new one, not described', { cycleId: 'cyc_2' }, 1],
    ['none, but described', { cycleId: null, cycle: monthly }, 1],
  ])('%s', (_, choice, findings) => expect(checkCycle(choice, known)).toHaveLength(findings));
});
