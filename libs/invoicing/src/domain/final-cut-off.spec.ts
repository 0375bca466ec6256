import { describe, expect, it } from '@jest/globals';
import { cutOffsFrom } from './final-cut-off';

const cycle = { frequency: 'monthly' as const, anchorDay: 1, zone: 'America/New_York' };

describe('the cut-off that bills the last moment of a service', () => {
  it.each([
    ['in the middle of the month', '2026-01-20T12:00:00.000Z', '2026-02-01'],
    ['a minute before the cut-off', '2026-02-01T04:59:00.000Z', '2026-02-01'],
    ['at the cut-off', '2026-02-01T05:00:00.000Z', '2026-02-01'],
    ['a minute after it', '2026-02-01T05:01:00.000Z', '2026-03-01'],
  ])('%s', (_, endedAt, cutOffOn) => expect(cutOffsFrom(cycle, endedAt, 1)).toEqual([cutOffOn]));
});
