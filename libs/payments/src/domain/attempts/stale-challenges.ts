/**
 * A challenge asks for more than its debt still is: confirmed, it would take money that nobody owes. A debt that was
 * written off is nobody's to pay, and who pays it after all is welcome.
 */
export function isStale(
  { amountMinor }: { amountMinor: number },
  debt: { openMinor: number; writtenOffAt: string | null } | undefined,
): boolean {
  return debt !== undefined && debt.writtenOffAt === null && debt.openMinor < amountMinor;
}
