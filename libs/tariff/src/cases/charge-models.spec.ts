import type { ChargeModel, PriceTier } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import { exact, type Exact, isLess, plus } from '../prices/exact';
import { type ProratedEvent, proratedGraduated } from '../prices/prorated-graduated';
import { graduatedParts } from '../prices/tiers';
import { blocks, decimal, graduated, million, priceOf, priceOfEvents, tier, volume } from './price-of';

const decimalTiers = graduated(tier(0.1, '10'), tier(1, '5'), tier(null, '2'));
const ones = [blocks(10, 1, '1.5'), blocks(110, 1, '1'), blocks(1110, 1, '0.5')];
const sizes = [blocks(1000, 100, '1'), blocks(101_000, 1000, '1'), blocks(201_000, 1000, '0.5')];

test.each<[string, ChargeModel, string, string]>([
  ['C001 per unit, never rounded', { model: 'perUnit', rate: '5.12345', perUnits: million }, '10', '51.2345'],
  ['C003 edges with decimals: inside the first tier', decimalTiers, '0.05', '0.5'],
  ['C003 edges with decimals: 0.1 at 10, 0.4 at 5', decimalTiers, '0.5', '3'],
  ['C003 on the edge', decimalTiers, '0.1', '1'],
  [
    'a flat amount is due once its tier is reached',
    graduated(tier(10, '1', { flat: '5' }), tier(null, '0', { flat: '7' })),
    '10',
    '15',
  ],
  [
    'and not before',
    graduated(tier(10, '1', { flat: '5' }), tier(null, '0', { flat: '7' })),
    '10.000001',
    '22',
  ],
  ['nothing used costs nothing, flat amounts too', graduated(tier(10, '1', { flat: '5' })), '0', '0'],
  [
    'volume: the tier of the total prices all',
    volume(tier(10, '5'), tier(null, '2', { flat: '1' })),
    '11',
    '23',
  ],
  ['volume: on the edge', volume(tier(10, '5'), tier(null, '2', { flat: '1' })), '10', '50'],
  ['C023 blocks, all tiers: 15 + 100 + 0.5', graduated(...ones), '111', '115.5'],
  ['C023 blocks, top tier', volume(...ones), '111', '55.5'],
  ['C025 top tier: 10 blocks of 100', volume(...sizes), '1000', '10'],
  ['C025 top tier: 101 of 1000', volume(...sizes), '101000', '101'],
  ['C025 top tier: a started block more is the next tier', volume(...sizes), '101001', '51'],
  ['C025 past the end the last tier prices all', volume(...sizes), '300000', '150'],
  [
    'past the end of all tiers the last one goes on',
    graduated(blocks(10, 1, '1'), blocks(20, 1, '2')),
    '25',
    '40',
  ],
  ['C028 minutes', graduated(blocks(10_000_000, 1000, '0.5')), '1000', '0.5'],
  ['C028 megabytes', graduated(blocks(262_144_000, 512, '0.3')), '30720', '18'],
  ['packages: started ones count', { model: 'package', size: 100 * million, amount: '3' }, '101', '6'],
  ['packages: on the edge', { model: 'package', size: 100 * million, amount: '3' }, '200', '6'],
  [
    'packages behind free units',
    { model: 'package', size: 100 * million, amount: '3', freeUnits: 50 * million },
    '150',
    '3',
  ],
  [
    'packages: free units only',
    { model: 'package', size: 100 * million, amount: '3', freeUnits: 50 * million },
    '50',
    '0',
  ],
  ['R102 one interval at least', graduated(blocks(10, 10, '1')), '1', '1'],
  ['R102 no rounding up: part of an interval', graduated(tier(10, '1', { perUnits: 10 })), '1', '0.1'],
  ['R102 9.9 of 10', graduated(tier(10, '1', { perUnits: 10 })), '9.9', '0.99'],
  [
    'R102 what is given back mirrors what was taken',
    graduated(blocks(9, 1, '1'), blocks(10, 1, '100')),
    '-10',
    '-109',
  ],
  ['R102 nothing', graduated(blocks(9, 1, '1'), blocks(10, 1, '100')), '0', '0'],
  [
    'R106 what is over the bundles, in tiers',
    graduated(blocks(20, 1, '0.2'), blocks(null, 1, '0.5')),
    '225',
    '106.5',
  ],
  ['R110 the same', graduated(blocks(20, 1, '0.1'), blocks(null, 1, '0.2')), '42', '6.4'],
])('%s', (_, model, units, amount) => {
  expect(priceOf(model, units)).toBe(amount);
});

it('C030: what is billed goes on in the tier that was reached', () => {
  const foo = [blocks(10, 1, '1'), blocks(60, 1, '10'), blocks(135, 1, '100')];
  const bar = [blocks(100, 1, '2'), blocks(600, 1, '20'), blocks(1350, 1, '200')];
  const parts = (tiers: PriceTier[], from: number, to: number) => {
    const { denominator, parts: added } = graduatedParts(tiers, from, to);
    return added.map((part) => decimal(exact(part, denominator)));
  };
  expect(parts(foo, 50, 70)).toEqual(['0', '100', '1000']);
  expect(parts(bar, 80, 200)).toEqual(['40', '2000', '0']);
});

const tiersOfMoney: ChargeModel = {
  model: 'graduatedPercentage',
  tiers: [
    { upTo: '10', percent: '1', flat: '200' },
    { upTo: '20', percent: '2', flat: '300' },
    { upTo: null, percent: '3', flat: '400' },
  ],
};
const percent = (change: Partial<Extract<ChargeModel, { model: 'percentage' }>>): ChargeModel => ({
  model: 'percentage',
  percent: '1.5',
  ...change,
});

test.each<[string, ChargeModel, string[], string]>([
  ['C009 0 %: only what is fixed', percent({ percent: '0', fixed: '2' }), ['200', '200', '200', '200'], '8'],
  ['C012 nothing yet', tiersOfMoney, ['0'], '200'],
  ['C012 in the first tier', tiersOfMoney, ['1'], '200.01'],
  ['C012 on its edge', tiersOfMoney, ['10'], '200.1'],
  ['C012 in the second', tiersOfMoney, ['11'], '500.12'],
  ['C012 further', tiersOfMoney, ['12'], '500.14'],
  ['C012 in the third', tiersOfMoney, ['21'], '900.33'],
  ['C012 in parts as at once', tiersOfMoney, ['1', '9', '2', '9'], '900.33'],
  ['percent and fixed part', percent({ fixed: '0.2' }), ['100', '10'], '2.05'],
  ['the first two events are free', percent({ fixed: '0.2', freeEvents: 2 }), ['100', '10', '20'], '0.5'],
  [
    'the first 50 are free; the event that crosses pays for the rest of it',
    percent({ fixed: '0.2', freeAmount: '50' }),
    ['40', '20', '10'],
    '0.7',
  ],
  ['free until the first of both limits', percent({ freeEvents: 1, freeAmount: '50' }), ['40', '10'], '0.15'],
  ['free until the other', percent({ freeEvents: 2, freeAmount: '50' }), ['60', '10'], '0.3'],
  [
    'at least 0.5 and at most 2 for each that pays',
    percent({ freeEvents: 1, minPerEvent: '0.5', maxPerEvent: '2' }),
    ['900', '10', '100', '400'],
    '4',
  ],
  ['flat: each event the same', { model: 'flat', amount: '0.35' }, ['7', '0', '1'], '1.05'],
  ['C046 the event says its price; fractions of a cent stay', { model: 'passThrough' }, ['0.402'], '0.402'],
])('%s', (_, model, amounts, sum) => {
  expect(priceOfEvents(model, ...amounts)).toBe(sum);
});

const twoTiers = [tier(5, '10', { flat: '100' }), tier(null, '5', { flat: '50' })];
const events = (full: string[], prorated: string[]): ProratedEvent[] =>
  full.map((each, index) => ({ full: each, prorated: prorated[index]! }));

test.each<[string, PriceTier[], ProratedEvent[], string]>([
  [
    'C014 an event over an edge is split in proportion',
    twoTiers,
    events(['2', '5', '10', '-6'], ['1.4', '2.66667', '2', '-2.2']),
    '184.33',
  ],
  ['C017 what goes down over an edge too', twoTiers, events(['4', '2', '-3'], ['2.8', '1', '-0.6']), '180.5'],
  ['C019 never below nothing', twoTiers, events(['5', '-100'], ['2', '-33.33']), '0'],
  [
    'C021 three tiers at once',
    [twoTiers[0]!, tier(15, '5', { flat: '50' }), tier(null, '2')],
    events(['75'], ['75']),
    '370',
  ],
])('%s', (_, tiers, list, amount) => {
  const sum = proratedGraduated(tiers, list);
  const wanted = exact(parseRate(amount), 1_000_000n);
  const cent: Exact = { numerator: 10_000n, denominator: 1n };
  expect(isLess(sum, wanted)).toBe(false);
  expect(isLess(sum, plus(wanted, cent))).toBe(true);
});
