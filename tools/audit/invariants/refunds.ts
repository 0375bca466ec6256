import type { Invariant } from '../invariant';

interface ClaimedPayment {
  _id: string;
  amountMinor: number;
  refundedMinor: number;
  /** Of refunds that went, or are on their way. */
  givenMinor: number;
}

/** What was refused never went; what came back to the gateway leaves by bank, and stays claimed. */
const neverWent = ['refused'];

export const refunds: Invariant = {
  name: 'refunds',
  statement: 'what goes back of a payment is what its refunds say, and never more than it was',
  async check({ rows }, findings) {
    const claimed = rows.aggregate<ClaimedPayment>('payments', 'payments', [
      { $project: { amountMinor: 1, refundedMinor: 1, givenMinor: { $literal: 0 } } },
      rows.union('refunds', [
        { $match: { paymentId: { $type: 'string' }, state: { $nin: neverWent } } },
        {
          $project: {
            _id: '$paymentId',
            amountMinor: { $literal: 0 },
            refundedMinor: { $literal: 0 },
            givenMinor: '$amountMinor',
          },
        },
      ]),
      {
        $group: {
          _id: '$_id',
          amountMinor: { $sum: '$amountMinor' },
          refundedMinor: { $sum: '$refundedMinor' },
          givenMinor: { $sum: '$givenMinor' },
        },
      },
      { $match: { $or: [{ refundedMinor: { $ne: 0 } }, { givenMinor: { $ne: 0 } }] } },
    ]);
    for await (const payment of claimed) {
      findings.look();
      const fault = refundFault(payment);
      if (fault) findings.breach(payment._id, fault);
    }
  },
};

export function refundFault({
  amountMinor,
  refundedMinor,
  givenMinor,
}: Omit<ClaimedPayment, '_id'>): string | null {
  if (refundedMinor !== givenMinor) return `${refundedMinor} of it is claimed, its refunds are ${givenMinor}`;
  return refundedMinor > amountMinor ? `${refundedMinor} of ${amountMinor} goes back` : null;
}
