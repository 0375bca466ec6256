import fc from 'fast-check';
import { emptyState, foldGroup } from '../rating/fold-group';
import { account, call, dataEntry, dataUse, entry, guided, offering, subscription } from '../sample-tariff';
import { compileCatalog } from '../catalog/compile-catalog';
import { SubscriberDirectory } from '../guiding/subscriber-directory';
import { CyclePeriods } from '../guiding/usage-periods';
import type { UsageRecord } from '../record/usage-record';
import { extentOf, isPartial, type PartialRecord, sessionKeyOf, withoutRepeats } from './aggregate-session';
import { partsOfSession, partsOfUsage } from './parts-of-usage';
import { defaultSessionRules, type SessionRules } from './session-rules';

const january = (day: number, time: string) => `2026-01-${String(day).padStart(2, '0')}T${time}:00.000Z`;

const partial = (recordSequence: number, startAt: string, quantity: number, minutes = 60): PartialRecord => ({
  ...dataUse({ recordId: `p${recordSequence}`, sessionId: 's1', startAt, quantity }),
  recordSequence,
  durationSeconds: minutes * 60,
});

const changesPlan = subscription({
  plans: [
    { offeringId: 'plan', from: january(1, '00:00'), to: january(20, '00:00') },
    { offeringId: 'other', from: january(20, '00:00'), to: null },
  ],
});
const known = {
  directory: new SubscriberDirectory([account({ subscriptions: [changesPlan] })]),
  catalog: compileCatalog([offering(), offering({ offeringId: 'other' })], []),
  periods: new CyclePeriods(),
};
/** Edge behind which a part lies, its start, its bytes. */
const parts = (partials: PartialRecord[], rules: Partial<SessionRules> = {}): [string, string, number][] =>
  partsOfSession(partials, known, { ...defaultSessionRules, ...rules }, (key) => key).map(
    ({ recordId, startAt, quantity }) => [recordId.slice(5, 10), startAt.slice(5, 16), quantity],
  );

describe('partial records of a session', () => {
  it('are one record', () => {
    expect(parts([partial(1, january(5, '10:00'), 100), partial(2, january(5, '11:00'), 50)])).toEqual([
      ['01-01', '01-05T10:00', 150],
    ]);
  });

  const overMonthEnd = [
    partial(1, january(31, '22:30'), 100),
    partial(2, january(31, '23:30'), 101),
    partial(3, '2026-02-01T00:30:00.000Z', 7),
  ];
  it('over the end of the cycle: by time, the rest of whole units on the last part', () => {
    expect(parts(overMonthEnd)).toEqual([
      ['01-20', '01-31T22:30', 150],
      ['02-01', '02-01T00:00', 58],
    ]);
  });

  it('by start: one record of the month in which it began', () => {
    expect(parts(overMonthEnd, { sessions: 'byStart' })).toEqual([['01-20', '01-31T22:30', 208]]);
  });

  it('over midnight only where the setting names it', () => {
    const night = [partial(1, january(10, '23:00'), 120, 120)];
    expect(parts(night)).toHaveLength(1);
    expect(parts(night, { edges: ['midnight'] })).toEqual([
      ['01-10', '01-10T23:00', 60],
      ['01-11', '01-11T00:00', 60],
    ]);
  });

  it('over a plan change', () => {
    expect(parts([partial(1, january(19, '23:50'), 60, 60)])).toEqual([
      ['01-01', '01-19T23:50', 10],
      ['01-20', '01-20T00:00', 50],
    ]);
  });

  it('of another network are a part of their own', () => {
    const abroad = { ...partial(2, january(5, '11:00'), 50), network: '20801' };
    expect(parts([partial(1, january(5, '10:00'), 100), abroad])).toEqual([
      ['01-01', '01-05T10:00', 100],
      ['01-01', '01-05T11:00', 50],
    ]);
  });

  it('a part keeps its name when the session turns out to have begun before the edge', () => {
    const [before, after] = [
      partial(1, january(31, '22:30'), 9, 10),
      partial(2, '2026-02-01T00:30:00.000Z', 7),
    ];
    expect(parts([after])).toEqual([['02-01', '02-01T00:30', 7]]);
    expect(parts([after, before])).toEqual([
      ['01-20', '01-31T22:30', 9],
      ['02-01', '02-01T00:30', 7],
    ]);
  });

  it('gaps are seen, and whether the final record came', () => {
    const final = { ...partial(4, january(5, '13:00'), 1), final: true };
    expect(extentOf([partial(2, january(5, '11:00'), 1), final])).toEqual({
      startAt: january(5, '11:00'),
      lastAt: january(5, '14:00'),
      hasFinal: true,
      isComplete: false,
      missing: [1, 3],
    });
  });

  it('a rating group is a session of its own; a record without sequence is none', () => {
    const [one, other] = [partial(1, january(5, '10:00'), 1), partial(1, january(5, '10:00'), 1)];
    expect(sessionKeyOf(one)).not.toBe(sessionKeyOf({ ...other, ratingGroup: '7' }));
    expect([isPartial(one), isPartial(call()), isPartial(call({ sessionId: 's' }))]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a whole call over a plan change', () => {
  const long = call({ startAt: january(19, '23:50'), quantity: 1200 });
  const cut = (rules: Partial<SessionRules>): UsageRecord[] =>
    partsOfUsage(long, known, { ...defaultSessionRules, ...rules }, (id, part) => `${id}.${part}`);

  it('belongs to its start', () => expect(cut({})).toEqual([long]));
  it('or is cut to the second; the later part goes on with the call', () => {
    expect(cut({ calls: 'split' })).toEqual([
      { ...long, quantity: 600 },
      { ...long, recordId: 'r1.2', startAt: january(20, '00:00'), quantity: 600, usedBefore: 600 },
    ]);
  });
});

const partials = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 300 }),
      minutes: fc.integer({ min: 0, max: 600 }),
      quantity: fc.integer({ min: 0, max: 1_000_000 }),
      network: fc.constantFrom('26201', '20801'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) => {
    let minute = Date.parse(january(18, '00:00')) / 60_000;
    return list.map(({ gap, minutes, quantity, network }, index): PartialRecord => {
      const startAt = new Date((minute + gap) * 60_000).toISOString();
      minute += gap + minutes;
      return { ...partial(index + 1, startAt, quantity, minutes), network };
    });
  });
const everyEdge: SessionRules = {
  ...defaultSessionRules,
  edges: ['midnight', 'cycle', 'planChange', 'tariffChange'],
};
const rules = fc.constantFrom<SessionRules>(defaultSessionRules, everyEdge, {
  ...everyEdge,
  sessions: 'byStart',
});
const tariff = {
  entries: [entry(), dataEntry(), dataEntry({ prefix: 'zone:roaming', servingZone: 'roaming', rate: '3' })],
};

it('in any order of arrival, repeats included: the same parts, the same charges; nothing is lost or made up', () => {
  fc.assert(
    fc.property(
      partials.chain((list) =>
        fc.tuple(
          fc.constant(list),
          fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
          rules,
        ),
      ),
      ([list, arrived, rule]) => {
        const idOf = (key: string) => key;
        const once = partsOfSession(list, known, rule, idOf);
        const again = partsOfSession(withoutRepeats(arrived), known, rule, idOf);
        expect(again).toEqual(once);
        const sum = (records: readonly UsageRecord[]) =>
          records.reduce((total, { quantity }) => total + quantity, 0);
        expect(sum(once)).toBe(sum(list));
        const charges = (records: UsageRecord[]) =>
          foldGroup(
            emptyState(),
            records.map((record) => guided(record, tariff)),
          ).folded.map(({ outcome }) => ('rated' in outcome ? outcome.rated.amountMicro : outcome.suspended));
        expect(charges(again)).toEqual(charges(once));
      },
    ),
  );
});
