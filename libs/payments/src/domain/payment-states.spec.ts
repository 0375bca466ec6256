import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  afterNews,
  paymentAfter,
  paymentMayBecome,
  type PaymentProgress,
  type ReversalStanding,
  type ReversalState,
} from './payment-states';

const progress: PaymentProgress[] = [
  'succeeded',
  'settled',
  'returned',
  'refundedByPayer',
  'disputed',
  'lost',
  'undone',
];

it.each<[PaymentProgress, PaymentProgress[]]>([
  ['succeeded', ['settled', 'returned', 'refundedByPayer', 'disputed', 'lost', 'undone']],
  ['settled', ['returned', 'refundedByPayer', 'disputed', 'lost', 'undone']],
  ['disputed', ['settled', 'lost']],
  ['returned', []],
  ['refundedByPayer', []],
  ['lost', []],
  ['undone', []],
])('%s may become %j', (from, to) => {
  expect(progress.filter((each) => paymentMayBecome(from, each))).toEqual(to);
});

type News = [ReversalState, boolean];

const play = (news: News[]) => {
  let standing: ReversalStanding | null = null;
  const moves: string[] = [];
  for (const [state, fundsWithdrawn] of news) {
    const change = afterNews(standing, { state, fundsWithdrawn });
    if (!change) continue;
    standing = change.standing;
    if (change.move) moves.push(change.move);
  }
  return { moves, payment: standing && paymentAfter(standing) };
};

describe('news of a reversal', () => {
  it.each<[string, News[], string[], PaymentProgress | null]>([
    ['an inquiry takes nothing', [['opened', false]], [], null],
    [
      'an inquiry becomes a chargeback',
      [
        ['opened', false],
        ['opened', true],
      ],
      ['out'],
      'disputed',
    ],
    [
      'told twice',
      [
        ['opened', true],
        ['opened', true],
      ],
      ['out'],
      'disputed',
    ],
    [
      'won',
      [
        ['opened', true],
        ['won', true],
      ],
      ['out', 'back'],
      'settled',
    ],
    [
      'lost',
      [
        ['opened', true],
        ['lost', true],
      ],
      ['out'],
      'lost',
    ],
    [
      'lost, and only then opened',
      [
        ['lost', true],
        ['opened', true],
      ],
      ['out'],
      'lost',
    ],
    [
      'won, and only then opened',
      [
        ['won', true],
        ['opened', true],
      ],
      [],
      'settled',
    ],
    [
      'an inquiry that came to nothing',
      [
        ['opened', false],
        ['won', false],
      ],
      [],
      'settled',
    ],
    [
      'returned twice',
      [
        ['returned', true],
        ['returned', true],
      ],
      ['out'],
      'returned',
    ],
    [
      'undone twice',
      [
        ['undone', true],
        ['undone', true],
      ],
      ['out'],
      'undone',
    ],
  ])('%s', (_case, news, moves, payment) => {
    expect(play(news)).toEqual({ moves, payment });
  });

  it('whatever comes in whatever order, money goes out at most once and never comes back before', () => {
    const state = fc.constantFrom<ReversalState>(
      ...(['opened', 'won', 'lost', 'returned', 'refundedByPayer', 'undone'] as const),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(state, fc.boolean()), { maxLength: 8 }), (news) => {
        const { moves, payment } = play(news);
        expect([[], ['out'], ['out', 'back']]).toContainEqual(moves);
        expect(moves.at(-1) === 'out').toBe(payment !== null && payment !== 'settled');
      }),
    );
  });
});
