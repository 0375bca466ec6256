import { addDays, compareDates, daysBetween, localDateOf } from '@tollkeeper/calendar';
import type { DunningLevel, DunningPolicy, ForbiddenDays } from '@tollkeeper/contracts';
import fc from 'fast-check';
import { allowedDay } from './forbidden-days';
import { stepsAhead } from './ladder-steps';

const level = (levelId: string, daysOverdue: number): DunningLevel => ({
  levelId,
  daysOverdue,
  actions: [{ kind: 'sendMessage', template: 'reminder1' }],
});
const policyOf = (levels: DunningLevel[], forbidden?: ForbiddenDays): DunningPolicy => ({
  policyId: 'p',
  version: 1,
  minimumMinor: 1,
  stepHour: 9,
  levels,
  ...(forbidden ? { forbidden } : {}),
});
const start = {
  zone: 'UTC',
  country: 'DE',
  taken: new Map<string, string>(),
  at: '2012-01-01T00:00:00.000Z',
};
const daysOf = (policy: DunningPolicy, oldestDueOn: string, more: object = {}) =>
  stepsAhead(policy, { ...start, oldestDueOn, openedOn: addDays(oldestDueOn, 1), ...more }).map(({ at }) =>
    at.slice(0, 10),
  );

describe('the days of a ladder', () => {
  const warning = [level('WARNING', 5), level('BLOCKED', 7), level('CANCELLATION', 11)];

  it('D016: five, seven and eleven days after 2012-05-31', () =>
    expect(daysOf(policyOf(warning), '2012-05-31')).toEqual(['2012-06-05', '2012-06-07', '2012-06-11']));

  it('a first step on a Saturday moves to Monday, and those behind it keep their distance', () =>
    expect(daysOf(policyOf(warning, { weekdays: [6, 7] }), '2026-06-01')).toEqual([
      '2026-06-08', // Saturday 6
      '2026-06-10', // not the 8th
      '2026-06-15', // Sunday 14 by distance
    ]));

  it('Christmas', () =>
    expect(daysOf(policyOf(warning, { holidays: true }), '2026-12-20')).toEqual([
      '2026-12-27',
      '2026-12-29',
      '2027-01-02',
    ]));

  it('a case that opens late starts at its first level', () =>
    expect(daysOf(policyOf(warning), '2026-05-01', { openedOn: '2026-06-10' })).toEqual([
      '2026-06-10',
      '2026-06-12',
      '2026-06-16',
    ]));

  it('after a hold the next step is taken at once, the one behind it at its distance', () => {
    const taken = new Map([['WARNING', '2026-06-05T09:00:00.000Z']]);
    const at = '2026-07-01T12:00:00.000Z';
    expect(daysOf(policyOf(warning), '2026-05-31', { taken, at })).toEqual(['2026-07-01', '2026-07-05']);
  });

  it('a bar that came behind the message after it pushes what is left', () => {
    const taken = new Map([
      ['WARNING', '2026-06-25T09:00:00.000Z'],
      ['BLOCKED', '2026-06-07T09:00:00.000Z'],
    ]);
    const at = '2026-06-26T12:00:00.000Z';
    expect(daysOf(policyOf(warning), '2026-05-31', { taken, at })).toEqual(['2026-07-01']);
  });

  it('law: no step on a forbidden day, none nearer to the one before than the ladder has them', () => {
    const forbidden = { weekdays: [6, 7], holidays: true };
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 3000 }), (offsets, shift) => {
        const levels = offsets.sort((a, b) => a - b).map((days, no) => level(`l${no}`, days));
        const oldestDueOn = addDays('2020-01-01', shift);
        const state = { ...start, oldestDueOn, openedOn: addDays(oldestDueOn, 1) };
        const steps = stepsAhead(policyOf(levels, forbidden), state);
        const on = steps.map(({ at }) => localDateOf(at, 'UTC'));
        on.forEach((date, no) => {
          expect(allowedDay(forbidden, 'DE', date).on).toBe(date);
          expect(compareDates(date, addDays(oldestDueOn, levels[no]?.daysOverdue ?? 0))).not.toBe(-1);
          on.slice(0, no).forEach((earlier, place) => {
            const distance = (levels[no]?.daysOverdue ?? 0) - (levels[place]?.daysOverdue ?? 0);
            expect(daysBetween(earlier, date)).toBeGreaterThanOrEqual(distance);
          });
        });
      }),
    );
  });
});
