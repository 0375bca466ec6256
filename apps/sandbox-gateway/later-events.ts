/** What happens to a charge long after it succeeded, in days of 24 hours after the charge or its settlement. */
export type LaterNews =
  | { kind: 'dispute'; state: 'opened' | 'won' | 'lost'; fundsWithdrawn: boolean }
  /** ISO 20022 return codes. */
  | { kind: 'returned'; reason: string; byPayer: boolean }
  /** The issuer replaced the card. */
  | { kind: 'replaced'; expiry: string }
  /** A refund that the receiving bank sent back. */
  | { kind: 'refundFailed'; refund: { id: string; amountMinor: number } };

export interface LaterEvent {
  afterDays: number;
  news: LaterNews;
}

const dispute = (afterDays: number, state: 'opened' | 'won' | 'lost', fundsWithdrawn = true): LaterEvent => ({
  afterDays,
  news: { kind: 'dispute', state, fundsWithdrawn },
});
export const returned = (afterDays: number, reason: string, byPayer = false): LaterEvent => ({
  afterDays,
  news: { kind: 'returned', reason, byPayer },
});

export const laterEvents = {
  dispute: [dispute(10, 'opened')],
  disputeWon: [dispute(10, 'opened'), dispute(20, 'won')],
  disputeLost: [dispute(10, 'opened'), dispute(20, 'lost')],
  disputeReversed: [dispute(10, 'lost'), dispute(12, 'opened')],
  inquiry: [dispute(10, 'opened', false), dispute(20, 'won', false)],
  returned: [returned(6, 'AM04')],
  returnedMandate: [returned(6, 'MD01')],
  refundedByPayer: [returned(49, 'MD06', true)],
  replaced: [{ afterDays: 5, news: { kind: 'replaced', expiry: '2040-01' } }],
} as const satisfies Record<string, readonly LaterEvent[]>;

const respondWithinDays = 14;
const DAY_MS = 86_400_000;

export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS);

interface Told {
  id: string;
  token: string;
  amountMinor: number;
}

/** As the webhook tells it beside the charge. */
export function newsBody(
  news: LaterNews,
  { id: chargeId, token, amountMinor }: Told,
  at: Date,
  card: object,
) {
  switch (news.kind) {
    case 'dispute': {
      const { state, fundsWithdrawn } = news;
      const id = chargeId.replace('ch_', 'dp_');
      const respondBy = daysAfter(at, respondWithinDays).toISOString();
      return { dispute: { id, state, amountMinor, reason: 'fraudulent', fundsWithdrawn, respondBy } };
    }
    case 'returned': {
      const { reason, byPayer } = news;
      return { returned: { id: chargeId.replace('ch_', 'rt_'), amountMinor, reason, byPayer } };
    }
    case 'replaced':
      return { card: { ...card, token, expiry: news.expiry } };
    case 'refundFailed':
      return { refund: { ...news.refund, status: 'failed' } };
  }
}

export const typeOf = (news: LaterNews): string => {
  if (news.kind === 'dispute') return `dispute.${news.state}`;
  if (news.kind === 'refundFailed') return 'refund.failed';
  return news.kind === 'replaced' ? 'card.updated' : 'charge.returned';
};
