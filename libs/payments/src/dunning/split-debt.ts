import { availableMinor, owedMinor } from '../domain/attempts/reservations';
import type { PayableRow } from '../payables/payable.schema';

interface OpenDispute {
  invoiceId: string;
  amountMinor: number;
  closedAt: string | null;
}

/** One invoice's debt: disputed, paid off by a plan, and what the ladder is for. */
export interface DebtPart {
  payable: PayableRow;
  disputedMinor: number;
  plannedMinor: number;
  chasedMinor: number;
}

export function splitDebt(
  payables: readonly PayableRow[],
  disputes: readonly OpenDispute[],
  plannedInvoices: readonly string[],
): DebtPart[] {
  return payables.map((payable) => {
    const owed = owedMinor(payable);
    const asked = disputes.filter(
      ({ invoiceId, closedAt }) => invoiceId === payable._id && closedAt === null,
    );
    const disputedMinor = Math.min(
      owed,
      asked.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    );
    const rest = owed - disputedMinor;
    const isPlanned = plannedInvoices.includes(payable._id);
    return {
      payable,
      disputedMinor,
      plannedMinor: isPlanned ? rest : 0,
      chasedMinor: isPlanned ? 0 : rest,
    };
  });
}

export const sumOf = (parts: readonly DebtPart[], of: keyof Omit<DebtPart, 'payable'>): number =>
  parts.reduce((sum, part) => sum + part[of], 0);

/** The payable with no more to charge than that; null when there is nothing. */
export function upTo(payable: PayableRow, limitMinor: number): PayableRow | null {
  const over = availableMinor(payable) - limitMinor;
  if (limitMinor <= 0 || availableMinor(payable) === 0) return null;
  return over <= 0 ? payable : { ...payable, openMinor: payable.openMinor - over };
}
