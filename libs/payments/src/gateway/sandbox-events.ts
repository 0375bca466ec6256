import { z } from 'zod';
import type { GatewayEvent } from './payment-gateway';
import { bookedCharge, detailsOfCard, findingOf, storedCard } from './sandbox-answers';

const dispute = z.object({
  id: z.string(),
  state: z.enum(['opened', 'won', 'lost']),
  amountMinor: z.number(),
  reason: z.string(),
  fundsWithdrawn: z.boolean(),
  respondBy: z.string().nullable(),
});
const returned = z.object({
  id: z.string(),
  amountMinor: z.number(),
  reason: z.string(),
  byPayer: z.boolean(),
});

const mandate = z.object({ id: z.string(), token: z.string(), reference: z.string().nullable() });

const refund = z.object({ id: z.string(), reference: z.string(), status: z.enum(['succeeded', 'failed']) });

/** What the sandbox gateway tells; every message carries the charge that it is about. */
export const webhookMessage = z.object({
  id: z.string(),
  type: z.string(),
  tenantId: z.string(),
  data: bookedCharge,
  dispute: dispute.optional(),
  returned: returned.optional(),
  refund: refund.optional(),
  /** One that holds no more. */
  mandate: mandate.optional(),
  card: storedCard.extend({ token: z.string(), newToken: z.string().optional() }).optional(),
});

export type WebhookMessage = z.infer<typeof webhookMessage>;

/** The charge as it stands goes first: a dispute may overtake the news of the success. */
export function eventsOf({
  type,
  data,
  dispute,
  returned,
  refund,
  mandate: ended,
  card,
}: WebhookMessage): GatewayEvent[] {
  if (ended) {
    const { id: gatewayMandateId, ...of } = ended;
    return [{ kind: 'mandateEnded', gatewayMandateId, ...of }];
  }
  if (card) {
    const { token, newToken, ...details } = card;
    return [
      { kind: 'methodUpdated', token, ...(newToken ? { newToken } : {}), card: detailsOfCard(details) },
    ];
  }
  if (refund) {
    const { reference: key, id: gatewayId, status: state } = refund;
    return [{ kind: 'refund', key, gatewayId, state }];
  }
  const charge: GatewayEvent = { kind: 'charge', key: data.reference, finding: findingOf(data) };
  const about = { gatewayId: data.id };
  if (dispute) {
    const { id: disputeId, ...rest } = dispute;
    return [charge, { kind: 'dispute', ...about, currency: data.currency, disputeId, ...rest }];
  }
  if (returned) {
    const { id: returnId, ...rest } = returned;
    return [charge, { kind: 'returned', ...about, returnId, ...rest }];
  }
  return type === 'charge.settled' ? [charge, { kind: 'settled', ...about }] : [charge];
}
