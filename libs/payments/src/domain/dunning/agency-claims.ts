/** What an agency has to collect of one invoice. */
export interface AgencyClaim {
  invoiceId: string;
  openMinor: number;
  /** Of that: what the debtor disputes. */
  disputedMinor: number;
}

interface OpenDispute {
  invoiceId: string;
  amountMinor: number;
  closedAt: string | null;
}

/** Never more is disputed than is open. */
export const claimsOf = (
  invoices: readonly { _id: string; openMinor: number }[],
  disputes: readonly OpenDispute[] = [],
): AgencyClaim[] =>
  invoices.map(({ _id: invoiceId, openMinor }) => {
    const asked = disputes
      .filter((each) => each.invoiceId === invoiceId && each.closedAt === null)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    return { invoiceId, openMinor, disputedMinor: Math.min(openMinor, asked) };
  });

/** What differs from what the agency was told last; all of it where that is not known. */
export function changedClaims(
  told: readonly AgencyClaim[] | undefined,
  now: readonly AgencyClaim[],
): AgencyClaim[] {
  const before = new Map((told ?? []).map((claim) => [claim.invoiceId, claim]));
  return now.filter(({ invoiceId, openMinor, disputedMinor }) => {
    const last = before.get(invoiceId);
    return last?.openMinor !== openMinor || last.disputedMinor !== disputedMinor;
  });
}
