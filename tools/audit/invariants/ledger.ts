import { customerAccounts } from '@tollkeeper/contracts';
import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';
import { checkOpenAmounts, checkReceivables } from '../open-amounts';

const zero = { $literal: 0 };
const finalized = { $match: { state: { $in: ['finalized', 'cancelled'] } } };

export const ledger: Invariant = {
  name: 'ledger',
  statement:
    'postings balance, cached balances are their sums, each invoice is posted once, open = total - allocated',
  async check(ground, findings) {
    findings.look(await ground.rows.count('invoicing', 'postings'));
    await checkBalanced(ground, findings);
    await checkTrialBalance(ground, findings);
    await checkCachedBalances(ground, findings);
    await checkInvoicePostings(ground, findings);
    await checkOpenAmounts(ground, findings);
    await checkReceivables(ground, findings);
  },
};

async function checkBalanced({ rows }: Ground, findings: Findings): Promise<void> {
  const lost = rows.aggregate<{ _id: { posting: string; currency: string }; sum: number }>(
    'invoicing',
    'postings',
    [
      { $unwind: '$lines' },
      {
        $group: {
          _id: { posting: '$_id', currency: '$lines.currency' },
          sum: { $sum: '$lines.amountMinor' },
        },
      },
      { $match: { sum: { $ne: 0 } } },
    ],
  );
  for await (const { _id, sum } of lost)
    findings.breach(_id.posting, `does not balance: ${sum} ${_id.currency} minor units are left over`);
  for await (const { _id } of rows.find<{ _id: string }>(
    'invoicing',
    'postings',
    { 'lines.1': { $exists: false } },
    ['_id'],
  ))
    findings.breach(_id, 'has not two lines');
}

async function checkTrialBalance({ rows }: Ground, findings: Findings): Promise<void> {
  const sums = rows.aggregate<{ _id: string; sum: number }>('invoicing', 'postings', [
    { $unwind: '$lines' },
    { $group: { _id: '$lines.currency', sum: { $sum: '$lines.amountMinor' } } },
    { $match: { sum: { $ne: 0 } } },
  ]);
  for await (const { _id, sum } of sums)
    findings.breach(`trial balance ${_id}`, `is ${sum} minor units, not 0`);
}

/** Both sides in one list, postings positive and cached balances negative: whatever does not cancel out is wrong. */
async function checkCachedBalances({ rows }: Ground, findings: Findings): Promise<void> {
  const fields: [string, string][] = Object.entries(customerAccounts);
  const cached = fields.map(([account, field]) => ({ account, minor: { $ifNull: [`$${field}`, 0] } }));
  const differences = rows.aggregate<{
    _id: { accountId: string; currency: string; account: string };
    posted: number;
    cached: number;
  }>('invoicing', 'postings', [
    { $unwind: '$lines' },
    { $match: { 'lines.account': { $in: fields.map(([account]) => account) } } },
    {
      $project: {
        accountId: 1,
        currency: '$lines.currency',
        account: '$lines.account',
        posted: '$lines.amountMinor',
        cached: zero,
      },
    },
    rows.union('customerBalances', [
      { $project: { accountId: 1, currency: 1, balances: cached } },
      { $unwind: '$balances' },
      {
        $project: {
          accountId: 1,
          currency: 1,
          account: '$balances.account',
          posted: zero,
          cached: '$balances.minor',
        },
      },
    ]),
    {
      $group: {
        _id: { accountId: '$accountId', currency: '$currency', account: '$account' },
        posted: { $sum: '$posted' },
        cached: { $sum: '$cached' },
      },
    },
    { $match: { $expr: { $ne: ['$posted', '$cached'] } } },
  ]);
  for await (const { _id, posted, cached: kept } of differences)
    findings.breach(
      _id.accountId,
      `${_id.account} is cached as ${kept} ${_id.currency}, its postings sum to ${posted}`,
    );
}

async function checkInvoicePostings({ rows }: Ground, findings: Findings): Promise<void> {
  const receivable = { $filter: { input: '$lines', cond: { $eq: ['$$this.account', 'receivable'] } } };
  const differences = rows.aggregate<{
    _id: string;
    invoices: number;
    postings: number;
    total: number;
    posted: number;
  }>('invoicing', 'invoices', [
    finalized,
    {
      $project: {
        invoiceId: '$_id',
        invoices: { $literal: 1 },
        postings: zero,
        total: '$totalMinor',
        posted: zero,
      },
    },
    rows.union('postings', [
      // What a device adds to a bill has a posting of its own, beside that of the bill.
      { $match: { rule: { $in: ['invoiceFinalized', 'deviceInstalment'] } } },
      { $set: { receivable } },
      {
        $project: {
          invoiceId: 1,
          invoices: zero,
          postings: { $cond: [{ $eq: ['$rule', 'invoiceFinalized'] }, 1, 0] },
          total: zero,
          posted: { $sum: '$receivable.amountMinor' },
        },
      },
    ]),
    {
      $group: {
        _id: '$invoiceId',
        invoices: { $sum: '$invoices' },
        postings: { $sum: '$postings' },
        total: { $sum: '$total' },
        posted: { $sum: '$posted' },
      },
    },
    // An invoice of 0 moves nothing: its posting has no lines and is left out.
    {
      $match: {
        $or: [{ invoices: { $ne: 1 } }, { $expr: { $ne: ['$total', '$posted'] } }, { postings: { $gt: 1 } }],
      },
    },
  ]);
  for await (const { _id, invoices, postings, total, posted } of differences)
    findings.breach(
      String(_id),
      `${invoices} finalized invoice of ${total}, ${postings} postings of ${posted}`,
    );
}
