import type { Findings } from './findings';
import type { Ground } from './invariant';

const zero = { $literal: 0 };
const finalized = { $match: { state: 'finalized' } };

/** What is open of each invoice is what no payment and no credit has taken. */
export async function checkOpenAmounts({ rows }: Ground, findings: Findings): Promise<void> {
  const differences = rows.aggregate<{
    _id: string;
    total: number;
    open: number;
    credit: number;
    paid: number;
    state: string;
  }>('invoicing', 'invoices', [
    finalized,
    {
      $project: {
        invoiceId: '$_id',
        total: '$totalMinor',
        open: '$openMinor',
        credit: '$creditAppliedMinor',
        paid: zero,
        state: '$paymentState',
      },
    },
    rows.union('allocations', [
      { $project: { invoiceId: 1, total: zero, open: zero, credit: zero, paid: '$amountMinor' } },
    ]),
    {
      $group: {
        _id: '$invoiceId',
        total: { $sum: '$total' },
        open: { $sum: '$open' },
        credit: { $sum: '$credit' },
        paid: { $sum: '$paid' },
        state: { $max: '$state' },
      },
    },
    {
      $match: {
        $or: [
          { $expr: { $ne: ['$open', { $subtract: ['$total', { $add: ['$credit', '$paid'] }] }] } },
          { open: { $lt: 0 } },
          { $expr: { $ne: ['$state', paymentState] } },
        ],
      },
    },
  ]);
  for await (const { _id, total, open, credit, paid, state } of differences)
    findings.breach(
      _id,
      `is ${state} with ${open} open: total ${total}, credit used ${credit}, payments allocated ${paid}`,
    );
}

const paymentState = {
  $switch: {
    branches: [
      { case: { $lte: ['$open', 0] }, then: 'paid' },
      { case: { $lt: ['$open', '$total'] }, then: 'partiallyPaid' },
    ],
    default: 'open',
  },
};

/** The control account, account by account: what the books say is owed is what is open on invoices. */
export async function checkReceivables({ rows }: Ground, findings: Findings): Promise<void> {
  const differences = rows.aggregate<{
    _id: { accountId: string; currency: string };
    open: number;
    booked: number;
  }>('invoicing', 'invoices', [
    finalized,
    { $project: { accountId: 1, currency: 1, open: '$openMinor', booked: zero } },
    rows.union('postings', [
      { $unwind: '$lines' },
      { $match: { 'lines.account': 'receivable' } },
      { $project: { accountId: 1, currency: '$lines.currency', open: zero, booked: '$lines.amountMinor' } },
    ]),
    {
      $group: {
        _id: { accountId: '$accountId', currency: '$currency' },
        open: { $sum: '$open' },
        booked: { $sum: '$booked' },
      },
    },
    { $match: { $expr: { $ne: ['$open', '$booked'] } } },
  ]);
  for await (const { _id, open, booked } of differences)
    findings.breach(
      _id.accountId,
      `owes ${booked} ${_id.currency} by the books, ${open} by its open invoices`,
    );
}
