import { expect, it } from '@jest/globals';
import { addDays, type Instant, instantAtMillis, type LocalDate, millisOf } from '@tollkeeper/calendar';
import fc from 'fast-check';
import { netOf } from './line-parts';
import { type Held, madeOf } from './sample-bills';

const hour = 3_600_000;
const start = millisOf('2026-01-10T00:00:00.000Z');
const at = (hours: number): Instant => instantAtMillis(start + hours * hour);
const cutOffs = ['2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'];
const prices: Record<string, number> = { a: 3100, b: 2800, c: 977 };

/** Two months, change upon change, often several a day; bills on demand in between; some changes are called off. */
const lives = fc.record({
  changes: fc.uniqueArray(
    fc.record({
      hours: fc.integer({ min: 1, max: 1_400 }),
      plan: fc.constantFrom('a', 'b', 'c'),
    }),
    { selector: ({ hours }) => hours, maxLength: 6 },
  ),
  close: fc.boolean(),
  onDemand: fc.uniqueArray(fc.integer({ min: 0, max: 1_500 }), { maxLength: 5 }),
  calledOff: fc.option(fc.integer({ min: 100, max: 1_300 }), { nil: undefined }),
  endsAfter: fc.integer({ min: 1, max: 1_450 }),
});
type Life = typeof lives extends fc.Arbitrary<infer Of> ? Of : never;

/** Of a plan that begins a day and more before the next one, the day; the last plan of a day has it. */
function heldOf({ changes, close, endsAfter }: Life): Held[] {
  const hours = changes.map((change) => ({
    ...change,
    hours: close ? Math.ceil(change.hours / 20) : change.hours,
  }));
  const inOrder = [...new Map(hours.map((change) => [change.hours, change])).values()]
    .filter((change) => change.hours < endsAfter)
    .sort((left, right) => left.hours - right.hours);
  return [{ plan: 'a', hours: 0 }, ...inOrder].map(({ plan, hours: from }) => ({
    ...{ plan, minor: prices[plan] ?? 0, from: at(from) },
  }));
}

function chargedOn(life: Life): Map<string, string> {
  const held = heldOf(life);
  const last = at(life.endsAfter).slice(0, 10);
  const days = new Map<string, string>();
  for (let day: LocalDate = '2026-01-10'; day < last; day = addDays(day, 1)) {
    const onIt = held.filter(({ from }) => from.slice(0, 10) <= day).at(-1);
    if (onIt) days.set(day, onIt.plan);
  }
  return days;
}

it('however short plans live and whenever bills are made, each day is charged once, to its last plan', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const plans = heldOf(life);
      // Ordered long before and called off: it must leave no trace.
      const calledOff = life.calledOff;
      const ghost: Held[] =
        calledOff === undefined
          ? []
          : [
              {
                plan: 'b',
                minor: 500,
                from: at(calledOff + 60),
                ordered: at(Math.max(1, calledOff - 700)),
                undone: at(calledOff),
              },
            ];
      const onDemand = life.onDemand.map(at);
      const bills = [...cutOffs, ...onDemand].sort((left, right) =>
        startOf(left) < startOf(right) ? -1 : startOf(left) > startOf(right) ? 1 : left.length - right.length,
      );
      const addOns = ghost.map((each) => ({ ...each, plan: 'ghost' }));
      const made = madeOf({ plans, addOns, ends: at(life.endsAfter), bills });
      const counts = new Map<string, number>();
      let ghostly = 0;
      for (const line of made.flatMap((bill) => bill?.lines ?? [])) {
        if (line.offeringId === 'ghost') ghostly += netOf(line);
        else
          for (let day = line.from; day < line.to; day = addDays(day, 1)) {
            const key = `${day} ${line.offeringId}`;
            counts.set(key, (counts.get(key) ?? 0) + Math.sign(line.amountMinor));
          }
      }
      const charged = [...counts].filter(([, count]) => count !== 0).map(([key, count]) => `${key} ${count}`);
      const expected = [...chargedOn(life)].map(([day, plan]) => `${day} ${plan} 1`);
      expect(charged.sort()).toEqual(expected.sort());
      expect(ghostly).toBe(0);
    }),
    { numRuns: 150 },
  );
});

const startOf = (made: string): Instant => (made.length === 10 ? `${made}T00:00:00.000Z` : made);
