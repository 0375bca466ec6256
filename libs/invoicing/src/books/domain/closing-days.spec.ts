import { describe, expect, it } from '@jest/globals';
import { type ClosingRhythm, nextClose } from './closing-days';

const newYork = 'America/New_York';

/** rhythm, first posting, closed through, wanted, now -> close through, look again at */
const table: [ClosingRhythm, string | null, string | null, string | null, string, string | null, string][] = [
  ['monthly', null, null, null, '2026-01-01T06:00:00.000Z', null, '2026-02-01T09:00:00.000Z'],
  ['monthly', '2026-01-30', null, null, '2026-01-31T06:00:00.000Z', null, '2026-02-01T09:00:00.000Z'],
  ['monthly', '2026-01-30', null, null, '2026-02-01T08:59:59.999Z', null, '2026-02-01T09:00:00.000Z'],
  ['monthly', '2026-01-30', null, null, '2026-02-01T09:00:00.000Z', '2026-01-31', '2026-03-01T09:00:00.000Z'],
  ['monthly', null, '2026-01-31', null, '2026-02-01T09:00:00.000Z', null, '2026-03-01T09:00:00.000Z'],
  // Summer time begins on March 8: the morning of April 1 comes an hour earlier in UTC.
  ['monthly', null, '2026-02-28', null, '2026-03-05T12:00:00.000Z', null, '2026-04-01T08:00:00.000Z'],
  // Two months missed in an outage are closed in one go.
  ['monthly', null, '2026-01-31', null, '2026-04-05T12:00:00.000Z', '2026-03-31', '2026-05-01T08:00:00.000Z'],
  [
    'monthly',
    null,
    '2026-01-31',
    '2026-02-10',
    '2026-02-11T12:00:00.000Z',
    '2026-02-10',
    '2026-03-01T09:00:00.000Z',
  ],
  ['monthly', null, '2026-02-10', '2026-02-10', '2026-02-11T12:00:00.000Z', null, '2026-03-01T09:00:00.000Z'],
  ['daily', '2026-02-01', null, null, '2026-02-03T09:00:00.000Z', '2026-02-02', '2026-02-04T09:00:00.000Z'],
  ['daily', null, '2026-02-02', null, '2026-02-03T09:00:00.000Z', null, '2026-02-04T09:00:00.000Z'],
  ['daily', null, '2026-01-31', null, '2026-02-03T08:00:00.000Z', '2026-02-01', '2026-02-03T09:00:00.000Z'],
];

describe('which days are closed', () => {
  it.each(table)(
    '%s, first %s, closed %s, wanted %s, at %s',
    (rhythm, firstOn, postedThrough, wantedThrough, at, through, wakeAt) => {
      expect(nextClose({ rhythm, zone: newYork, firstOn, postedThrough, wantedThrough }, at)).toEqual({
        through,
        wakeAt,
      });
    },
  );
});
