import fc from 'fast-check';
import type { Allowance, RateEntry, UnitExchange, UsageType } from '@tollkeeper/contracts';
import { type CaseTariff, guideAll, rate } from '../cases/case-tariff';
import { emptyState, foldGroup } from '../rating/fold-group';
import type { RatedUsage } from '../rating/rate-record';
import { sentenceOf } from '../rating/sentence';
import type { UsageRecord } from '../record/usage-record';
import { allowance, call, dataEntry, dataUse, entry } from '../sample-tariff';

/** 1 for each unit, so that an amount is what is charged. */
const one: Partial<RateEntry> = { rate: '1', perUnits: 1, roundAt: 'record' };
const entries = [entry(one), entry({ ...one, usageType: 'sms' }), dataEntry(one)];
const mixed = (exchange: UnitExchange[], change: Partial<Allowance> = {}): CaseTariff => ({
  entries,
  allowances: [allowance({ allowanceId: 'mixed', zones: ['national', 'home'], exchange, ...change })],
});
const of = (usageType: UsageType, units: number, takes: number): UnitExchange => ({
  each: { usageType, units },
  takes,
});
const records: Record<'voice' | 'sms' | 'data', (quantity: number) => UsageRecord> = {
  voice: (quantity) => call({ quantity }),
  sms: (quantity) => call({ usageType: 'sms', quantity }),
  data: (quantity) => dataUse({ quantity }),
};
type Use = [kind: keyof typeof records, quantity: number];
const recordsOf = (uses: readonly Use[]): UsageRecord[] =>
  uses.map(([kind, quantity], index) => ({
    ...records[kind](quantity),
    recordId: `r${index}`,
    startAt: `2026-01-10T12:00:${String(index).padStart(2, '0')}.000Z`,
  }));

/** Each record as `free+charged`, then what is used of the bucket. */
function told(uses: readonly Use[], tariff: CaseTariff): string {
  const { state, folded } = foldGroup(emptyState(), guideAll(recordsOf(uses), tariff));
  const parts = folded.map(({ outcome }) => {
    if ('suspended' in outcome) throw new Error(outcome.suspended);
    return `${outcome.rated.includedQuantity}+${outcome.rated.explanation.chargedQuantity}`;
  });
  return `${parts.join(' ')}: ${state.buckets.get('sub_1/mixed') ?? 0}`;
}

const minuteFor = [of('sms', 1, 60), of('data', 1_000_000, 60)];

it.each<[string, CaseTariff, Use[], string]>([
  ['a message takes a minute of 100', mixed([of('sms', 1, 60)], { units: 6000 }), [['voice', 90], ['sms', 2]], '90+0 2+0: 210'],
  ['a started megabyte takes a minute', mixed(minuteFor, { units: 6000 }), [['data', 1_000_001], ['sms', 1]], '1000001+0 1+0: 180'],
  ['what is left is less than a message', mixed(minuteFor, { units: 100 }), [['sms', 2], ['voice', 50]], '1+1 40+10: 100'],
  ['a factor of 4: 10 units hold 2 of 4 messages', mixed([of('sms', 1, 4)], { usageType: 'sms', units: 10 }), [['sms', 4]], '2+2: 8'],
  ['a factor of 2 for seconds', mixed([of('voice', 1, 2)], { units: 100 }), [['voice', 17]], '17+0: 34'],
  ['two for one', mixed([of('sms', 2, 1)], { usageType: 'sms', units: 10 }), [['sms', 5], ['sms', 1]], '5+0 1+0: 4'],
  ['started minutes of a bucket of units', mixed([of('voice', 60, 1), of('data', 1024, 1)], { usageType: 'sms', units: 5 }), [['voice', 61], ['data', 2048], ['sms', 3]], '61+0 2048+0 1+2: 5'],
  ['kinds without a rate are not covered', mixed([of('sms', 1, 60)]), [['data', 5]], '0+5: 0'],
  ['nothing used takes nothing', mixed(minuteFor), [['sms', 0], ['data', 0]], '0+0 0+0: 0'],
  ['its steps are for usage without a rate', mixed([of('sms', 1, 30)], { units: 120, step: 60 }), [['voice', 10], ['sms', 1]], '10+0 1+0: 90'],
  ['throttled behind it', mixed(minuteFor, { units: 60, whenUsedUp: 'throttle' }), [['sms', 3]], '3+0: 60'],
])('%s', (_, tariff, uses, expected) => {
  expect(told(uses, tariff)).toBe(expected);
}); // prettier-ignore

it('a limit for zones counts what is taken, in units of the bucket', () => {
  const limits = [{ zones: ['national'], units: 120 }];
  expect(told([['sms', 3], ['data', 1]], mixed(minuteFor, { units: 600, limits }))).toBe('2+1 1+0: 180'); // prettier-ignore
});

it('says what it took in the units of the bucket', () => {
  const tariff = mixed(minuteFor, { units: 60 });
  const [record] = recordsOf([['sms', 2]]);
  const [rated] = rate([record!], tariff) as RatedUsage[];
  const { billedQuantity, amountMicro, explanation } = rated!;
  const said = sentenceOf({
    usageType: 'sms',
    quantity: 2,
    billedQuantity,
    amountMicro,
    currency: 'EUR',
    explanation,
  });
  expect(said).toContain('60 s from allowance sub_1/mixed; 1 messages charged');
});

it('whatever the usage: never more than there is, only whole rates, nothing is lost, any split is the same', () => {
  const anExchange = fc.record({
    units: fc.integer({ min: 1, max: 70 }),
    takes: fc.integer({ min: 1, max: 90 }),
  });
  const uses = fc.array(
    fc.tuple(fc.constantFrom('voice' as const, 'sms' as const, 'data' as const), fc.nat(100)),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(anExchange, anExchange, fc.integer({ min: 1, max: 400 }), uses, fc.nat(12), (sms, data, size, list, cut) => {
      const tariff = mixed([of('sms', sms.units, sms.takes), of('data', data.units, data.takes)], { units: size });
      const guided = guideAll(recordsOf(list), tariff);
      const { state, folded } = foldGroup(emptyState(), guided);
      let taken = 0;
      folded.forEach(({ outcome }, index) => {
        if ('suspended' in outcome) throw new Error(outcome.suspended);
        const { includedQuantity, billedQuantity, explanation } = outcome.rated;
        const [kind, quantity] = list[index]!;
        const used = explanation.used.reduce((sum, { units }) => sum + units, 0);
        const { units, takes } = kind === 'sms' ? sms : kind === 'data' ? data : { units: 1, takes: 1 };
        expect(used).toBe(Math.ceil(includedQuantity / units) * takes);
        expect(includedQuantity + explanation.chargedQuantity).toBe(billedQuantity);
        if (includedQuantity < quantity) expect(size - taken - used).toBeLessThan(takes);
        taken += used;
      });
      expect(state.buckets.get('sub_1/mixed') ?? 0).toBe(taken);
      expect(taken).toBeLessThanOrEqual(size);
      const first = foldGroup(emptyState(), guided.slice(0, cut));
      expect(foldGroup(first.state, guided.slice(cut)).state.buckets).toEqual(state.buckets);
    }),
    { numRuns: 300 },
  );
}); // prettier-ignore
