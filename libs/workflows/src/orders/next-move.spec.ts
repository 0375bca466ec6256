import { describe, expect, it } from '@jest/globals';
import type { OrderFacts, OrderStepFacts, OrderStepState } from '@tollkeeper/contracts';
import { nextMove } from './next-move';

const noon = '2026-01-10T12:00:00.000Z';
const tomorrow = '2026-01-11T12:00:00.000Z';

const step = (name: string, state: OrderStepState, phase: OrderStepFacts['phase'] = 'effective') => ({
  ...{ step: name, state, phase, final: false, attempt: 1, error: null, waitsUntil: null },
});
const facts = (more: Partial<OrderFacts>): OrderFacts => ({
  state: 'inProgress',
  direction: 'forward',
  effectiveAt: noon,
  steps: [],
  ...more,
});

describe('what an order does next', () => {
  it.each([
    [
      'takes the first step that is not done',
      facts({ steps: [step('a', 'done'), step('b', 'pending')] }),
      'take b',
    ],
    ['closes when all are done', facts({ steps: [step('a', 'done')] }), 'close'],
    ['waits for news of a step that waits', facts({ steps: [step('a', 'waiting')] }), 'wait null'],
    [
      'waits for a person when it is held',
      facts({ state: 'held', steps: [step('a', 'refused')] }),
      'wait null',
    ],
    [
      'takes at once what is not for its day',
      facts({ effectiveAt: tomorrow, steps: [step('a', 'pending', 'atOnce'), step('b', 'pending')] }),
      'take a',
    ],
    [
      'then waits for its day',
      facts({ effectiveAt: tomorrow, steps: [step('a', 'done', 'atOnce'), step('b', 'pending')] }),
      `wait ${tomorrow}`,
    ],
    [
      'undoes the last step first, one that was refused too',
      facts({ direction: 'back', steps: [step('a', 'done'), step('b', 'refused'), step('c', 'pending')] }),
      'undo b',
    ],
    [
      'goes on backwards',
      facts({ direction: 'back', steps: [step('a', 'done'), step('b', 'undone'), step('c', 'pending')] }),
      'undo a',
    ],
    ['closes when all is undone', facts({ direction: 'back', steps: [step('a', 'undone')] }), 'close'],
    ['does nothing once it is closed', facts({ state: 'cancelled' }), 'closed'],
  ])('%s', (_, given, expected) => {
    const move = nextMove(given, noon);
    const more = 'step' in move ? ` ${move.step.step}` : 'until' in move ? ` ${move.until}` : '';
    expect(move.kind + more).toBe(expected);
  });
});
