import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';
import { checkReservations } from '../reservations';
import { byId, collect, inChunks } from '../tenant-rows';

const ROWS_AT_ONCE = 1_000;
const zero = { $literal: 0 };

interface PaymentRow {
  _id: string;
  amountMinor: number;
  currency: string;
  purpose: string;
}

interface AppliedRow extends PaymentRow {
  creditMinor: number;
  recoveredMinor: number;
  allocatedMinor: number;
  /** Taken back by the payer or their bank. */
  reversedMinor?: number;
}

export const paidOnce: Invariant = {
  name: 'paid once',
  statement:
    'no invoice or renewed period is paid twice; one success per attempt; reservations only while they last',
  async check(ground, findings) {
    findings.look(await ground.rows.count('payments', 'payments'));
    await checkCaptured(ground, findings);
    await checkAttempts(ground, findings);
    await checkRenewals(ground, findings);
    await checkAllocated(ground, findings);
    await checkApplied(ground, findings);
    await checkReservations(ground, findings);
  },
};

/** What gateways took for an invoice; money that people send may be too much, and becomes credit. */
async function checkCaptured({ rows }: Ground, findings: Findings): Promise<void> {
  const paidTwice = rows.aggregate<{ _id: string; total: number; captured: number; payments: string[] }>(
    'payments',
    'payables',
    [
      { $project: { invoiceId: '$_id', total: '$totalMinor', captured: zero } },
      rows.union('payments', [
        { $match: { invoiceId: { $type: 'string' }, attemptId: { $type: 'string' } } },
        { $project: { invoiceId: 1, total: zero, captured: '$amountMinor', payment: '$_id' } },
      ]),
      {
        $group: {
          _id: '$invoiceId',
          total: { $sum: '$total' },
          captured: { $sum: '$captured' },
          payments: { $addToSet: '$payment' },
        },
      },
      { $match: { $expr: { $gt: ['$captured', '$total'] } } },
    ],
  );
  for await (const { _id, total, captured, payments } of paidTwice) {
    const more = await askedForAgain(rows, _id);
    if (captured > total + more)
      findings.breach(_id, `of ${total} and ${more} was charged ${captured} by ${payments.join(' and ')}`);
  }
}

/** Late fees, and what was open again because an allocation was undone. */
async function askedForAgain(rows: Ground['rows'], invoiceId: string): Promise<number> {
  const [invoice] = await collect(
    rows.find<{ adjustedMinor: number }>('invoicing', 'invoices', { _id: invoiceId }, ['adjustedMinor']),
  );
  const undone = await collect(
    rows.find<{ amountMinor: number }>('invoicing', 'allocations', { invoiceId, undone: { $ne: null } }, [
      'amountMinor',
    ]),
  );
  const reopened = undone.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return reopened + Math.max(0, invoice?.adjustedMinor ?? 0);
}

/** A success is one payment of the same amount; nothing else may have become one. */
async function checkAttempts({ rows }: Ground, findings: Findings): Promise<void> {
  const doubles = rows.aggregate<{ _id: string; attempts: string[] }>('payments', 'attempts', [
    { $match: { state: 'succeeded' } },
    { $group: { _id: '$key', attempts: { $push: '$_id' } } },
    { $match: { 'attempts.1': { $exists: true } } },
  ]);
  for await (const { _id, attempts } of doubles)
    findings.breach(_id, `succeeded ${attempts.length} times: ${attempts.join(' ')}`);

  const unmatched = rows.aggregate<{
    _id: string;
    succeeded: number;
    booked: number;
    paid: number;
    received: number;
  }>('payments', 'attempts', [
    { $match: { state: 'succeeded' } },
    {
      $project: {
        attemptId: '$_id',
        succeeded: { $literal: 1 },
        booked: zero,
        paid: '$amountMinor',
        received: zero,
      },
    },
    rows.union('payments', [
      { $match: { attemptId: { $type: 'string' } } },
      {
        $project: {
          attemptId: 1,
          succeeded: zero,
          booked: { $literal: 1 },
          paid: zero,
          received: '$amountMinor',
        },
      },
    ]),
    {
      $group: {
        _id: '$attemptId',
        succeeded: { $sum: '$succeeded' },
        booked: { $sum: '$booked' },
        paid: { $sum: '$paid' },
        received: { $sum: '$received' },
      },
    },
    {
      $match: {
        $or: [{ succeeded: { $ne: 1 } }, { booked: { $ne: 1 } }, { $expr: { $ne: ['$paid', '$received'] } }],
      },
    },
  ]);
  for await (const { _id, succeeded, booked, paid, received } of unmatched)
    findings.breach(_id, `${succeeded} success of ${paid}, ${booked} payments of ${received}`);
}

async function checkRenewals({ rows }: Ground, findings: Findings): Promise<void> {
  const doubles = rows.aggregate<{ _id: { subscriptionId: string; periodFrom: string }; attempts: string[] }>(
    'payments',
    'attempts',
    [
      { $match: { state: 'succeeded', subscriptionId: { $type: 'string' } } },
      {
        $group: {
          _id: { subscriptionId: '$subscriptionId', periodFrom: '$periodFrom' },
          attempts: { $push: '$_id' },
        },
      },
      { $match: { 'attempts.1': { $exists: true } } },
    ],
  );
  for await (const { _id, attempts } of doubles)
    findings.breach(
      _id.subscriptionId,
      `paid twice for the period from ${_id.periodFrom}: ${attempts.join(' ')}`,
    );
}

const askedFor = { $add: ['$invoice.totalMinor', '$invoice.adjustedMinor'] };

async function checkAllocated({ rows }: Ground, findings: Findings): Promise<void> {
  const over = rows.aggregate<{
    _id: string;
    paid: number;
    invoice?: { totalMinor: number; adjustedMinor: number };
  }>('invoicing', 'allocations', [
    { $match: { undone: null } },
    { $group: { _id: '$invoiceId', paid: { $sum: '$amountMinor' }, least: { $min: '$amountMinor' } } },
    { $lookup: { from: 'invoices', localField: '_id', foreignField: '_id', as: 'invoice' } },
    { $set: { invoice: { $first: '$invoice' } } },
    {
      $match: {
        $expr: {
          $or: [{ $lte: ['$least', 0] }, { $gt: ['$paid', { $ifNull: [askedFor, 0] }] }],
        },
      },
    },
  ]);
  for await (const { _id, paid, invoice } of over)
    findings.breach(_id, `of ${invoice?.totalMinor ?? 'no invoice'} has ${paid} allocated`);
}

/** Each payment is in the books once, and all of it is allocated, credit, recovered debt, or kept in advance. */
async function checkApplied({ rows }: Ground, findings: Findings): Promise<void> {
  const applied = rows.aggregate<AppliedRow>('invoicing', 'appliedPayments', [
    { $lookup: { from: 'allocations', localField: 'paymentId', foreignField: 'paymentId', as: 'parts' } },
    { $set: { parts: { $filter: { input: '$parts', cond: { $eq: ['$$this.undone', null] } } } } },
    {
      $project: {
        _id: '$paymentId',
        amountMinor: 1,
        currency: 1,
        purpose: 1,
        creditMinor: 1,
        recoveredMinor: 1,
        reversedMinor: 1,
        allocatedMinor: { $sum: '$parts.amountMinor' },
      },
    },
  ]);
  let booked = 0;
  for await (const chunk of inChunks(applied, ROWS_AT_ONCE)) {
    booked += chunk.length;
    const payments = await paymentsOf(rows, chunk);
    for (const row of chunk) {
      const fault = appliedFault(row, payments.get(row._id) ?? null);
      if (fault) findings.breach(row._id, fault);
    }
  }
  if ((await rows.count('payments', 'payments')) !== booked) await findUnapplied(rows, findings);
}

async function paymentsOf(rows: Ground['rows'], applied: AppliedRow[]): Promise<Map<string, PaymentRow>> {
  const filter = { _id: { $in: applied.map(({ _id }) => _id) } };
  return byId(
    await collect(
      rows.find<PaymentRow>('payments', 'payments', filter, ['amountMinor', 'currency', 'purpose']),
    ),
  );
}

export function appliedFault(
  {
    amountMinor,
    currency,
    purpose,
    creditMinor,
    recoveredMinor,
    allocatedMinor,
    reversedMinor = 0,
  }: Omit<AppliedRow, '_id'>,
  payment: Omit<PaymentRow, '_id'> | null,
): string | null {
  if (!payment) return `is in the books with ${amountMinor} ${currency}; payments has no such payment`;
  if (payment.amountMinor !== amountMinor || payment.currency !== currency)
    return `is ${payment.amountMinor} ${payment.currency}; the books say ${amountMinor} ${currency}`;
  // What is kept for the customer settles no invoice.
  const used = purpose === 'invoice' ? recoveredMinor + reversedMinor : amountMinor;
  return used + allocatedMinor + creditMinor === amountMinor
    ? null
    : `of ${amountMinor}: ${allocatedMinor} allocated, ${recoveredMinor} recovered, ${reversedMinor} taken back and ${creditMinor} credit do not make it up`;
}

async function findUnapplied(rows: Ground['rows'], findings: Findings): Promise<void> {
  const payments = rows.find<{ _id: string }>('payments', 'payments', {}, ['_id']);
  for await (const chunk of inChunks(payments, ROWS_AT_ONCE)) {
    const filter = { paymentId: { $in: chunk.map(({ _id }) => _id) } };
    const applied = await collect(
      rows.find<{ paymentId: string }>('invoicing', 'appliedPayments', filter, ['paymentId']),
    );
    const known = new Set(applied.map(({ paymentId }) => paymentId));
    for (const { _id } of chunk) if (!known.has(_id)) findings.wait(_id, 'is not applied to any account yet');
  }
}
