import { describe, expect, it } from '@jest/globals';
import type { OrderStepState } from '@tollkeeper/contracts';
import {
  ended,
  objectionTo,
  type Progress,
  refused,
  retried,
  steeringsOf,
  turnedBack,
  withStep,
} from './order-progress';

const now = '2026-01-10T12:00:00.000Z';
const later = '2026-01-20T12:00:00.000Z';

const step = (name: string, state: OrderStepState, more: Partial<Progress['steps'][number]> = {}) => ({
  ...{ step: name, state, phase: 'effective' as const, final: false, attempt: 1, error: null },
  ...{ waitsUntil: null, at: null },
  ...more,
});
const order = (steps: Progress['steps'], more: Partial<Progress> = {}): Progress => ({
  state: 'inProgress',
  open: true,
  direction: 'forward',
  endsAs: 'completed',
  effectiveAt: now,
  steps,
  held: null,
  endedAt: null,
  ...more,
});
const atOnce = { phase: 'atOnce' as const };
const held = { step: 'b', code: 'declined', reason: 'no money', since: now };

describe('what people may do with an order', () => {
  it.each([
    [
      'before its day',
      order([step('a', 'done', atOnce), step('b', 'pending')], { effectiveAt: later }),
      ['cancel'],
    ],
    ['on its way', order([step('a', 'done'), step('b', 'pending')]), []],
    ['waiting for the network', order([step('a', 'done'), step('b', 'waiting')]), ['undo']],
    ['waiting for a payment', order([step('a', 'done'), step('firstCharge', 'waiting')]), []],
    ['held', order([step('a', 'done'), step('b', 'refused')], { state: 'held', held }), ['retry', 'undo']],
    [
      'held behind what cannot be undone',
      order([step('a', 'done', { final: true }), step('b', 'refused')], { state: 'held', held }),
      ['retry'],
    ],
    ['being undone', order([step('a', 'done')], { direction: 'back' }), []],
    ['ended', order([step('a', 'done')], { state: 'completed', open: false }), []],
  ])('%s: %j', (_, given, steerings) => expect(steeringsOf(given)).toEqual(steerings));

  it('says why not, and what else', () => {
    expect(objectionTo('cancel', order([step('a', 'done')]))).toMatchObject({ code: 'inEffect' });
  });
});

describe('how an order goes on', () => {
  it('a refusal holds it; a retry raises the attempt of that step alone', () => {
    const stopped = refused(order([step('a', 'done'), step('b', 'pending')]), 'b', held, now);
    expect(stopped).toMatchObject({ state: 'held', held: { step: 'b', code: 'declined' } });
    const again = retried(stopped, now);
    expect(again).toMatchObject({ state: 'inProgress', held: null });
    expect(again.steps.map(({ state, attempt }) => [state, attempt])).toEqual([
      ['done', 1],
      ['pending', 2],
    ]);
  });

  it('what comes too late does not hold an order that is being undone', () => {
    const back = turnedBack(order([step('a', 'waiting')]));
    expect(refused(back, 'a', held, now).state).toBe('inProgress');
  });

  it.each([
    [
      'before it took effect it is cancelled',
      order([step('a', 'done', atOnce)], { effectiveAt: later }),
      'cancelled',
    ],
    ['afterwards it has failed', order([step('a', 'done')]), 'failed'],
  ])('turned back %s', (_, given, state) => {
    expect(ended(turnedBack(given), now)).toMatchObject({ state, open: false, endedAt: now });
  });

  it('what is taken at once does not take effect', () => {
    const placed = order([step('a', 'pending', atOnce)], { state: 'acknowledged', effectiveAt: later });
    expect(withStep(placed, 'a', { state: 'done' }, now).state).toBe('acknowledged');
  });
});
