import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';
import { checkTopUps, checkVouchers } from '../payments-own-rows';

export const prepaid: Invariant = {
  name: 'prepaid',
  statement:
    'a top-up balance is the sum of its history and never below zero; a period is paid once; no refund exceeds what was paid; each top-up is on the balance, each redeemed voucher is a top-up',
  async check(ground, findings) {
    await checkBalances(ground, findings);
    await checkPeriods(ground, findings);
    await checkRefunds(ground, findings);
    await checkTopUps(ground, findings);
    await checkVouchers(ground, findings);
  },
};

interface Balance {
  _id: string;
  balanceMinor: number;
  entries: number;
  history: number;
  count: number;
  least: number;
}

async function checkBalances({ rows }: Ground, findings: Findings): Promise<void> {
  const balances = rows.aggregate<Balance>('payments', 'topUpBalances', [
    { $lookup: { from: 'topUpEntries', localField: '_id', foreignField: 'accountId', as: 'moves' } },
    {
      $project: {
        balanceMinor: 1,
        entries: 1,
        history: { $sum: '$moves.amountMinor' },
        count: { $size: '$moves' },
        least: { $min: '$moves.balanceMinor' },
      },
    },
  ]);
  for await (const { _id, balanceMinor, entries, history, count, least } of balances) {
    findings.look();
    if (balanceMinor !== history || entries !== count)
      findings.breach(_id, `holds ${balanceMinor} after ${entries}; its ${count} movements make ${history}`);
    if (balanceMinor < 0 || least < 0) findings.breach(_id, `was ${Math.min(balanceMinor, least)}`);
  }
}

/** Each payment of a renewal has a period of its own, by card or from the balance. */
async function checkPeriods({ rows }: Ground, findings: Findings): Promise<void> {
  const twice = rows.aggregate<{ _id: { subscriptionId: string; from: string }; payments: string[] }>(
    'payments',
    'payments',
    [
      { $match: { purpose: 'renewal' } },
      {
        $group: {
          _id: { subscriptionId: '$subscriptionId', from: '$renewal.from' },
          payments: { $push: '$_id' },
        },
      },
      { $match: { 'payments.1': { $exists: true } } },
    ],
  );
  for await (const { _id, payments } of twice)
    findings.breach(_id.subscriptionId, `the period from ${_id.from} was paid by ${payments.join(' and ')}`);
}

interface Refunded {
  _id: string;
  amountMinor: number;
  refundedMinor: number;
  given: number;
}

async function checkRefunds({ rows }: Ground, findings: Findings): Promise<void> {
  const refunded = rows.aggregate<Refunded>('payments', 'payments', [
    { $match: { refundedMinor: { $ne: 0 } } },
    { $lookup: { from: 'refunds', localField: '_id', foreignField: 'paymentId', as: 'refunds' } },
    { $project: { amountMinor: 1, refundedMinor: 1, given: { $sum: '$refunds.amountMinor' } } },
  ]);
  for await (const { _id, amountMinor, refundedMinor, given } of refunded) {
    findings.count('refunded payments');
    if (refundedMinor !== given || given > amountMinor)
      findings.breach(_id, `of ${amountMinor} gave back ${given}, and says ${refundedMinor}`);
  }
}
