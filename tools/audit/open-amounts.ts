import type { Findings } from './findings';
import type { Ground } from './invariant';

const zero = { $literal: 0 };
const finalized = { $match: { state: { $in: ['finalized', 'cancelled'] } } };

const live = { $match: { undone: null } };
const lost = {
  $subtract: [{ $ifNull: ['$writeOff.amountMinor', 0] }, { $ifNull: ['$writeOff.recoveredMinor', 0] }],
};

/** A bill below 0 becomes account credit as a whole: no allocation, for nothing was owed. */
const becameCredit = { $min: ['$creditAppliedMinor', 0] };

interface Standing {
  _id: string;
  asked: number;
  open: number;
  writtenOff: number;
  unpaid: number;
  credit: number;
  settled: number;
  creditSettled: number;
  state: string;
}

/** What is open of each invoice is what nothing has settled, lowered or given up. */
export async function checkOpenAmounts({ rows }: Ground, findings: Findings): Promise<void> {
  const differences = rows.aggregate<Standing>('invoicing', 'invoices', [
    finalized,
    {
      $project: {
        invoiceId: '$_id',
        asked: { $add: ['$totalMinor', '$adjustedMinor'] },
        open: '$openMinor',
        writtenOff: { $ifNull: ['$writeOff.amountMinor', 0] },
        unpaid: { $add: ['$openMinor', lost] },
        credit: '$creditAppliedMinor',
        settled: becameCredit,
        creditSettled: becameCredit,
        state: '$paymentState',
      },
    },
    rows.union('allocations', [live, { $project: settlement }]),
    { $group: { _id: '$invoiceId', ...summed } },
    {
      $match: {
        $or: [
          {
            $expr: {
              $ne: ['$open', { $subtract: ['$asked', { $add: ['$settled', '$writtenOff'] }] }],
            },
          },
          { open: { $lt: 0 } },
          { $expr: { $ne: ['$credit', '$creditSettled'] } },
          { $expr: { $ne: ['$state', paymentState] } },
        ],
      },
    },
  ]);
  for await (const { _id, asked, open, writtenOff, credit, settled, state } of differences)
    findings.breach(
      _id,
      `is ${state} with ${open} open: asked for ${asked}, settled ${settled} (credit ${credit}), written off ${writtenOff}`,
    );
}

const settlement = {
  invoiceId: 1,
  asked: zero,
  open: zero,
  writtenOff: zero,
  unpaid: zero,
  credit: zero,
  settled: '$amountMinor',
  creditSettled: { $cond: [{ $eq: ['$source', 'credit'] }, '$amountMinor', 0] },
};

const summed = {
  ...Object.fromEntries(
    ['asked', 'open', 'writtenOff', 'unpaid', 'credit', 'settled', 'creditSettled'].map((field) => [
      field,
      { $sum: `$${field}` },
    ]),
  ),
  state: { $max: '$state' },
};

const paymentState = {
  $switch: {
    branches: [
      { case: { $lte: ['$unpaid', 0] }, then: 'paid' },
      { case: { $lt: ['$unpaid', '$asked'] }, then: 'partiallyPaid' },
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
