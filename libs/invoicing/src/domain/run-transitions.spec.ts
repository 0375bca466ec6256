import { expect, it } from '@jest/globals';
import type { BillRunState } from '@tollkeeper/contracts';
import {
  canMove,
  canStill,
  isAlreadyDone,
  mayNumber,
  type RunAction,
  runTransitions,
} from './run-transitions';

it.each<[BillRunState, BillRunState, boolean]>([
  ['collecting', 'drafting', true],
  ['collecting', 'finalizing', false],
  ['checking', 'finalizing', true],
  ['pendingApproval', 'finalizing', true],
  ['pendingApproval', 'cancelled', true],
  ['finalizing', 'cancelled', false],
  ['delivering', 'lateUsage', true],
  ['lateUsage', 'completed', true],
  ['completed', 'drafting', false],
  ['cancelled', 'collecting', false],
])('%s -> %s: %s', (from, to, expected) => {
  expect(canMove(from, to)).toBe(expected);
});

it('cancels only before numbering', () => {
  const states = Object.keys(runTransitions) as BillRunState[];
  for (const state of states) if (canMove(state, 'cancelled')) expect(mayNumber(state)).toBe(false);
});

it.each<[RunAction, BillRunState, boolean]>([
  ['approve', 'pendingApproval', true],
  ['approve', 'drafting', false],
  ['cancel', 'checking', true],
  ['cancel', 'finalizing', false],
  ['skipAccount', 'delivering', false],
  ['retryFailed', 'lateUsage', true],
  ['pause', 'completed', false],
])('%s while %s: %s', (action, state, expected) => {
  expect(canStill(action, state)).toBe(expected);
});

it.each<[RunAction, BillRunState, boolean]>([
  ['approve', 'pendingApproval', false],
  ['approve', 'finalizing', true],
  ['approve', 'completed', true],
  ['approve', 'cancelled', false],
  ['reject', 'finalizing', false],
])('%s again while %s has been done already: %s', (action, state, expected) => {
  expect(isAlreadyDone(action, state)).toBe(expected);
});
