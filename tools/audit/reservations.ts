import type { Findings } from './findings';
import type { Ground } from './invariant';
import { byId, collect, inChunks, type TenantRows } from './tenant-rows';

const ROWS_AT_ONCE = 1_000;

interface Reserved {
  _id: string;
  revision: number;
  reservation: {
    attemptId?: string | null;
    paymentId: string;
    amountMinor: number;
    state: 'held' | 'captured';
  };
}

export interface ReservationFacts {
  /** State of the attempt; null when there is none. */
  attempt: string | null;
  isPaid: boolean;
  isApplied: boolean;
  /** Revision of the invoice itself, ahead of payments' copy while a fact is on its way. */
  invoiceRevision: number;
}

const openStates = new Set(['created', 'pending', 'unknown']);

/** Held while an attempt is open, captured until invoicing has applied the money: no longer than that. */
export function reservationFault(
  { revision, reservation }: Omit<Reserved, '_id'>,
  { attempt, isPaid, isApplied, invoiceRevision }: ReservationFacts,
): { kind: 'breach' | 'pending'; why: string } | null {
  const { state, attemptId, paymentId, amountMinor } = reservation;
  const what = `${amountMinor} ${state} for ${attemptId ?? paymentId}`;
  if (state === 'held')
    return openStates.has(attempt ?? '')
      ? null
      : { kind: 'breach', why: `${what}, whose attempt is ${attempt ?? 'not there'}` };
  if (!isPaid) return { kind: 'breach', why: `${what}, and there is no such payment` };
  if (!isApplied) return { kind: 'pending', why: `${what}, not applied yet` };
  return invoiceRevision > revision
    ? { kind: 'pending', why: `${what}, applied just now` }
    : { kind: 'breach', why: `${what}, which invoicing has applied` };
}

export async function checkReservations({ rows }: Ground, findings: Findings): Promise<void> {
  const reserved = rows.aggregate<Reserved>('payments', 'payables', [
    { $match: { 'reservations.0': { $exists: true } } },
    { $unwind: '$reservations' },
    { $project: { revision: 1, reservation: '$reservations' } },
  ]);
  for await (const chunk of inChunks(reserved, ROWS_AT_ONCE)) {
    findings.count('reservations', chunk.length);
    const factsOf = await factsAbout(rows, chunk);
    for (const row of chunk) {
      const fault = reservationFault(row, factsOf(row));
      if (fault?.kind === 'breach') findings.breach(row._id, fault.why);
      else if (fault) findings.wait(row._id, fault.why);
    }
  }
}

async function factsAbout(
  rows: TenantRows,
  reserved: Reserved[],
): Promise<(row: Reserved) => ReservationFacts> {
  const paymentIds = reserved.map(({ reservation }) => reservation.paymentId);
  const attemptIds = reserved.flatMap(({ reservation }) => reservation.attemptId ?? []);
  const attempts = byId(
    await collect(
      rows.find<{ _id: string; state: string }>('payments', 'attempts', { _id: { $in: attemptIds } }, [
        'state',
      ]),
    ),
  );
  const paid = byId(
    await collect(rows.find<{ _id: string }>('payments', 'payments', { _id: { $in: paymentIds } }, ['_id'])),
  );
  const appliedRows = rows.find<{ paymentId: string }>(
    'invoicing',
    'appliedPayments',
    { paymentId: { $in: paymentIds } },
    ['paymentId'],
  );
  const applied = new Set((await collect(appliedRows)).map(({ paymentId }) => paymentId));
  const filter = { _id: { $in: reserved.map(({ _id }) => _id) } };
  const invoices = byId(
    await collect(
      rows.find<{ _id: string; revision: number }>('invoicing', 'invoices', filter, ['revision']),
    ),
  );
  return ({ _id, reservation: { attemptId, paymentId } }) => ({
    attempt: attempts.get(attemptId ?? '')?.state ?? null,
    isPaid: paid.has(paymentId),
    isApplied: applied.has(paymentId),
    invoiceRevision: invoices.get(_id)?.revision ?? 0,
  });
}
