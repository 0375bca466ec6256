import { addDuration, type Instant } from '@tollkeeper/calendar';
import type { RetryRules } from '@tollkeeper/contracts';
import { nextRetry, type RetryRound } from './retry-plan';

const decline = (
  at: Instant,
  declineCode = 'insufficient_funds',
  more: Partial<RetryRound> = {},
): RetryRound => ({
  at,
  ofCase: true,
  state: 'declined',
  declineCode,
  category: 'soft',
  ...more,
});
const state = { openedAt: '2025-01-07T10:00:00.000Z', stepHour: 10, zone: 'UTC' };

describe('D001, D007: a campaign of two attempts, more than two days apart', () => {
  const campaign: RetryRules = { maxAttempts: 2, start: 'opening', daysBetween: 2 };
  const first = decline('2025-01-07T10:00:00.000Z');

  it('the first comes when the threshold is reached', () =>
    expect(nextRetry(campaign, { ...state, rounds: [] })?.at).toBe('2025-01-07T10:00:00.000Z'));
  it('on January 9 exactly two days have passed: not yet', () =>
    expect(nextRetry(campaign, { ...state, rounds: [first] })?.at).toBe('2025-01-10T10:00:00.000Z'));
  it('then no more', () =>
    expect(
      nextRetry(campaign, { ...state, rounds: [first, decline('2025-01-10T10:00:00.000Z')] }),
    ).toBeNull());
  it('D007: five of five', () =>
    expect(
      nextRetry({ ...campaign, maxAttempts: 5 }, { ...state, rounds: Array<RetryRound>(5).fill(first) }),
    ).toBeNull());
});

describe('D020: waits by decline code', () => {
  const waitHours = { insufficient_funds: [48, 120, 240], generic_decline: [24, 72, 168] };
  const rules: RetryRules = { maxAttempts: 8, start: 'decline', waitHours };
  const due = decline('2026-02-15T11:00:00.000Z', 'insufficient_funds', { ofCase: false });

  it.each([
    ['insufficient_funds', [48, 120, 240, null]],
    ['generic_decline', [24, 72, 168, null]],
    ['do_not_honor', [null]],
  ])('%s waits %p hours', (code, waits) => {
    const rounds: RetryRound[] = [{ ...due, declineCode: code }];
    for (const hours of waits) {
      const last = rounds.at(-1)?.at ?? '';
      const found = nextRetry(rules, { ...state, rounds });
      expect(found?.at ?? null).toBe(hours === null ? null : addDuration(last, { hours }));
      if (found) rounds.push(decline(found.at, code));
    }
  });

  it('counted from the first decline instead', () => {
    const rounds = [due, decline('2026-02-17T11:00:00.000Z')];
    const found = nextRetry({ ...rules, countedFrom: 'firstDecline' }, { ...state, rounds });
    expect(found?.at).toBe('2026-02-20T11:00:00.000Z');
  });

  it('other codes, if the policy says so', () =>
    expect(
      nextRetry(
        { ...rules, waitHours: { other: [6] } },
        { ...state, rounds: [decline('2026-02-15T11:00:00.000Z', 'x')] },
      )?.at,
    ).toBe('2026-02-15T17:00:00.000Z'));

  it.each(['hard', 'fraud'])('never after a %s decline', (category) =>
    expect(nextRetry(rules, { ...state, rounds: [{ ...due, category }] })).toBeNull(),
  );
  it('not while the last is not decided', () =>
    expect(nextRetry(rules, { ...state, rounds: [{ ...due, state: 'unknown' }] })).toBeNull());
});

describe('what the card’s issuer asks for goes before the plan', () => {
  const rules: RetryRules = { maxAttempts: 4, start: 'decline', waitHours: { other: [24, 24] } };
  const at = '2026-02-15T11:00:00.000Z';
  const after = (hours: number, more: Partial<RetryRules> = {}) =>
    nextRetry(
      { ...rules, ...more },
      { ...state, rounds: [decline(at, 'insufficient_funds', { notBefore: addDuration(at, { hours }) })] },
    );

  it('DN71: advice 24, an hour: the plan waits longer anyway', () =>
    expect(after(1)?.at).toBe('2026-02-16T11:00:00.000Z'));
  it('DN72: advice 27, four days', () =>
    expect(after(96)).toEqual({
      at: '2026-02-19T11:00:00.000Z',
      why: '24 h after insufficient_funds, as the card’s issuer asks to wait',
    }));
  it('DN73: advice 30, ten days, and a window of a week: none', () =>
    expect(after(240, { withinDays: 7 })).toBeNull());
});

describe('D018: eight attempts within two weeks', () => {
  const rules: RetryRules = {
    maxAttempts: 8,
    start: 'decline',
    waitHours: { other: [24, 24, 48, 48, 48, 48, 72, 72] },
    withinDays: 14,
  };
  it('none after the window', () => {
    const rounds = [decline('2026-02-01T10:00:00.000Z', 'x', { ofCase: false })];
    for (
      let found = nextRetry(rules, { ...state, rounds });
      found;
      found = nextRetry(rules, { ...state, rounds })
    )
      rounds.push(decline(found.at, 'x'));
    expect(rounds.slice(1).map(({ at }) => at.slice(5, 10))).toEqual([
      '02-02',
      '02-03',
      '02-05',
      '02-07',
      '02-09',
      '02-11',
      '02-14',
    ]);
  });
});

/** Lago: three or four days since the last attempt with four between them. Kill Bill: every eight days. */
describe('days between attempts', () => {
  const four: RetryRules = { maxAttempts: 5, start: 'opening', daysBetween: 4 };
  const due = (lastAt: string, rules = four) => nextRetry(rules, { ...state, rounds: [decline(lastAt)] })?.at;

  it.each([
    ['DN105: three days ago: not yet', '2025-01-07T10:00:00.000Z', '2025-01-12T10:00:00.000Z'],
    ['DN106: four days and a second ago', '2025-01-07T09:59:59.000Z', '2025-01-11T10:00:00.000Z'],
    ['DN107: in the afternoon', '2025-01-07T15:30:00.000Z', '2025-01-12T10:00:00.000Z'],
  ])('%s', (_, lastAt, expected) => expect(due(lastAt)).toBe(expected));

  it('DN108: eight days, eight times, from the failed payment of 2012-05-31', () => {
    const rules: RetryRules = {
      maxAttempts: 8,
      start: 'decline',
      waitHours: { other: Array<number>(8).fill(192) },
    };
    const rounds = [decline('2012-05-31T10:00:00.000Z', 'x', { ofCase: false })];
    const on: string[] = [];
    for (let no = 0; no < 8; no += 1) {
      const at = nextRetry(rules, { ...state, rounds })?.at ?? '';
      on.push(at.slice(5, 10));
      rounds.push(decline(at, 'x'));
    }
    expect(on).toEqual(['06-08', '06-16', '06-24', '07-02', '07-10', '07-18', '07-26', '08-03']);
    expect(nextRetry(rules, { ...state, rounds })).toBeNull();
  });

  it('DN109: by the return code of a debit', () => {
    const waitHours = { AM04: [120], R01: [72], other: [24] };
    const rules: RetryRules = { maxAttempts: 3, start: 'decline', waitHours };
    const after = (code: string) =>
      nextRetry(rules, { ...state, rounds: [decline('2026-03-02T10:00:00.000Z', code)] })?.at.slice(0, 10);
    expect([after('AM04'), after('R01'), after('MS03')]).toEqual(['2026-03-07', '2026-03-05', '2026-03-03']);
  });

  it.each([
    ['DN110: a week', 7, 1],
    ['two weeks', 14, 2],
    ['three', 21, 3],
    ['a month', 30, 4],
    ['two months', 60, 8],
  ])('%s, a try a week: %i days hold %i', (_, withinDays, tries) => {
    const rules: RetryRules = {
      maxAttempts: 50,
      start: 'decline',
      withinDays,
      waitHours: { other: Array<number>(50).fill(168) },
    };
    const rounds = [decline('2026-01-05T10:00:00.000Z', 'x', { ofCase: false })];
    for (
      let found = nextRetry(rules, { ...state, rounds });
      found;
      found = nextRetry(rules, { ...state, rounds })
    )
      rounds.push(decline(found.at, 'x'));
    expect(rounds.length - 1).toBe(tries);
  });
});
