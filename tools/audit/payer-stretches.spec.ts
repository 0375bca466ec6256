import { describe, expect, it } from '@jest/globals';
import { circleIn, gapIn } from './payer-stretches';

describe('periods of payers', () => {
  it.each<[string, [string, string | null][], RegExp | null]>([
    ['one for ever', [['1', null]], null],
    [
      'one after the other',
      [
        ['1', '2'],
        ['2', null],
      ],
      null,
    ],
    [
      'a hole',
      [
        ['1', '2'],
        ['3', null],
      ],
      /after 2 the next period begins at 3/,
    ],
    [
      'two at once',
      [
        ['1', '3'],
        ['2', null],
      ],
      /begins at 2/,
    ],
    ['an end', [['1', '2']], /nobody after 2/],
    [
      'none of time',
      [
        ['2', '2'],
        ['2', null],
      ],
      /ends at 2/,
    ],
  ])('%s', (_, periods, expected) => {
    const gap = gapIn(periods.map(([from, to]) => ({ from, to })));
    if (expected === null) expect(gap).toBeNull();
    else expect(gap).toMatch(expected);
  });
});

describe('trees', () => {
  const link = (parentAccountId: string, from: string, to: string | null) => ({ parentAccountId, from, to });
  it('a circle is one only while all of it holds', () => {
    const past = new Map([
      ['a', [link('b', '1', '2')]],
      ['b', [link('a', '2', null)]],
    ]);
    expect(circleIn('a', past)).toBeNull();
    const now = new Map([...past, ['a', [link('b', '1', '3')]]]);
    expect(circleIn('a', now)).toBe('at 2 the tree goes a below b below a');
  });
});
