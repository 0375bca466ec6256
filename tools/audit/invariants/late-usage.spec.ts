import { type LateGroup, type LateLine, placeOfLate } from './late-usage';

const group = (billing?: LateGroup['billing']): LateGroup => ({
  _id: 'sub/2026-02-01/late/2026-01-01',
  amountMicro: 40_000,
  records: 1,
  ...(billing ? { billing } : {}),
});
const line = (invoiceId: string, late = true): LateLine => ({ invoiceId, late, periodIds: [group()._id] });

it.each<[string, LateGroup, LateLine[], string]>([
  ['nothing took it yet', group(), [], 'waiting'],
  ['a run that is not numbered', group({ invoiceId: null }), [line('inv_1')], 'on a draft'],
  ['its bill', group({ invoiceId: 'inv_1' }), [line('inv_1'), line('inv_1')], 'billed'],
  ['the report', group({ invoiceId: null, reported: true }), [], 'reported'],
])('late usage on %s', (_, late, lines, state) => {
  expect(placeOfLate(late, lines)).toEqual({ state });
});

it.each<[string, LateGroup, LateLine[], RegExp]>([
  ['two bills', group({ invoiceId: 'inv_1' }), [line('inv_1'), line('inv_2')], /is on inv_1 and inv_2/],
  [
    'report and bill',
    group({ invoiceId: null, reported: true }),
    [line('inv_1')],
    /on the report and on inv_1/,
  ],
  ['a bill that has it not', group({ invoiceId: 'inv_1' }), [], /no line bills/],
  ['a line without its days', group({ invoiceId: 'inv_1' }), [line('inv_1', false)], /come in time/],
])('a fault: %s', (_, late, lines, fault) => {
  expect(placeOfLate(late, lines)).toEqual({ fault: expect.stringMatching(fault) as string });
});
