import fc from 'fast-check';
import type { Aggregation, PriceTier, UsagePrice } from '@tollkeeper/contracts';
import { type CaseTariff, guideAll, priced } from '../cases/case-tariff';
import { checkPrice } from '../file/check-tiers';
import type { UsageRecord } from '../record/usage-record';
import { allowance, call } from '../sample-tariff';
import { emptyState, foldGroup } from './fold-group';
import type { RatedUsage } from './rate-record';
import { sentenceOf } from './sentence';

const million = 1_000_000;
/** 1.00 a unit, so that an amount is the quantity that is charged. */
const unitPrice: UsagePrice = { charge: { model: 'perUnit', rate: '1', perUnits: million }, roundAt: 'line' };
const by = (aggregation: Aggregation, change: Partial<UsagePrice> = {}): CaseTariff => ({
  prices: priced({ ...unitPrice, aggregation, ...change }),
});

/** The day and hour in January, the quantity, what it was used with. */
type Event = [at: string, quantity: number, service?: string];
const recordsOf = (events: readonly Event[]): UsageRecord[] =>
  events.map(([at, quantity, service], index) => {
    const [day = '01', time = '00:00'] = at.split(' ');
    return call({
      recordId: `r${String(index).padStart(2, '0')}`,
      usageType: 'event',
      otherParty: '',
      startAt: `2026-01-${day.padStart(2, '0')}T${time}:00.000Z`,
      quantity: Math.round(quantity * million),
      ...(service === undefined ? {} : { service }),
    });
  });

function fold(events: readonly Event[], tariff: CaseTariff): RatedUsage[] {
  return foldGroup(emptyState(), guideAll(recordsOf(events), tariff)).folded.map(({ outcome }) => {
    if ('suspended' in outcome) throw new Error(outcome.suspended);
    return outcome.rated;
  });
}

/** What each record adds to the bill, in their order of time, and the line. */
function told(events: readonly Event[], tariff: CaseTariff): string {
  const amounts = fold(events, tariff).map(({ amountMicro }) => amountMicro);
  const sum = amounts.reduce((total, each) => total + each, 0);
  return `${amounts.map((each) => each / million).join(' ')}: ${sum / million}`;
}

const devices = by('uniqueCount', { distinct: 'service' });
const tier = (upTo: number | null, rate: string): PriceTier => ({ upTo, rate, perUnits: million });

it.each<[string, CaseTariff, Event[], string]>([
  ['added up', by('sum'), [['1', 20], ['2', 10]], '20 10: 30'],
  ['counted, whatever they hold', by('count'), [['1', 20], ['2', 0.5], ['3', -1]], '1 1 1: 3'],
  ['distinct values, each once', devices, [['1', 10, 'a'], ['2', 20, 'a'], ['3', 1, 'b']], '1 0 1: 2'],
  ['a value that is taken off, and comes again', devices, [['1', 1, 'a'], ['2', 1, 'b'], ['3', -1, 'a'], ['4', -1, 'a'], ['5', 1, 'a']], '1 1 -1 0 1: 2'],
  ['without a value nothing is counted', devices, [['1', 1], ['2', 1, 'a']], '0 1: 1'],
  ['the highest', by('max'), [['1', 10], ['2', 20], ['3', 15], ['4', 21]], '10 10 0 1: 21'],
  ['the highest is never below zero', by('max'), [['1', -5]], '0: 0'],
  ['the last', by('latest'), [['1', 5], ['2', 7], ['3', 6]], '5 2 -1: 6'],
  ['the last one by time, not by arrival', by('latest'), [['17', 10], ['16', 20]], '20 -10: 10'],
  ['a level of 31 for the whole month', by('weightedSum'), [['1', 31]], '31: 31'],
  ['a level for one day of 31', by('weightedSum'), [['1', 31], ['2', -31]], '31 -30: 1'],
  ['20 for a month, 10 more for its last day', by('weightedSum'), [['1', 20], ['31', 31]], '20 1: 21'],
  ['16.5 of 744 unit hours', by('weightedSum'), [['1 00:00', 2], ['1 01:00', 3], ['1 01:30', 1], ['1 02:00', -4], ['1 04:00', -2], ['1 05:00', 10], ['1 05:30', -10]], '2 2.995968 0.997984 -3.989248 -1.989247 9.932796 -9.926076: 0.022177'],
  ['units that are taken back', by('sum'), [['1', 5], ['2', -3], ['3', 1]], '5 -3 1: 3'],
  ['more than there were: nothing, and what comes next pays it off first', by('sum'), [['1', 5], ['2', -100], ['3', 97]], '5 -5 2: 2'],
  ['taken back before they came', by('sum'), [['1', -3], ['2', 5]], '0 2: 2'],
])('%s', (_, tariff, events, expected) => {
  expect(told(events, tariff)).toBe(expected);
}); // prettier-ignore

it.each<[string, CaseTariff, Event[], string]>([
  ['tiers of the highest value', by('max', { charge: { model: 'graduated', tiers: [tier(10 * million, '2'), tier(null, '1')] } }), [['1', 8], ['2', 15]], '16 9: 25'],
  ['all distinct values at the price of their number', by('uniqueCount', { distinct: 'service', charge: { model: 'volume', tiers: [tier(2 * million, '3'), tier(null, '1')] } }), [['1', 1, 'a'], ['2', 1, 'b'], ['3', 1, 'c']], '3 3 -3: 3'],
  ['full packages of records', by('count', { charge: { model: 'package', size: 2 * million, amount: '5', counts: 'full' } }), [['1', 1], ['2', 1], ['3', 1]], '0 5 0: 5'],
  ['an added level crosses a tier downwards', by('sum', { charge: { model: 'graduated', tiers: [tier(5 * million, '10'), tier(null, '5')] } }), [['1', 4], ['2', 2], ['3', -3]], '40 15 -25: 30'],
])('%s', (_, tariff, events, expected) => {
  expect(told(events, tariff)).toBe(expected);
}); // prettier-ignore

it('allowances of units do not know it, included money pays it and has it back', () => {
  const units = allowance({ usageType: 'event', zones: ['home'], units: 100 * million });
  const credit = allowance({ allowanceId: 'credit', usageType: 'money', zones: [], units: 8 * million });
  const tariff = { ...by('latest'), allowances: [units, credit] };
  expect(told([['1', 10], ['2', 5]], tariff)).toBe('2 -2: 0');
  const [, last] = fold([['1', 10], ['2', 5]], tariff);
  expect(last?.explanation.used).toEqual([{ bucket: 'sub_1/credit', units: -3 * million, usageType: 'money' }]);
}); // prettier-ignore

it('a price that rounds each record has no sum to take units from', () => {
  const tariff = { prices: priced({ ...unitPrice, roundAt: 'record' as const }) };
  const { folded } = foldGroup(emptyState(), guideAll(recordsOf([['1', -1]]), tariff));
  expect(folded.map(({ outcome }) => outcome)).toEqual([{ suspended: 'noSum' }]);
});

it.each<Aggregation>(['count', 'uniqueCount', 'max', 'latest', 'weightedSum'])(
  '%s: a record that the network took back is as if it had never been',
  (aggregation) => {
    const tariff = by(aggregation, aggregation === 'uniqueCount' ? { distinct: 'service' } : {});
    const [first, last] = recordsOf([['1', 4, 'a'], ['2', 9, 'b']]) as [UsageRecord, UsageRecord]; // prettier-ignore
    const lineOf = (records: UsageRecord[]) =>
      foldGroup(emptyState(), guideAll(records, tariff)).folded.reduce(
        (sum, { outcome }) => sum + ('rated' in outcome ? outcome.rated.amountMicro : NaN),
        0,
      );
    expect(lineOf([first, { ...last, quantity: 0, withdrawn: true }])).toBe(lineOf([first]));
  },
);

it('says what it adds to', () => {
  const { billedQuantity, amountMicro, explanation } = fold([['1', 10], ['2', 12]], by('max'))[1]!; // prettier-ignore
  const usage = { usageType: 'event' as const, quantity: 12 * million, billedQuantity, amountMicro };
  expect(sentenceOf({ ...usage, currency: 'EUR', explanation })).toContain(
    '12 units used, billed as 2 units (1/1); ',
  );
  expect(sentenceOf({ ...usage, currency: 'EUR', explanation })).toContain(
    '2 units charged by the highest value of the period; 1 EUR per 1 units; after 10 units of the same bill line',
  );
});

it.each<[Partial<UsagePrice>, string]>([
  [{ roundAt: 'day' }, 'price.roundAt: must be line: max is of the whole period'],
  [{ connectFee: '1' }, 'price.connectFee: is of a single call: leave it out with max'],
  [{ charge: { model: 'flat', amount: '1' } }, 'price.charge.model: prices no quantity of a period: max needs one of perUnit, package, graduated, volume'],
  [{ aggregation: 'uniqueCount' }, 'price.distinct: is missing: uniqueCount counts distinct values of it, such as otherParty or cell'],
  [{ distinct: 'cell' }, 'price.distinct: is for uniqueCount: leave it out, or set aggregation to uniqueCount'],
])('%j is refused', (change, expected) => {
  const findings = checkPrice({ ...unitPrice, aggregation: 'max', ...change }, 'price');
  expect(findings.map(({ field, reason }) => `${field}: ${reason}`)).toEqual([expected]);
}); // prettier-ignore

/** The quantity of a period by its definition, from all records at once. */
function quantityOf(aggregation: Aggregation, records: readonly UsageRecord[]): number {
  const inOrder = [...records].sort((left, right) =>
    `${left.startAt} ${left.recordId}` < `${right.startAt} ${right.recordId}` ? -1 : 1,
  );
  switch (aggregation) {
    case 'sum':
      return records.reduce((sum, { quantity }) => sum + quantity, 0);
    case 'count':
      return records.length * million;
    case 'uniqueCount': {
      const there = new Set<string>();
      for (const { service = '', quantity } of inOrder)
        if (quantity < 0) there.delete(service);
        else there.add(service);
      return there.size * million;
    }
    case 'max':
      return Math.max(0, ...records.map(({ quantity }) => quantity));
    case 'latest':
      return Math.max(0, inOrder.at(-1)?.quantity ?? 0);
    case 'weightedSum': {
      const month = BigInt(Date.UTC(2026, 1, 1) - Date.UTC(2026, 0, 1));
      const unitMs = records.reduce(
        (sum, { quantity, startAt }) =>
          sum + BigInt(quantity) * BigInt(Date.UTC(2026, 1, 1) - Date.parse(startAt)),
        0n,
      );
      const twice = 2n * unitMs;
      return Number((twice + (unitMs < 0n ? -month : month)) / (2n * month));
    }
  }
}

const anEvent = fc
  .tuple(
    fc.integer({ min: 1, max: 31 }),
    fc.integer({ min: -30, max: 60 }),
    fc.constantFrom('a', 'b', 'c', 'd'),
  )
  .map(([day, tenths, service]): Event => [String(day), tenths / 10, service]);

it.each<Aggregation>(['sum', 'count', 'uniqueCount', 'max', 'latest', 'weightedSum'])(
  '%s: the line is the price of the quantity, in any order of arrival, in any batches',
  (aggregation) => {
    const tariff = by(aggregation, aggregation === 'uniqueCount' ? { distinct: 'service' } : {});
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 12 }), fc.nat(12), fc.boolean(), (events, cut, isTurned) => {
        const records = recordsOf(events);
        const arrived = guideAll(isTurned ? [...records].reverse() : records, tariff);
        const { state, folded } = foldGroup(emptyState(), arrived);
        const sum = folded.reduce(
          (total, { outcome }) => total + ('rated' in outcome ? outcome.rated.amountMicro : NaN),
          0,
        );
        expect(sum).toBe(Math.max(0, quantityOf(aggregation, records)));
        const inOrder = folded.map(({ guided }) => guided);
        const first = foldGroup(emptyState(), inOrder.slice(0, cut));
        expect(foldGroup(first.state, inOrder.slice(cut)).state.sums).toEqual(state.sums);
      }),
    );
  },
);
