import type { Invariant } from '../invariant';
import { checkTakenBack } from '../payments-own-rows';
import { collect, inChunks, type TenantRows } from '../tenant-rows';

const ROWS_AT_ONCE = 500;
const outRules = [
  'chargeback',
  'returnedDebit',
  'paymentUndone',
  'creditTakenBack',
  'reversalLoss',
  'topUpTakenBack',
  'renewalTakenBack',
  'depositTakenBack',
];

export interface ReversalRow {
  _id: string;
  paymentId: string;
  amountMinor: number;
  moneyOut: boolean;
}

interface AppliedReversals {
  /** `<reversal>/out` and `<reversal>/in`. */
  reversals: readonly string[];
  reversedMinor: number;
  /** Posted as taken back of this payment. */
  postedMinor: number;
}

export const reversals: Invariant = {
  name: 'reversals',
  statement:
    'what a payer or bank took back is in the books once, and once more when it was won; the payment says as much',
  async check({ rows, tenantId }, findings) {
    await checkTakenBack({ rows }, findings);
    for await (const chunk of inChunks(rows.find<ReversalRow>('payments', 'reversals'), ROWS_AT_ONCE)) {
      const paymentIds = [...new Set(chunk.map(({ paymentId }) => paymentId))];
      const applied = await appliedTo(rows, paymentIds);
      const all = await collect(
        rows.find<ReversalRow>('payments', 'reversals', { paymentId: { $in: paymentIds } }),
      );
      for (const paymentId of paymentIds) {
        const ofPayment = all.filter((row) => row.paymentId === paymentId);
        findings.look(ofPayment.length);
        const books = applied.get(paymentId);
        const verdict = books
          ? reversalFault(tenantId, ofPayment, books)
          : { kind: 'wait' as const, why: 'its payment is not in the books yet' };
        if (verdict?.kind === 'breach') findings.breach(paymentId, verdict.why);
        if (verdict?.kind === 'wait') findings.wait(paymentId, verdict.why);
      }
    }
  },
};

export function reversalFault(
  tenantId: string,
  rows: readonly ReversalRow[],
  { reversals: steps, reversedMinor, postedMinor }: AppliedReversals,
): { kind: 'breach' | 'wait'; why: string } | null {
  if (new Set(steps).size !== steps.length)
    return { kind: 'breach', why: `is in the books twice: ${steps.join(' ')}` };
  const known = rows.map((row) => {
    const id = row._id.slice(tenantId.length + 1);
    return { ...row, wentOut: steps.includes(`${id}/out`), cameBack: steps.includes(`${id}/in`) };
  });
  const late = known.find(({ moneyOut, wentOut, cameBack }) => moneyOut !== (wentOut && !cameBack));
  if (late) return { kind: 'wait', why: `${late._id} is on its way to the books` };
  const sumOf = (some: typeof known): number => some.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const outMinor = sumOf(known.filter(({ wentOut }) => wentOut));
  const heldMinor = sumOf(known.filter(({ wentOut, cameBack }) => wentOut && !cameBack));
  if (postedMinor !== outMinor)
    return { kind: 'breach', why: `${outMinor} was taken back, ${postedMinor} is posted` };
  return reversedMinor === heldMinor
    ? null
    : { kind: 'breach', why: `${heldMinor} is away, the books say ${reversedMinor}` };
}

async function appliedTo(rows: TenantRows, paymentIds: string[]): Promise<Map<string, AppliedReversals>> {
  const filter = { paymentId: { $in: paymentIds } };
  const applied = await collect(
    rows.find<{ paymentId: string; reversals?: string[]; reversedMinor?: number }>(
      'invoicing',
      'appliedPayments',
      filter,
      ['paymentId', 'reversals', 'reversedMinor'],
    ),
  );
  const posted = await collect(
    rows.aggregate<{ _id: string; minor: number }>('invoicing', 'postings', [
      { $match: { ...filter, rule: { $in: outRules } } },
      { $unwind: '$lines' },
      { $match: { 'lines.amountMinor': { $gt: 0 } } },
      { $group: { _id: '$paymentId', minor: { $sum: '$lines.amountMinor' } } },
    ]),
  );
  const minorOf = new Map(posted.map(({ _id, minor }) => [_id, minor]));
  return new Map(
    applied.map(({ paymentId, reversals: steps = [], reversedMinor = 0 }) => [
      paymentId,
      { reversals: steps, reversedMinor, postedMinor: minorOf.get(paymentId) ?? 0 },
    ]),
  );
}
