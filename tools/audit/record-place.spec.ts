import { expect, it } from '@jest/globals';
import { type NamedInvoice, type PlacedGroup, placeOf, type RunState } from './record-place';

const group = (
  ids: Partial<PlacedGroup['_id']>,
  more: Partial<PlacedGroup> = {},
  invoiceId?: string | null,
): PlacedGroup => ({
  _id: {
    billingPeriodId: 'sub_1/2026-01-01',
    chargingPeriodId: 'p',
    unbilled: null,
    accountId: 'acc_1',
    ...ids,
  },
  records: 3,
  amountMicro: 0,
  sample: 'tnt/rec-1',
  charging: { closedBy: null },
  ...(invoiceId === undefined
    ? {}
    : { charging: { closedBy: 'run_1' }, billing: { accountId: 'acc_1', runId: 'run_1', invoiceId } }),
  ...more,
});
const run = (state: string | null, account: string | null = null): RunState => ({ run: state, account });
const invoice = (change: Partial<NamedInvoice> = {}): NamedInvoice => ({
  accountId: 'acc_1',
  state: 'finalized',
  live: true,
  periodIds: ['sub_1/2026-01-01'],
  ...change,
});
const prepaid = { unbilled: 'prepaid', billingPeriodId: null };

it.each<[string, PlacedGroup, RunState | undefined, NamedInvoice | null]>([
  ['open period', group({}), undefined, null],
  ['prepaid', group(prepaid), undefined, null],
  ['run not numbered yet', group({}, {}, null), run('pendingApproval', 'drafted'), null],
  ['set aside, may be tried again', group({}, {}, null), run('lateUsage', 'failed'), null],
  ['set aside, run closed', group({}, {}, null), run('completed', 'failed'), null],
  ['billed', group({}, {}, 'inv_1'), run('completed', 'finalized'), invoice()],
])('names the state: %s', (state, records, runState, bill) => {
  expect(placeOf(records, runState, bill)).toEqual({ kind: 'named', state });
});

it('waits for a run that has just numbered its bills', () => {
  expect(placeOf(group({}, {}, null), run('lateUsage', 'finalized'), null).kind).toBe('pending');
});

it.each<[string, RegExp, PlacedGroup, RunState | undefined, NamedInvoice | null]>([
  ['no charging period', /charging period/, group({}, { charging: undefined }), undefined, null],
  ['no period at all', /neither prepaid/, group({ billingPeriodId: null }), undefined, null],
  ['prepaid and priced', /costs 5 micro/, group(prepaid, { amountMicro: 5 }), undefined, null],
  ['prepaid and billed', /prepaid and in/, group({ unbilled: 'prepaid' }), undefined, null],
  [
    'an unknown unbilled state',
    /unknown/,
    group({ unbilled: 'gift', billingPeriodId: null }),
    undefined,
    null,
  ],
  [
    'a closed period that nobody bills',
    /run_1 closed/,
    group({}, { charging: { closedBy: 'run_1' } }),
    undefined,
    null,
  ],
  [
    'a completed run without an invoice',
    /no invoice and no open/,
    group({}, {}, null),
    run('completed', 'finalized'),
    null,
  ],
  [
    'a cancelled run that kept the period',
    /cancelled/,
    group({}, {}, null),
    run('cancelled', 'drafted'),
    null,
  ],
  ['an unknown run', /is not there/, group({}, {}, null), run(null), null],
  ['an unknown invoice', /inv_1, which is not there/, group({}, {}, 'inv_1'), run('completed'), null],
  [
    'a void invoice',
    /which is void/,
    group({}, {}, 'inv_1'),
    run('completed'),
    invoice({ state: 'void', live: false }),
  ],
  [
    'another account',
    /another account/,
    group({}, {}, 'inv_1'),
    run('completed'),
    invoice({ accountId: 'acc_2' }),
  ],
  [
    'an invoice without its line',
    /no line bills/,
    group({}, {}, 'inv_1'),
    run('completed'),
    invoice({ periodIds: [] }),
  ],
])('has no place for %s', (_, why, records, runState, bill) => {
  const place = placeOf(records, runState, bill);
  expect(place.kind).toBe('nowhere');
  expect('why' in place && place.why).toMatch(why);
});
