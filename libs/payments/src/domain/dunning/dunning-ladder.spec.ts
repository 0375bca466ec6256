import { describe, expect, it } from '@jest/globals';
import type { DunningAction, DunningLevel } from '@tollkeeper/contracts';
import { defaultDunningPolicy } from './default-dunning-policy';
import { ladderFault, scheduleLadder } from './dunning-ladder';

const daysOf = (oldestDueOn: string, openedOn: string, zone = 'UTC') =>
  scheduleLadder(defaultDunningPolicy, { oldestDueOn, openedOn, zone }).map(
    ({ levelId, at }) => `${levelId} ${at}`,
  );

describe('the default ladder', () => {
  it('counts from the due date at the hour of the steps', () => {
    expect(daysOf('2026-03-01', '2026-03-02')).toEqual([
      'd1 2026-03-02T09:00:00.000Z',
      'd3 2026-03-04T09:00:00.000Z',
      'd5 2026-03-06T09:00:00.000Z',
      'd7 2026-03-08T09:00:00.000Z',
      'd10 2026-03-11T09:00:00.000Z',
      'd15 2026-03-16T09:00:00.000Z',
      'd45 2026-04-15T09:00:00.000Z',
    ]);
  });

  it('is in local time, also over the change to summer time', () => {
    expect(daysOf('2026-03-26', '2026-03-27', 'Europe/Berlin').slice(0, 3)).toEqual([
      'd1 2026-03-27T08:00:00.000Z',
      'd3 2026-03-29T07:00:00.000Z',
      'd5 2026-03-31T07:00:00.000Z',
    ]);
  });

  it('keeps its distances when the case opens late', () => {
    expect(daysOf('2026-03-01', '2026-03-20').slice(0, 5)).toEqual([
      'd1 2026-03-20T09:00:00.000Z',
      'd3 2026-03-22T09:00:00.000Z',
      'd5 2026-03-24T09:00:00.000Z',
      'd7 2026-03-26T09:00:00.000Z',
      'd10 2026-03-29T09:00:00.000Z',
    ]);
  });

  it('is fair', () => {
    expect(ladderFault(defaultDunningPolicy.levels)).toBeNull();
  });
});

const level = (daysOverdue: number, ...actions: DunningAction[]): DunningLevel => ({
  levelId: `d${daysOverdue}`,
  daysOverdue,
  actions,
});
const notice: DunningAction = { kind: 'sendMessage', template: 'finalNotice' };
const bar: DunningAction = { kind: 'restrict', state: 'barOutgoing' };
const suspend: DunningAction = { kind: 'restrict', state: 'suspended' };

describe('a ladder', () => {
  it.each<[string, DunningLevel[], string]>([
    ['a bar before any notice', [level(3, bar)], 'levels.0'],
    ['a notice only on the day of the bar', [level(3, notice, bar)], 'levels.0'],
    ['a suspension without a bar', [level(1, notice), level(9, suspend)], 'levels.1'],
    ['levels out of order', [level(5, notice), level(3, notice)], 'levels.1.daysOverdue'],
    ['two levels of one name', [level(5, notice), level(5, notice)], 'levels'],
    ['a step after the hand-over', [level(5, { kind: 'handOver' }), level(6, notice)], 'levels.1'],
    ['a message without a template', [level(1, { kind: 'sendMessage' })], 'levels.0.actions'],
    [
      'a message that there is none of',
      [level(1, { kind: 'sendMessage', template: 'remindr1' })],
      'levels.0.actions',
    ],
    [
      'a reminder that accelerates devices',
      [level(1, { ...notice, acceleratesDevicePlans: true })],
      'levels.0.actions',
    ],
    [
      'an acceleration thirteen days after its threat',
      [level(1, notice), level(14, { kind: 'handOver', acceleratesDevicePlans: true })],
      'levels.1.actions',
    ],
    [
      'an acceleration that nothing announced',
      [level(30, { kind: 'handOver', acceleratesDevicePlans: true })],
      'levels.0.actions',
    ],
    ['a retry with a state', [level(1, { kind: 'retryPayment', state: 'suspended' })], 'levels.0.actions'],
  ])('with %s is refused', (_what, levels, field) => {
    expect(ladderFault(levels)?.field).toBe(field);
  });

  it('with an acceleration two weeks after its threat is accepted', () => {
    const handOver: DunningAction = { kind: 'handOver', acceleratesDevicePlans: true };
    expect(ladderFault([level(1, notice), level(15, handOver)])).toBeNull();
  });

  it('with a notice, then a bar, then a suspension is accepted', () => {
    expect(ladderFault([level(1, notice), level(9, bar), level(12, suspend)])).toBeNull();
  });
});
