import { describe, expect, it } from '@jest/globals';
import type { AttemptState } from '@tollkeeper/contracts';
import { type AttemptProgress, isNews, isOpen, mayBecome, overallState } from './attempt-states';

describe('an attempt', () => {
  it.each<[AttemptProgress, AttemptState, boolean]>([
    ['created', 'succeeded', true],
    ['created', 'unknown', true],
    ['unknown', 'succeeded', true],
    ['unknown', 'gatewayFailure', true],
    ['unknown', 'unknown', false],
    ['pending', 'declined', true],
    ['pending', 'unknown', false],
    ['gatewayFailure', 'succeeded', true],
    ['gatewayFailure', 'declined', false],
    ['succeeded', 'declined', false],
    ['succeeded', 'succeeded', false],
    ['declined', 'succeeded', false],
    ['requiresAction', 'cancelled', true],
    ['pending', 'cancelled', false],
    ['cancelled', 'succeeded', true],
    ['cancelled', 'declined', false],
  ])('that is %s may become %s: %s', (from, to, allowed) => {
    expect(mayBecome(from, to)).toBe(allowed);
  });

  it.each<[AttemptProgress, AttemptState, boolean]>([
    ['created', 'succeeded', false],
    ['created', 'declined', false],
    ['unknown', 'pending', false],
    ['unknown', 'gatewayFailure', true],
    ['pending', 'declined', true],
    ['pending', 'succeeded', true],
    ['requiresAction', 'succeeded', true],
    ['requiresAction', 'declined', false],
    ['gatewayFailure', 'succeeded', true],
    ['gatewayFailure', 'pending', false],
    ['requiresAction', 'cancelled', false],
    ['cancelled', 'succeeded', true],
  ])('from %s to %s is news to whoever charged: %s', (from, to, expected) => {
    expect(isNews(from, to)).toBe(expected);
  });

  it.each<[AttemptProgress, boolean]>([
    ['created', true],
    ['unknown', true],
    ['pending', true],
    ['requiresAction', false],
    ['declined', false],
    ['gatewayFailure', false],
    ['succeeded', false],
  ])('that is %s keeps its reservation: %s', (state, open) => {
    expect(isOpen(state)).toBe(open);
  });
});

it.each<[AttemptProgress[], AttemptState | 'notAllowed']>([
  [[], 'notAllowed'],
  [['succeeded', 'succeeded'], 'succeeded'],
  [['succeeded', 'declined'], 'declined'],
  [['declined', 'unknown'], 'unknown'],
  [['declined', 'pending'], 'pending'],
  [['gatewayFailure', 'succeeded'], 'gatewayFailure'],
  [['succeeded', 'created'], 'unknown'],
])('charges that ended %j come to %s', (states, overall) => {
  expect(overallState(states)).toBe(overall);
});
