import { addDays, dayOfWeek, daysBetween } from '@tollkeeper/calendar';
import type { DunningLevel } from '@tollkeeper/contracts';
import fc from 'fast-check';
import type { CaseState } from './case-state';
import { barOf } from './ladder-move';
import { nextMove } from './next-move';
import { isPublicHoliday } from './public-holidays';

const dueOn = '2026-03-15';
const levels: DunningLevel[] = [
  { levelId: 'd1', daysOverdue: 1, actions: [{ kind: 'sendMessage', template: 'finalNotice' }] },
  { levelId: 'd5', daysOverdue: 5, actions: [{ kind: 'restrict', state: 'barOutgoing' }] },
  { levelId: 'd9', daysOverdue: 9, actions: [{ kind: 'restrict', state: 'suspended' }] },
  { levelId: 'd20', daysOverdue: 20, actions: [{ kind: 'sendMessage', template: 'reminder2' }] },
  { levelId: 'd30', daysOverdue: 30, actions: [{ kind: 'terminate' }] },
  { levelId: 'd40', daysOverdue: 40, actions: [{ kind: 'handOver' }] },
];

interface Day {
  paidMinor: number;
  delivered: boolean;
  disputed: boolean;
}

const day = fc.record<Day>({
  paidMinor: fc.constantFrom(0, 0, 0, 0, 3_000),
  delivered: fc.boolean(),
  disputed: fc.constantFrom(false, false, false, true),
});

/** A German case lived day by day at 09:00: what each look says is done at once. */
function live(
  days: readonly Day[],
): { on: string; level: DunningLevel; chasedMinor: number; noticed: string | null }[] {
  const steps: { levelId: string; what: string; at: string }[] = [];
  const taken: ReturnType<typeof live> = [];
  let [owedMinor, noticed]: [number, string | null] = [15_000, null];
  let notices: { key: string; deliveredAt: string | null; askedAt: string | null }[] = [];
  for (const [no, { paidMinor, delivered, disputed }] of days.entries()) {
    const on = addDays(dueOn, no + 1);
    const at = `${on}T08:00:00.000Z`;
    owedMinor = Math.max(0, owedMinor - paidMinor);
    const disputedMinor = disputed ? owedMinor : 0;
    for (let looks = 0; looks < 20; looks += 1) {
      const chasedMinor = owedMinor - disputedMinor;
      const restricted = steps
        .filter(({ what }) => /^(restrict|lift)/.test(what))
        .at(-1)
        ?.what.startsWith('restrict');
      const state: CaseState = {
        ...{
          zone: 'UTC',
          country: 'DE',
          openedAt: `${dueOn}T23:00:00.000Z`,
          openedOn: addDays(dueOn, 1),
          at,
        },
        policy: { policyId: 'p', version: 1, minimumMinor: 100, stepHour: 8, levels },
        steps,
        facts: {
          ...{
            openMinor: owedMinor,
            currency: 'EUR',
            oldestDueOn: dueOn,
            zone: 'UTC',
            hold: null,
            promise: null,
          },
          ...{ writtenOff: false, attemptOpen: false, restricted: restricted ?? false, disputedMinor },
        },
        ...{
          chasedMinor,
          chasedInvoices: 1,
          chasedDueOn: dueOn,
          minimumMinor: 100,
          promise: null,
          plan: null,
          rounds: [],
        },
        ...{ notices, nextDueOn: null, nextOverdueAt: null },
      };
      const move = nextMove(state);
      if (move.kind === 'close') return taken;
      if (move.kind === 'wait') break;
      if (move.kind === 'prove') {
        notices = notices.map((each) => ({ ...each, askedAt: at, deliveredAt: delivered ? at : null }));
        if (delivered) noticed ??= on;
      }
      if (move.kind === 'lift') steps.push({ levelId: move.levelId, what: `lift: ${move.why}`, at });
      if (move.kind !== 'take') continue;
      taken.push({ on, level: move.level, chasedMinor, noticed });
      for (const { kind, state: bar, template } of move.level.actions) {
        steps.push({ levelId: move.level.levelId, what: `${kind}: ${bar ?? template ?? ''}`, at });
        if (template === 'finalNotice') notices = [{ key: 'n', deliveredAt: null, askedAt: null }];
        if (kind === 'handOver') return taken;
      }
    }
  }
  return taken;
}

describe('law: whatever is paid, disputed or delivered when, in Germany', () => {
  const lives = fc.array(day, { minLength: 45, maxLength: 60 });

  it('no bar and no end below 100.00, on a day off, or before two weeks of a delivered notice; calls in come last', () => {
    fc.assert(
      fc.property(lives, (days) => {
        const all = live(days);
        const bars = all.filter(({ level }) => barOf(level) !== null);
        for (const { on, chasedMinor, noticed } of bars) {
          expect(chasedMinor).toBeGreaterThanOrEqual(10_000);
          expect(dayOfWeek(on)).toBeLessThan(6);
          expect(isPublicHoliday('DE', on)).toBe(false);
          expect(noticed === null ? -1 : daysBetween(noticed, on)).toBeGreaterThanOrEqual(14);
        }
        const outgoing = bars.find(({ level }) => level.levelId === 'd5');
        const suspended = bars.find(({ level }) => level.levelId === 'd9');
        if (suspended) expect(outgoing && daysBetween(outgoing.on, suspended.on)).toBeGreaterThanOrEqual(7);
      }),
    );
  });

  it('undisturbed: two weeks of notice, Easter left out, calls in a week later, everything else behind', () => {
    const days = Array.from({ length: 70 }, () => ({ paidMinor: 0, delivered: true, disputed: false }));
    expect(live(days).map(({ on, level }) => `${on.slice(5)} ${level.levelId}`)).toEqual([
      '03-16 d1',
      '04-04 d20', // nothing that only tells is held up; three weeks after the due date
      '04-07 d5', // proven on Friday the 20th, then two weeks, Good Friday and Easter Monday
      '04-14 d9',
      '05-05 d30', // three weeks after the calls in
      '05-15 d40',
    ]);
  });

  it('no level is taken twice', () => {
    fc.assert(
      fc.property(lives, (days) => {
        const ids = live(days).map(({ level }) => level.levelId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
