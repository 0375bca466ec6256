import { describe, expect, it } from '@jest/globals';
import { refundMayBecome, type RefundState } from './refund-states';

const states: RefundState[] = ['created', 'unknown', 'succeeded', 'payOut', 'paidOut'];
const allowed: [RefundState, RefundState][] = [
  ['created', 'succeeded'],
  ['created', 'unknown'],
  ['created', 'payOut'],
  ['unknown', 'created'],
  ['unknown', 'succeeded'],
  ['unknown', 'payOut'],
  ['payOut', 'paidOut'],
  ['succeeded', 'payOut'],
];

describe('the states of a refund', () => {
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('%s to %s', (from, to) =>
    expect(refundMayBecome(from, to)).toBe(allowed.some(([a, b]) => a === from && b === to)),
  );
});
