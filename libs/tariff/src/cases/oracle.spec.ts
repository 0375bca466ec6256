import { instantAtMillis, millisOf } from '@tollkeeper/calendar';
import type { ChargeModel, UsagePrice, UsagePriceRule } from '@tollkeeper/contracts';
import fc from 'fast-check';
import { emptyState, foldGroup, type FoldedUsage, type FoldState } from '../rating/fold-group';
import type { GuidedUsage } from '../guiding/guide-usage';
import { allowance, call } from '../sample-tariff';
import { guideAll } from './case-tariff';
import {
  oracleAmounts,
  type OracleCall,
  type OracleCharge,
  type OraclePrice,
  type OracleTariff,
} from './oracle';

const money = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 99_999_999 }))
  .map(([whole, decimals]) => `${whole}.${String(decimals).padStart(8, '0')}`);
/** Fine ones, and coarse ones whose products fall on the half. */
const rate = fc.oneof(
  fc.integer({ min: 0, max: 999_999 }).map((text) => `0.${String(text).padStart(6, '0')}`),
  fc.constantFrom('0.5', '0.05', '0.005', '0.00005', '0.0000005', '0.25', '0.1'),
);
const perUnits = fc.constantFrom(1, 7, 30, 60, 1000);
const increment = fc.constantFrom(1, 6, 10, 30, 60, 45);

const tiers = fc
  .array(
    fc.record({
      width: fc.integer({ min: 1, max: 3_000 }),
      rate,
      perUnits,
      flat: fc.oneof(fc.constant('0'), money),
      block: fc.constantFrom(1, 1, 10, 60),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) => {
    let edge = 0;
    return list.map(({ width, ...tier }, index) => {
      edge += width;
      return { ...tier, upTo: index === list.length - 1 ? null : edge };
    });
  });

const steps = fc
  .array(fc.record({ width: fc.integer({ min: 1, max: 300 }), rate, perUnits, increment }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((list) => {
    let from = 0;
    return list.map(({ width, ...step }) => {
      const placed = { ...step, from };
      from += width;
      return placed;
    });
  });

const charge: fc.Arbitrary<OracleCharge> = fc.oneof(
  fc.record({ kind: fc.constant('perUnit' as const), rate, perUnits }),
  fc.record({ kind: fc.constant('steps' as const), steps }),
  fc.record({
    kind: fc.constant('package' as const),
    size: fc.integer({ min: 1, max: 500 }),
    amount: money,
    freeUnits: fc.integer({ min: 0, max: 500 }),
    counts: fc.constantFrom('started' as const, 'full' as const),
  }),
  fc.record({ kind: fc.constantFrom('graduated' as const, 'volume' as const), tiers }),
  fc.record({ kind: fc.constant('flat' as const), amount: money }),
);

const price: fc.Arbitrary<OraclePrice> = fc
  .record({
    charge,
    connectFee: fc.oneof(fc.constant('0'), money),
    initial: increment,
    next: increment,
    roundAt: fc.constantFrom('record' as const, 'day' as const, 'line' as const),
    mode: fc.constantFrom('halfUp' as const, 'halfEven' as const, 'up' as const, 'down' as const),
    decimals: fc.constantFrom(0, 2, 4, 6),
    limit: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: money }),
  })
  // volume prices fall with the quantity, and a limit on what falls has no meaning
  .map((each) => (each.charge.kind === 'volume' ? { ...each, limit: null } : each));

const hour = 3_600;
const tariffs: fc.Arbitrary<OracleTariff> = fc.record({
  peakFrom: fc.constantFrom(0, 8 * hour, 12 * hour),
  peakTo: fc.constantFrom(13 * hour, 18 * hour),
  peak: price,
  other: price,
  included: fc.constantFrom(0, 50, 1_000, 5_000),
});
const calls: fc.Arbitrary<OracleCall[]> = fc
  .array(
    fc.record({
      start: fc
        .tuple(fc.constantFrom(0, 8, 13, 18, 24, 32, 42, 48), fc.integer({ min: -900, max: 900 }))
        .map(([at, off]) => Math.max(0, at * hour + off)),
      seconds: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 3_000 })),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((list) => list.sort((left, right) => left.start - right.start));

function modelOf(of: OracleCharge): ChargeModel {
  const { kind, ...fields } = of;
  return { model: kind, ...fields } as ChargeModel;
}

const usagePrice = ({ charge: of, initial, next, mode, limit, ...rest }: OraclePrice): UsagePrice => ({
  charge: modelOf(of),
  connectFee: rest.connectFee,
  initialIncrement: initial,
  nextIncrement: next,
  roundAt: rest.roundAt,
  rounding: mode,
  decimals: rest.decimals,
  ...(limit === null ? {} : { maxCharge: limit }),
});

const clock = (seconds: number): string => `${String(seconds / hour).padStart(2, '0')}:00`;
const midnight = millisOf('2026-01-10T00:00:00.000Z');

/** The same tariff as a catalog says it, and the calls as records. */
function usagesOf(tariff: OracleTariff, list: readonly OracleCall[]): GuidedUsage[] {
  const prices: UsagePriceRule[] = [
    { priceId: 'peak', name: 'Peak', when: { bands: ['peak'] }, price: usagePrice(tariff.peak) },
    { priceId: 'other', name: 'Other', when: {}, price: usagePrice(tariff.other) },
  ];
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  return guideAll(
    list.map(({ start, seconds }, index) =>
      call({
        recordId: `r${index}`,
        startAt: instantAtMillis(midnight + start * 1_000),
        quantity: seconds,
      }),
    ),
    {
      prices,
      allowances: tariff.included === 0 ? [] : [allowance({ units: tariff.included })],
      calendar: {
        zone: 'UTC',
        holidays: [],
        bands: [{ band: 'peak', days: [...days], from: clock(tariff.peakFrom), to: clock(tariff.peakTo) }],
        crossing: 'split',
      },
    },
  );
}

const amountsOf = (folded: readonly FoldedUsage[]): bigint[] =>
  folded.map(({ outcome }) => {
    if ('suspended' in outcome) throw new Error(outcome.suspended);
    return BigInt(outcome.rated.amountMicro);
  });

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);
const runs = { numRuns: 10_000 };

it('10,000 tariffs and months of calls: no difference from the oracle, to the last digit', () => {
  fc.assert(
    fc.property(tariffs, calls, (tariff, list) => {
      expect(amountsOf(foldGroup(emptyState(), usagesOf(tariff, list)).folded)).toEqual(
        oracleAmounts(tariff, list),
      );
    }),
    runs,
  );
}, 300_000);

it('any split into batches in order, any order of arrival in one batch, and folding again: the same', () => {
  fc.assert(
    fc.property(
      tariffs,
      calls.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray([...list.keys()], { minLength: list.length })),
      ),
      fc.integer({ min: 1, max: 8 }),
      (tariff, [list, order], size) => {
        const usages = usagesOf(tariff, list);
        const once = foldGroup(emptyState(), usages);
        const shuffled = foldGroup(
          emptyState(),
          order.map((index) => usages[index]!),
        );
        let state: FoldState = emptyState();
        const parts: FoldedUsage[] = [];
        for (let first = 0; first < usages.length; first += size) {
          const step = foldGroup(
            state,
            once.folded.slice(first, first + size).map(({ guided }) => guided),
          );
          state = step.state;
          parts.push(...step.folded);
        }
        expect(amountsOf(parts)).toEqual(amountsOf(once.folded));
        expect(amountsOf(shuffled.folded)).toEqual(amountsOf(once.folded));
        expect(state).toEqual(once.state);
        expect(sumOf(amountsOf(shuffled.folded).reverse())).toBe(sumOf(amountsOf(once.folded)));
        expect(amountsOf(foldGroup(emptyState(), usages).folded)).toEqual(amountsOf(once.folded));
      },
    ),
    { numRuns: 500 },
  );
}, 120_000);
