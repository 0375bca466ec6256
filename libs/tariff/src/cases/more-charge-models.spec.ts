import type { ChargeModel, PriceTier } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import { exact, isLess, plus } from '../prices/exact';
import { type ProratedEvent, proratedGraduated, proratedVolume } from '../prices/prorated-graduated';
import { blocks, decimal, graduated, million, priceOf, priceOfEvents, tier, volume } from './price-of';

/** Facts of other systems' tests (numbers only), and the same with other numbers. A free last tier stands for "charged up to there". */
const free = tier(null, '0');
const flats = (...list: [number | null, string, string][]): PriceTier[] =>
  list.map(([upTo, rate, flat]) => tier(upTo, rate, { flat }));

const threeTiers = flats([10, '10', '2'], [20, '5', '3'], [null, '5', '3']);
const volumeTiers = flats([100, '2', '10'], [200, '1', '0'], [null, '0.5', '50']);
const packages = (amount: string, size: number, freeUnits = 0): ChargeModel => ({
  model: 'package',
  amount,
  size: Math.round(size * million),
  freeUnits: Math.round(freeUnits * million),
});

describe('tiers and packages (Lago, Stripe)', () => {
  test.each<[string, ChargeModel, [units: string, amount: string][]]>([
    ['M001 graduated with flats', graduated(...threeTiers), [['1', '12'], ['10', '102'], ['10.5', '107.5'], ['11', '110'], ['12', '115'], ['20', '155'], ['21', '163']]],
    ['M002 a tier whose rate and flat are 0 is a free part', graduated(tier(0.01, '0'), ...flats([10, '10', '2'], [null, '5', '3'])), [['0', '0'], ['0.01', '0'], ['1.01', '12'], ['11', '109.9']]],
    ['M003 edges with decimals', graduated(tier(0.1, '10'), tier(1, '5'), tier(null, '2')), [['0.1', '1'], ['0.100001', '1.000005'], ['1', '5.5'], ['3', '9.5']]],
    ['M004 volume: the tier of the total, its flat', volume(...volumeTiers), [['1', '12'], ['100', '210'], ['100.5', '100.5'], ['101', '101'], ['200', '200'], ['200.000001', '150.0000005'], ['210', '155'], ['300', '200']]],
    ['M005 packages', packages('100', 10), [['121', '1300'], ['120', '1200'], ['0', '0'], ['0.000001', '100']]],
    ['M006 packages behind free units', packages('100', 10, 10), [['121', '1200'], ['10', '0'], ['10.1', '100']]],
    ['M007 more free than used', packages('100', 10, 200), [['121', '0'], ['201', '100']]],
    ['M008 per unit at 12 decimals', { model: 'perUnit', rate: '0.000000000001', perUnits: million }, [['1000000', '0.000001'], ['1', '0.000000000001']]],
    ['M009 volume, flats only', volume(...flats([5, '0', '5'], [10, '0', '9'], [null, '0', '12'])), [['5', '5'], ['6', '9'], ['11', '12']]],
    ['M010 graduated, flats only', graduated(...flats([5, '0', '5'], [10, '0', '9'], [null, '0', '12'])), [['5', '5'], ['6', '14'], ['11', '26']]],
    ['M011 by started thousands: divide and round up', packages('1.25', 1000), [['1', '1.25'], ['1000', '1.25'], ['1001', '2.5'], ['999999', '1250']]],
    ['M012 divide and round down: whole hundreds only', { model: 'package', amount: '3', size: 100 * million, counts: 'full' }, [['99', '0'], ['100', '3'], ['199.9', '3'], ['200', '6']]],
    ['M013 rate below a cent: 1,000,000 at 0.0002', { model: 'perUnit', rate: '0.0002', perUnits: million }, [['1000000', '200'], ['3', '0.0006']]],
    ['M014 volume past a cheaper tier costs less in all', volume(tier(1000, '1'), tier(null, '0.1')), [['1000', '1000'], ['1001', '100.1']]],
  ])('%s', (_, model, expected) => {
    expect(expected.map(([units]) => [units, priceOf(model, units)])).toEqual(expected);
  }); // prettier-ignore
});

describe('blocks (Kill Bill)', () => {
  const foo = [blocks(10, 1, '1'), blocks(60, 1, '10'), blocks(135, 1, '100')];
  const bar = [blocks(100, 1, '2'), blocks(600, 1, '20'), blocks(1350, 1, '200')];
  const hundreds = [blocks(1000, 100, '1'), blocks(null, 1000, '1')];
  test.each<[string, ChargeModel, [units: string, amount: string][]]>([
    ['M020 all tiers', graduated(...foo), [['5', '5'], ['10', '10'], ['60', '510'], ['75', '2010']]],
    ['M021 all tiers, the other unit', graduated(...bar), [['99', '198'], ['101', '220']]],
    ['M022 top tier', volume(...foo), [['5', '5'], ['60', '600'], ['76', '7600']]],
    ['M023 top tier, the other unit', volume(...bar), [['99', '198'], ['100', '200'], ['101', '2020']]],
    ['M024 blocks of two sizes: 10 of 100, then 5 started thousands', graduated(...hundreds), [['1000', '10'], ['5325', '15'], ['1001', '11']]],
    ['M025 started blocks of one tier', graduated(blocks(null, 100, '1')), [['401', '5'], ['199', '2'], ['400', '4']]],
    ['M026 top tier without end', volume(blocks(1000, 100, '10'), blocks(null, 100, '1')), [['1000', '100'], ['1001', '11'], ['2000', '20']]],
  ])('%s', (_, model, expected) => {
    expect(expected.map(([units]) => [units, priceOf(model, units)])).toEqual(expected);
  }); // prettier-ignore
});

describe('interval tables (BillRun): what a tier holds, in started intervals', () => {
  /** Tiers of so many units, each in intervals at a price; `ends`: what is beyond is not charged. */
  const table = (...rows: [holds: number, price: string, interval: number, ceil?: false][]): ChargeModel => {
    let upTo = 0;
    return graduated(
      ...rows.map(([holds, price, interval, ceil]) => {
        upTo = Math.round((upTo + holds) * million) / million;
        return ceil === false ? tier(upTo, price, { perUnits: interval }) : blocks(upTo, interval, price);
      }),
      free,
    );
  };
  test.each<[string, ChargeModel, string, string]>([
    ['M030 one unit', table([1, '1', 1]), '1', '1'],
    ['M031 two tiers of one', table([1, '1', 1], [1, '1', 1]), '2', '2'],
    ['M032 the second is not reached', table([10, '1', 1], [1, '100', 1]), '10', '10'],
    ['M033 the second is reached', table([9, '1', 1], [1, '100', 1]), '10', '109'],
    ['M034 beyond the last tier nothing is charged', table([1, '0.3', 1]), '2', '0.3'],
    ['M035 price with decimals', table([1, '0.3', 1], [1, '0.4', 1]), '2', '0.7'],
    ['M036 a tier from 1 to 4', table([1, '0.5', 1], [3, '0.5', 1]), '10', '2'],
    ['M037 three tiers', table([1, '0.5', 1], [3, '0.5', 1], [5, '1.2', 1]), '10', '8'],
    ['M038 intervals of a half', table([0.8, '1', 0.5]), '5', '2'],
    ['M039 an interval longer than its tier', table([0.5, '1', 0.8], [1, '2', 4.2]), '5', '3'],
    ['M040 uneven intervals', table([2.4, '1', 0.8], [5, '2', 4.2]), '5', '5'],
    ['M041 the other way round', table([5, '2', 4.2], [2.4, '1', 0.8]), '5', '4'],
    ['M042 three intervals in turn', table([2, '1', 0.5], [4, '1', 3.5], [2, '2', 0.1]), '10', '46'],
    ['M043 cheap short ones, then dear long ones', table([4, '0.1', 0.1], [6, '0.8', 1.1]), '6', '5.6'],
    ['M044 all three, in decimals', table([2, '2.5', 0.5], [6, '1.25', 1.5], [2, '0.1', 0.1]), '10', '17'],
    ['M045 a tier ends in an interval', table([1.5, '0.3', 1]), '4', '0.6'],
    ['M046 the next begins there', table([0.8, '0.3', 1], [1.3, '1', 0.1]), '3', '13.3'],
    ['M047 and the last unit is short', table([0.8, '0.3', 1], [1.3, '1', 0.1]), '2', '12.3'],
    ['M048 fifths, halves, tenths', table([0.8, '0.5', 0.2], [2.5, '0.2', 0.5], [3.5, '1', 0.1]), '10', '38'],
    ['M049 not rounded up: nine tenths', table([10, '1', 10, false]), '9.9', '0.99'],
    ['M050 given back: the same with the sign turned', table([2, '1', 0.5], [4, '1', 3.5], [2, '2', 0.1]), '-10', '-46'],
    ['M051 given back, part of an interval', table([10, '1', 10, false]), '-9.9', '-0.99'],
    ['M052 nothing', table([9, '1', 1]), '0', '0'],
  ])('%s', (_, model, units, amount) => {
    expect(priceOf(model, units)).toBe(amount);
  }); // prettier-ignore
});

describe('percentages (Lago)', () => {
  const percent = (
    rate: string,
    change: Partial<Extract<ChargeModel, { model: 'percentage' }>> = {},
  ): ChargeModel => ({ model: 'percentage', percent: rate, ...change });
  const some = ['50', '100', '250', '400'];
  const both = { fixed: '2', freeEvents: 3, freeAmount: '250' };
  const bounds = { minPerEvent: '1.75', maxPerEvent: '12' };
  const sizes = ['10', '80', '10000'];
  test.each<[string, ChargeModel, string[], string]>([
    ['M060 three events or 250 free, whichever ends first', percent('1.3', both), some, '11.15'],
    ['M061 the first 250 free', percent('1.3', { fixed: '2', freeAmount: '250' }), some, '11.15'],
    ['M062 three events free', percent('1.3', { fixed: '2', freeEvents: 3 }), some, '7.2'],
    ['M063 three events free, 500 not reached', percent('1.3', { ...both, freeAmount: '500' }), some, '7.2'],
    ['M064 nothing free', percent('1.3', { fixed: '2' }), some, '18.4'],
    ['M065 more free events than there are', percent('1.3', { fixed: '2', freeEvents: 5 }), some, '0'],
    ['M066 2.9 % of 4, no fixed part', percent('2.9'), ['1', '1', '1', '1'], '0.116'],
    ['M067 no bounds', percent('2.99'), sizes, '301.691'],
    ['M068 least and most of each', percent('2.99', bounds), sizes, '16.142'],
    ['M069 fixed part within the bounds', percent('2.99', { ...bounds, fixed: '2' }), sizes, '18.691'],
    ['M070 two free: bounds hold for those that pay', percent('2.99', { ...bounds, freeEvents: 2 }), sizes, '12'],
    ['M071 the first 30 free', percent('2.99', { ...bounds, freeAmount: '30' }), sizes, '13.794'],
    ['M072 three events or 10000 free', percent('2.99', { ...bounds, freeEvents: 3, freeAmount: '10000' }), sizes, '2.691'],
    ['M073 an event without money pays the fixed part', percent('1.3', { fixed: '2' }), ['0'], '2'],
    ['M074 the price that the event names', { model: 'passThrough' }, ['0.402', '0.0201'], '0.4221'],
  ])('%s', (_, model, amounts, sum) => {
    expect(priceOfEvents(model, ...amounts)).toBe(sum);
  }); // prettier-ignore

  test.each([
    ['1', '200.01'],
    ['10.5', '500.11'],
    ['20', '500.3'],
    ['20.000001', '900.30000003'],
    ['100', '902.7'],
  ])('M075 tiers of percentages with flats: %s', (money, amount) => {
    const tiers = [
      { upTo: '10', percent: '1', flat: '200' },
      { upTo: '20', percent: '2', flat: '300' },
      { upTo: null, percent: '3', flat: '400' },
    ];
    expect(priceOfEvents({ model: 'graduatedPercentage', tiers }, money)).toBe(amount);
  });
});

describe('tiers by full units, priced by their days (Lago)', () => {
  const two = flats([5, '10', '100'], [null, '5', '50']);
  const three = flats([5, '10', '100'], [15, '5', '50'], [null, '2', '0']);
  const one = flats([1, '10', '100'], [null, '5', '50']);
  const list = (full: number[], days: string[]): ProratedEvent[] =>
    full.map((each, index) => ({ full: String(each), prorated: days[index]! }));
  test.each<[string, PriceTier[], ProratedEvent[], string]>([
    ['M080 up over the edge and down again', two, list([5, 5, 10, -6], ['3.5', '2.66667', '2', '-2.2']), '197.33'],
    ['M081 all of it comes back', two, list([1, 4, 1, -5, -1], ['0.7097', '1.54839', '0.2258', '-0.80645', '-0.0645']), '165.81'],
    ['M082 down from the edge', two, list([5, -2], ['3.5', '-1']), '125'],
    ['M083 over the edge in both directions', two, list([5, 2, -4, 10], ['3.5', '1', '-1.6', '2']), '190'],
    ['M084 one unit', two, list([1], ['0.7']), '107'],
    ['M085 the edge is reached, not crossed', one, list([1], ['0.7']), '107'],
    ['M086 three tiers, up and down', three, list([2, 5, 10, -6, 4, 60], ['1.4', '2.5', '2', '-2.2', '0.667', '2']), '191.34'],
  ])('%s', (_, tiers, events, amount) => {
    const sum = proratedGraduated(tiers, events);
    const [below, cent] = [parseRate(amount) - 5_000_000_000n, 10_000n];
    expect(isLess(sum, exact(below, 1_000_000n))).toBe(false);
    expect(isLess(sum, plus(exact(below, 1_000_000n), exact(cent, 1n)))).toBe(true);
  }); // prettier-ignore
});

test.each<[string, ProratedEvent, string]>([
  ['M087 300 units, 198.6 by their days: 50 and a half each', { full: '300', prorated: '198.6' }, '149.3'],
  ['M088 on the edge of the first tier', { full: '100', prorated: '50' }, '110'],
  ['M089 a unit more is the cheaper tier', { full: '101', prorated: '50' }, '50'],
  ['M090 nothing', { full: '0', prorated: '0' }, '0'],
])('%s', (_, units, amount) => {
  expect(decimal(proratedVolume(volumeTiers, units))).toBe(amount);
});
