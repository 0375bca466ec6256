import { expect, it } from '@jest/globals';
import { addDays, type Cycle, type LocalDate, nextCutOffs } from '@tollkeeper/calendar';
import type { RecurringCharge } from '@tollkeeper/contracts';
import fc from 'fast-check';
import type { BillLine } from './bill';
import { sampleCharge, sampleOffering } from './sample-billing';
import { storyOf } from './sample-story';

/** A line's life: up to three changes of plan, a pause, an end, as days after its start. */
const lives = fc.record({
  anchorDay: fc.integer({ min: 1, max: 31 }),
  prices: fc.array(fc.integer({ min: 3_200, max: 99_999 }), { minLength: 4, maxLength: 4 }),
  changes: fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 3 }),
  startsAfter: fc.integer({ min: 0, max: 60 }),
  endsAfter: fc.option(fc.integer({ min: 1, max: 130 })),
  pause: fc.option(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 50 }))),
  firstDay: fc.boolean(),
  lastDay: fc.boolean(),
  trialDays: fc.constantFrom(0, 0, 5, 40),
  every: fc.constantFrom<RecurringCharge['every'][]>(
    undefined,
    undefined,
    { unit: 'month', count: 1 },
    { unit: 'quarter', count: 1 },
    { unit: 'week', count: 2 },
  ),
  anchor: fc.constantFrom('subscription' as const, 'cycle' as const, 'service' as const),
});
type Life = typeof lives extends fc.Arbitrary<infer Of> ? Of : never;

const origin: LocalDate = '2024-01-01';
const bills = 9;

function linesOf(life: Life, timing: RecurringCharge['timing']): BillLine[] {
  const start = addDays(origin, life.startsAfter);
  const on = (days: number): LocalDate => addDays(start, days);
  const cycle: Cycle = { frequency: 'monthly', anchorDay: life.anchorDay, zone: 'UTC' };
  const { every, anchor, trialDays, firstDay, lastDay, endsAfter, pause } = life;
  const charge: Partial<RecurringCharge> = {
    ...{ timing, trialDays, whileRestricted: { paused: 'credit' } },
    proration: { refundUnused: true, firstDay, lastDay },
    ...(every ? { every, anchor } : {}),
  };
  const ids = ['a', 'b', 'c', 'd'];
  const held = [0, ...[...life.changes].sort((left, right) => left - right)].map(
    (days, at): [string, LocalDate] => [ids[at] as string, on(days)],
  );
  const ends = endsAfter === null ? undefined : on(endsAfter);
  return storyOf({
    cycle,
    offerings: ids.map((id, at) =>
      sampleOffering(id, [sampleCharge('fee', life.prices[at] as number, charge)], {
        validFrom: '2000-01-01T00:00:00.000Z',
      }),
    ),
    plans: held.filter(([, from]) => ends === undefined || from < ends),
    ...(ends === undefined ? {} : { ends }),
    restrictions: pause ? [{ kind: 'paused', from: on(pause[0]), to: on(pause[0] + pause[1]) }] : [],
    cutOffs: nextCutOffs(cycle, origin, bills).filter((cutOffOn) => cutOffOn > start),
  }).flatMap((bill) => bill?.lines ?? []);
}

const chargedDays = (lines: readonly BillLine[]): string[] => {
  const times = new Map<string, number>();
  for (const { offeringId, from, to, amountMinor } of lines)
    for (let day = from; day < to; day = addDays(day, 1))
      times.set(`${offeringId} ${day}`, (times.get(`${offeringId} ${day}`) ?? 0) + Math.sign(amountMinor));
  return [...times].filter(([, count]) => count !== 0).map(([day, count]) => `${day} ${count}`);
};

const total = (lines: readonly BillLine[]): number =>
  lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** Each slice, charged or given back, is rounded once. */
const mostRounding = 12;

it('in advance with give-backs, and in arrears: the same days cost the same, each once', () => {
  fc.assert(
    fc.property(lives, (life) => {
      // Who stays is charged ahead of the last bill: only whole lives can be compared.
      const whole = { ...life, endsAfter: life.endsAfter ?? 129 };
      const [ahead, after] = [linesOf(whole, 'inAdvance'), linesOf(whole, 'inArrears')];
      expect(chargedDays(ahead).sort()).toEqual(chargedDays(after).sort());
      expect(chargedDays(after).filter((day) => !day.endsWith(' 1'))).toEqual([]);
      expect(Math.abs(total(ahead) - total(after))).toBeLessThanOrEqual(mostRounding);
    }),
  );
});
