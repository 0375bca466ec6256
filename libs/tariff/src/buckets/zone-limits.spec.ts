import type { Allowance } from '@tollkeeper/contracts';
import { emptyState, foldGroup } from '../rating/fold-group';
import { account, allowance, dataEntry, dataUse, guided, offering, subscription } from '../sample-tariff';
import { bucketStands } from './bucket-stands';
import { grantsIn } from './entitlement';

/** 1 a byte abroad, so that an amount is what is charged. */
const entries = [
  dataEntry({ rate: '0' }),
  dataEntry({ prefix: 'zone:roaming', servingZone: 'roaming', zone: 'eea', rate: '1', perUnits: 1 }),
];
const bundle = (change: Partial<Allowance>): Allowance =>
  allowance({
    allowanceId: 'data',
    usageType: 'data',
    zones: ['home', 'eea'],
    units: 100,
    limits: [{ zones: ['eea'], units: 36 }],
    ...change,
  });

/** `h50`: 50 bytes at home; `r50`: abroad; `R50`: abroad, by the other member of the pool. */
function used(uses: string, change: Partial<Allowance> = {}, more: Allowance[] = []) {
  const number = (value: string) => [
    { kind: 'msisdn' as const, value, from: '2026-01-01T00:00:00.000Z', to: null },
  ];
  const poolId = change.shared ? 'pool_1' : null;
  const subscriptions = [
    subscription({ poolId }),
    subscription({ poolId, subscriptionId: 'sub_2', identifiers: number('4915222') }),
  ];
  const tariff = {
    entries,
    offerings: [offering({ allowances: [bundle(change), ...more] })],
    accounts: [account({ subscriptions })],
  };
  const usages = uses.split(' ').map((use, at) =>
    guided(
      dataUse({
        recordId: `r${at}`,
        startAt: `2026-01-10T12:0${at}:00.000Z`,
        quantity: Number(use.slice(1)),
        network: use.startsWith('h') ? '26201' : '20801',
        msisdn: use.startsWith('R') ? '4915222' : '4915111',
      }),
      tariff,
    ),
  );
  const { state, folded } = foldGroup(emptyState(), usages);
  const rated = folded.map(({ outcome }) => {
    if ('suspended' in outcome) throw new Error(outcome.suspended);
    return outcome.rated;
  });
  return { state, usages, rated };
}

const told = (...question: Parameters<typeof used>): string =>
  used(...question)
    .rated.map(({ includedQuantity, explanation }) => `${includedQuantity}+${explanation.chargedQuantity}`)
    .join(' ');

describe('at most 36 of these 100 abroad', () => {
  it.each<[string, string, Partial<Allowance>, string]>([
    ['all of it at home', 'h100', {}, '100+0'],
    ['36 abroad, 64 at home', 'r50 h70', {}, '36+14 64+6'],
    ['home goes on when the limit is reached', 'r36 r1 h64', {}, '36+0 0+1 64+0'],
    ['what home used is not there abroad', 'h80 r30', {}, '80+0 20+10'],
    ['whole steps, no more than the limit has', 'r40', { step: 10 }, '30+10'],
    ['units left: the surcharge, no lower speed', 'r40', { whenUsedUp: 'throttle' }, '36+4'],
    ['no units left: lower speed', 'h90 r20', { whenUsedUp: 'throttle' }, '90+0 20+0'],
    ['no units left and the limit reached: the surcharge', 'r36 h64 r5', { whenUsedUp: 'throttle' }, '36+0 64+0 0+5'],
    ['two limits, both hold', 'r40', { limits: [{ zones: ['eea'], units: 36 }, { zones: ['roaming'], units: 20 }] }, '20+20'],
    ['of a pool each member has its own', 'r40 R40 h40', { shared: true }, '36+4 36+4 28+12'],
  ])('%s: %s', (_, uses, change, expected) => expect(told(uses, change)).toBe(expected)); // prettier-ignore

  it('the next allowance covers what lies beyond it', () => {
    const pass = allowance({
      allowanceId: 'pass',
      usageType: 'data',
      zones: ['eea'],
      units: 10,
      priority: 2,
    });
    expect(told('r50', {}, [pass])).toBe('46+4');
  });

  it('is explained, counted and shown', () => {
    const { state, usages, rated } = used('r50 h10');
    expect(rated[0]?.explanation.beyondLimit).toEqual({ of: 'sub_1/data', zones: ['eea'], units: 36 });
    expect(rated[1]?.explanation.beyondLimit).toBeUndefined();
    expect(Object.fromEntries(state.buckets)).toEqual({ 'sub_1/data': 46, 'sub_1/data!in:eea': 36 });
    const [first] = usages;
    const grants = grantsIn(first!.entitlement, first!.period);
    expect(bucketStands(grants, state, '2026-01-11T00:00:00.000Z', [])[0]).toMatchObject({
      left: 54,
      limits: [{ zones: ['eea'], units: 36, used: 36 }],
    });
  });
});
