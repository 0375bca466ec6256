import type { Charge } from '../gateway-books';
import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';
import { collect, type TenantRows } from '../tenant-rows';

interface Merchant {
  name: string;
  suffix: string;
}

/** Both merchants of the sandbox server; its standby keeps books of its own. */
const merchants: readonly Merchant[] = [
  { name: 'sandbox', suffix: '' },
  { name: 'sandboxStandby', suffix: '.standby' },
];

export interface AttemptRow {
  _id: string;
  key: string;
  state: string;
  gatewayId?: string | null;
  amountMinor: number;
  currency: string;
  initiator?: 'payer' | 'merchant';
  originalNetworkTransactionId?: string | null;
  debit?: { scheme: string; collectOn: string; mandateId?: string };
}

export interface PaymentRow {
  _id: string;
  gatewayId: string;
  attemptId?: string | null;
  amountMinor: number;
  currency: string;
  /** Gone back or on its way. */
  refundedMinor?: number;
  /** Of it certainly booked by the gateway. */
  surelyRefundedMinor?: number;
}

export const gateway: Invariant = {
  name: 'gateway',
  statement: 'no gateway charge without a payment and no payment without a charge, in amount and currency',
  async check(ground, findings) {
    for (const merchant of merchants) await checkMerchant(ground, merchant, findings);
  },
};

async function checkMerchant(ground: Ground, merchant: Merchant, findings: Findings): Promise<void> {
  const { rows, tenantId, gateway: books } = ground;
  const { name } = merchant;
  let after = '';
  for await (const page of books.pages(`${tenantId}${merchant.suffix}`)) {
    const attempts = await attemptsOf(rows, page);
    const last = page.at(-1)?.id ?? after;
    const payments = await paymentsBetween(rows, name, after, last);
    for (const charge of page) {
      findings.look();
      const attempt = attempts.get(charge.reference) ?? null;
      const verdict = chargeVerdict(charge, attempt, payments.get(charge.id) ?? null);
      if (verdict.fault === null) findings.count(verdict.state);
      else findings.breach(charge.id, verdict.fault);
      payments.delete(charge.id);
    }
    for (const payment of payments.values())
      await confirmMissing(ground, merchant, payment, (id, what) => findings.breach(id, what));
    after = last;
  }
  for (const payment of (await paymentsBetween(rows, name, after, null)).values())
    await confirmMissing(ground, merchant, payment, (id, what) => findings.breach(id, what));
  const unbooked = rows.find<{ _id: string }>(
    'payments',
    'payments',
    { gateway: name, gatewayId: { $not: { $type: 'string' } } },
    ['_id'],
  );
  for await (const { _id } of unbooked) findings.breach(_id, 'came through the gateway and names no charge');
}

type Verdict = { fault: string } | { fault: null; state: string };

const openStates = new Set(['created', 'pending', 'unknown']);
const broken = (fault: string): Verdict => ({ fault });

/** What one booked charge says of our attempt and payment. */
export function chargeVerdict(
  charge: Charge,
  attempt: AttemptRow | null,
  payment: PaymentRow | null,
): Verdict {
  const { status, reference, refundedMinor } = charge;
  if (!attempt) return broken(`${figures(charge)} was booked for ${reference}, which nobody attempted`);
  if (figures(charge) !== figures(attempt))
    return broken(`is ${figures(charge)}; ${attempt._id} asked for ${figures(attempt)}`);
  const ours = payment?.refundedMinor ?? 0;
  const surely = payment?.surelyRefundedMinor ?? 0;
  if (refundedMinor < surely) return broken(`was refunded ${refundedMinor}, our books say ${surely}`);
  const agreement = agreementFault(charge, attempt);
  if (agreement) return broken(agreement);
  if (refundedMinor > ours) return broken(`was refunded ${refundedMinor}, our books know of ${ours}`);
  if (status === 'failed') {
    return payment || attempt.state === 'succeeded'
      ? broken(`failed, and ${payment?._id ?? attempt._id} says it succeeded`)
      : { fault: null, state: 'failed' };
  }
  if (openStates.has(attempt.state) && !payment)
    return { fault: null, state: `${status}, attempt still open` };
  if (status === 'pending') return broken(`is pending, ${attempt._id} is ${attempt.state}`);
  if (!payment)
    return broken(`${figures(charge)} was taken, ${attempt._id} is ${attempt.state} and there is no payment`);
  if (figures(charge) !== figures(payment))
    return broken(`is ${figures(charge)}; ${payment._id} is ${figures(payment)}`);
  if (payment.attemptId !== attempt._id || attempt.gatewayId !== charge.id)
    return broken(`belongs to ${attempt._id}, ${payment._id} to ${payment.attemptId ?? 'none'}`);
  return { fault: null, state: 'paid' };
}

/** Who asked, by which agreement, and when a debit was to be collected: both sides say the same. */
function agreementFault(charge: Charge, attempt: AttemptRow): string | null {
  const { initiator, originalNetworkTransactionId: original, debit, settledAt } = charge;
  const ours = attempt.initiator === 'payer' ? 'customer' : 'merchant';
  if (initiator && attempt.initiator && initiator !== ours)
    return `was asked for by the ${initiator}, ${attempt._id} by the ${ours}`;
  if (original !== undefined && (original ?? null) !== (attempt.originalNetworkTransactionId ?? null))
    return `refers to ${original ?? 'nothing'}, ${attempt._id} to ${attempt.originalNetworkTransactionId ?? 'nothing'}`;
  const [theirs, planned] = [debit, attempt.debit].map(
    (each) => each && `${each.scheme} ${each.collectOn} ${each.mandateId ?? ''}`,
  );
  if (debit !== undefined && (theirs ?? null) !== (planned ?? null))
    return `is ${theirs ?? 'no debit'}, ${attempt._id} is ${planned ?? 'none'}`;
  return settledAt && debit && settledAt.slice(0, 10) < debit.collectOn
    ? `settled on ${settledAt}, before ${debit.collectOn}`
    : null;
}

const figures = ({ amountMinor, currency }: { amountMinor: number; currency: string }): string =>
  `${amountMinor} ${currency}`;

async function attemptsOf(rows: TenantRows, page: readonly Charge[]): Promise<Map<string, AttemptRow>> {
  const filter = { key: { $in: page.map(({ reference }) => reference) } };
  const found = await collect(
    rows.find<AttemptRow>('payments', 'attempts', filter, [
      'key',
      'state',
      'gatewayId',
      'amountMinor',
      'currency',
      ...['initiator', 'originalNetworkTransactionId', 'debit'],
    ]),
  );
  return new Map(found.map((row) => [row.key, row]));
}

/** Both books are in the order of the gateway's ids: page by page the payments that belong beside the charges. */
async function paymentsBetween(
  rows: TenantRows,
  gatewayName: string,
  after: string,
  last: string | null,
): Promise<Map<string, PaymentRow>> {
  const gatewayId = { $gt: after, ...(last === null ? {} : { $lte: last }) };
  const found = await collect(
    rows.find<PaymentRow>('payments', 'payments', { gateway: gatewayName, gatewayId }, [
      'gatewayId',
      'attemptId',
      'amountMinor',
      'currency',
      'refundedMinor',
    ]),
  );
  const refunded = await surelyRefunded(rows, gatewayName, found);
  return new Map(
    found.map((row) => [row.gatewayId, { ...row, surelyRefundedMinor: refunded.get(row._id) ?? 0 }]),
  );
}

async function surelyRefunded(
  rows: TenantRows,
  gatewayName: string,
  payments: readonly PaymentRow[],
): Promise<Map<string, number>> {
  const paymentId = { $in: payments.filter(({ refundedMinor }) => refundedMinor).map(({ _id }) => _id) };
  const found = await collect(
    rows.find<{ _id: string; paymentId: string; amountMinor: number }>(
      'payments',
      'refunds',
      { paymentId, state: 'succeeded', gateway: gatewayName },
      ['paymentId', 'amountMinor'],
    ),
  );
  const sums = new Map<string, number>();
  for (const { paymentId: of, amountMinor } of found) sums.set(of, (sums.get(of) ?? 0) + amountMinor);
  return sums;
}

/** The books were read before our rows: a charge made in between is asked for by its reference. */
async function confirmMissing(
  { rows, gateway: books, tenantId }: Ground,
  { suffix }: Merchant,
  { _id, gatewayId, attemptId, ...payment }: PaymentRow,
  breach: (id: string, what: string) => void,
): Promise<void> {
  const [attempt] = await collect(
    rows.find<AttemptRow>('payments', 'attempts', { _id: attemptId ?? '' }, ['key']),
  );
  const charges = attempt ? await books.ofReference(`${tenantId}${suffix}`, attempt.key) : [];
  if (!charges.some(({ id }) => id === gatewayId))
    breach(_id, `${figures(payment)} names charge ${gatewayId}, which the gateway's books do not show`);
}
