import { describe, expect, it } from '@jest/globals';
import { stepFaults } from './orders';

const steps = (...states: string[]) => states.map((state, no) => ({ step: `step${no}`, state }));

describe('steps of an order that has ended', () => {
  it.each([
    ['completed', ['done', 'done'], 0],
    ['completed', ['done', 'waiting'], 1],
    ['failed', ['undone', 'pending'], 0],
    ['failed', ['done', 'undone'], 1],
    ['cancelled', ['undone', 'pending'], 0],
    ['cancelled', [], 1],
  ])('%s with %j: %i faults', (state, states, faults) => {
    expect(stepFaults({ state, steps: steps(...states) })).toHaveLength(faults);
  });
});
