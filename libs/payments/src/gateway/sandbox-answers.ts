import { z } from 'zod';
import { declinedOutcome } from './declined-outcome';
import type {
  BookedCharge,
  CancelOutcome,
  CardDetails,
  ChargeOutcome,
  Finding,
  RefundOutcome,
} from './payment-gateway';
import { declineCategory } from './sandbox-decline-map';

/** What the sandbox gateway answers, and what each answer means. Shapes are checked: an answer that is not understood is no answer. */
const charged = z.object({
  status: z.literal('succeeded'),
  id: z.string(),
  networkTransactionId: z.string().nullable(),
  amountMinor: z.number().optional(),
  currency: z.string().optional(),
});
const pending = z.object({ status: z.literal('pending'), id: z.string() });
const action = z.object({ status: z.literal('requiresAction'), actionUrl: z.string() });
const declined = z.object({
  status: z.literal('declined'),
  declineCode: z.string(),
  brand: z.string().optional(),
  networkDeclineCode: z.string().optional(),
  adviceCode: z.string().optional(),
});
const chargeAnswer = z.discriminatedUnion('status', [charged, pending, action, declined]);

export const bookedCharge = z.object({
  id: z.string(),
  status: z.enum(['succeeded', 'pending', 'failed']),
  amountMinor: z.number(),
  currency: z.string(),
  reference: z.string(),
  networkTransactionId: z.string().nullable(),
  declineCode: z.string().nullable(),
});
export const bookPage = z.object({ charges: z.array(bookedCharge), hasMore: z.boolean() });
export const storedCard = z.object({
  brand: z.string(),
  last4: z.string(),
  expiry: z.string(),
  fingerprint: z.string(),
  /** In whose wallet it lies; left out: in none. */
  wallet: z.enum(['applePay', 'googlePay']).optional(),
});

export const detailsOfCard = ({ wallet, ...card }: z.infer<typeof storedCard>): CardDetails => ({
  ...card,
  ...(wallet ? { kind: wallet } : {}),
});
const bookedRefund = z.object({ id: z.string(), status: z.literal('succeeded') });
export const refundPage = z.object({ refunds: z.array(bookedRefund) });
const refusedAnswer = z.object({ code: z.string() });
export const dueAnswer = z.object({ nextAt: z.string().nullable() });

const cancelAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('cancelled') }),
  charged,
  pending,
  z.object({ status: z.literal('failed'), declineCode: z.string().nullable() }),
]);

export function cancelOutcomeOf(status: number, body: unknown): CancelOutcome {
  const answer = cancelAnswer.safeParse(body).data;
  if (status !== 200 || !answer) return { state: 'unavailable', cause: `status${status}` };
  switch (answer.status) {
    case 'cancelled':
      return { state: 'cancelled' };
    case 'failed': {
      const declineCode = answer.declineCode ?? 'unspecified';
      return { state: 'declined', declineCode, category: declineCategory(declineCode) };
    }
    case 'succeeded':
      return {
        ...{ state: 'succeeded', gatewayId: answer.id },
        networkTransactionId: answer.networkTransactionId,
        ...bookedBy(answer),
      };
    case 'pending':
      return { state: 'pending', gatewayId: answer.id };
  }
}

export function outcomeOf(status: number, body: unknown): ChargeOutcome {
  const answer = chargeAnswer.safeParse(body);
  if (answer.success && [200, 202, 402].includes(status)) return outcomeOfAnswer(answer.data);
  // The key came with another request before: what that one did has to be asked.
  if (status === 422) return { state: 'unknown', cause: 'keyReused' };
  if (status >= 400 && status < 500) return { state: 'gatewayFailure', cause: `refused${status}` };
  return { state: 'unknown', cause: `status${status}` };
}

/** A charge that is gone, not captured or given back already cannot be refunded; any other answer may hide a refund. */
const finalRefusals = ['charge_not_found', 'charge_not_refundable', 'refund_exceeds_remaining'];

export function refundOutcomeOf(status: number, body: unknown): RefundOutcome {
  const booked = bookedRefund.safeParse(body);
  if (booked.success && status === 200) return { state: 'succeeded', gatewayId: booked.data.id };
  const code = refusedAnswer.safeParse(body).data?.code ?? '';
  if (finalRefusals.includes(code)) return { state: 'refused', cause: code };
  return { state: 'unknown', cause: `status${status}` };
}

function outcomeOfAnswer(answer: z.infer<typeof chargeAnswer>): ChargeOutcome {
  switch (answer.status) {
    case 'succeeded':
      return {
        state: 'succeeded',
        gatewayId: answer.id,
        networkTransactionId: answer.networkTransactionId,
        ...bookedBy(answer),
      };
    case 'pending':
      return { state: 'pending', gatewayId: answer.id };
    case 'requiresAction':
      return { state: 'requiresAction', actionUrl: answer.actionUrl };
    case 'declined':
      return declinedOutcome(answer.declineCode, declineCategory(answer.declineCode), answer.brand ?? '', {
        networkDeclineCode: answer.networkDeclineCode ?? null,
        adviceCode: answer.adviceCode ?? null,
      });
  }
}

const bookedBy = ({ amountMinor, currency }: z.infer<typeof charged>) =>
  amountMinor === undefined || currency === undefined ? {} : { booked: { amountMinor, currency } };

export function findingOf(
  charge: z.infer<typeof bookedCharge>,
): Exclude<Finding, { state: 'notFound' | 'unavailable' }> {
  const { id, status, networkTransactionId, amountMinor, currency } = charge;
  if (status === 'succeeded') {
    const booked = { amountMinor, currency };
    return { state: 'succeeded', gatewayId: id, networkTransactionId, booked };
  }
  if (status === 'pending') return { state: 'pending', gatewayId: id };
  const declineCode = charge.declineCode ?? 'unspecified';
  return { state: 'declined', declineCode, category: declineCategory(declineCode) };
}

export const bookedChargeOf = ({
  id,
  reference,
  status,
  amountMinor,
  currency,
}: z.infer<typeof bookedCharge>): BookedCharge => ({
  gatewayId: id,
  key: reference,
  status,
  amountMinor,
  currency,
});
