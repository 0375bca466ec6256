import fc from 'fast-check';
import { emptyState, foldGroup, type FoldedUsage, type FoldState } from './fold-group';
import type { GuidedUsage } from '../guiding/guide-usage';
import { allowance, call, dataEntry, dataUse, entry, guided, offering } from '../sample-tariff';

const tariff = {
  entries: [
    entry({ initialIncrement: 60, nextIncrement: 30 }),
    entry({ prefix: '44', zone: 'world', connectFee: '0.02', roundAt: 'day', rate: '0.07' }),
    dataEntry(),
  ],
  offerings: [
    offering({
      allowances: [
        allowance({ units: 300 }),
        allowance({ allowanceId: 'any', zones: ['home'], units: 200, priority: 2 }),
        allowance({ allowanceId: 'mb', usageType: 'data', zones: ['home'], units: 500 }),
      ],
    }),
  ],
};

const usages = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 59 }),
      day: fc.integer({ min: 10, max: 12 }),
      quantity: fc.integer({ min: 0, max: 200 }),
      kind: fc.constantFrom('49', '44', 'data'),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((list) =>
    list.map(({ minute, day, quantity, kind }, index) => {
      const place = {
        recordId: `r${index}`,
        quantity,
        startAt: `2026-01-${day}T12:${String(minute).padStart(2, '0')}:00.000Z`,
      };
      return guided(kind === 'data' ? dataUse(place) : call({ ...place, otherParty: kind }), tariff);
    }),
  );

const keyed = (folded: FoldedUsage[]) =>
  new Map(folded.map(({ guided: { record }, outcome }) => [record.recordId, outcome]));
const sorted = (list: GuidedUsage[]) => foldGroup(emptyState(), list).folded.map((each) => each.guided);
const amountOf = (folded: FoldedUsage[]) =>
  folded.reduce((sum, { outcome }) => sum + ('rated' in outcome ? outcome.rated.amountMicro : 0), 0);

function foldInBatches(list: GuidedUsage[], batchSize: number): { state: FoldState; folded: FoldedUsage[] } {
  const folded: FoldedUsage[] = [];
  let state = emptyState();
  for (let first = 0; first < list.length; first += batchSize) {
    const step = foldGroup(state, list.slice(first, first + batchSize));
    state = step.state;
    folded.push(...step.folded);
  }
  return { state, folded };
}

it('in event order, any batch size gives the same records, the same state and no alarm', () => {
  fc.assert(
    fc.property(usages, fc.integer({ min: 1, max: 25 }), (list, batchSize) => {
      const once = foldGroup(emptyState(), list);
      const parts = foldInBatches(sorted(list), batchSize);
      expect(keyed(parts.folded)).toEqual(keyed(once.folded));
      expect(parts.state).toEqual(once.state);
      expect(parts.state.orderDirty).toBe(false);
    }),
  );
});

it('in any order of arrival, either every record is as if folded at once, or the state asks for it', () => {
  fc.assert(
    fc.property(usages, fc.integer({ min: 1, max: 5 }), (list, batchSize) => {
      const once = foldGroup(emptyState(), list);
      const parts = foldInBatches(list, batchSize);
      if (!parts.state.orderDirty) expect(keyed(parts.folded)).toEqual(keyed(once.folded));
      const repaired = foldGroup(
        emptyState(),
        parts.folded.map((each) => each.guided),
      );
      expect(keyed(repaired.folded)).toEqual(keyed(once.folded));
      expect(repaired.state.orderDirty).toBe(false);
    }),
  );
});

it('leaves the state that it was given alone', () => {
  const before = emptyState();
  foldGroup(before, [guided(call(), tariff)]);
  expect(before).toEqual(emptyState());
});

it('a line that rounds late sums to the price of its quantity, whatever its records', () => {
  const line = { entries: [dataEntry()] };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 30 }), (sizes) => {
      const list = sizes.map((quantity, index) => guided(dataUse({ recordId: `r${index}`, quantity }), line));
      const total = sizes.reduce((sum, size) => sum + size, 0);
      expect(amountOf(foldInBatches(list, 3).folded)).toBe(Math.floor((total + 5) / 10)); // 0.10 a MB: a tenth of a micro per byte
    }),
  );
});

it('order matters only where an allowance or a sum is in play', () => {
  const plain = [call({ recordId: 'b', startAt: '2026-01-11T00:00:00.000Z' }), call({ recordId: 'a' })].map(
    (record) => guided(record),
  );
  expect(foldInBatches(plain, 1).state).toMatchObject({ orderDirty: false, last: null });
  const pooled = plain.map(({ record }) => guided(record, tariff));
  expect(foldInBatches(pooled, 1).state.orderDirty).toBe(true);
});
