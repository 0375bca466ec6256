/** A device on instalments and what its bills and the books say of it, as the auditor adds them up. */
export interface AuditedPlan {
  _id: string;
  accountId: string;
  currency: string;
  priceMinor: number;
  downPaymentMinor: number;
  instalments: {
    no: number;
    amountMinor: number;
    reducedMinor: number;
    billedBy?: { invoiceId: string } | null;
  }[];
  credits: { totalMinor: number; offInstalmentsMinor: number; accountCreditMinor: number }[];
  sale?: { invoiceId: string } | null;
  cancelledAt?: string | null;
}

export interface DeviceLine {
  invoiceId: string;
  kind: string;
  amountMinor: number;
  planId: string;
  no: number;
  through: number;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** To be paid by bills that are still to come. */
export const openMinorOf = ({ sale, instalments }: AuditedPlan): number =>
  sale
    ? sumOf(
        instalments
          .filter(({ billedBy }) => !billedBy)
          .map(({ amountMinor, reducedMinor }) => amountMinor - reducedMinor),
      )
    : 0;

/** The schedule is the price; what is billed is on the bill that it names, and on no other. */
export function planFaults(plan: AuditedPlan, lines: readonly DeviceLine[]): string[] {
  const { priceMinor, downPaymentMinor, instalments, credits, sale } = plan;
  const faults: string[] = [];
  const scheduled = downPaymentMinor + sumOf(instalments.map(({ amountMinor }) => amountMinor));
  if (scheduled !== priceMinor) faults.push(`its schedule is ${scheduled}, its price ${priceMinor}`);
  const off = sumOf(instalments.map(({ reducedMinor }) => reducedMinor));
  const credited = sumOf(credits.map(({ offInstalmentsMinor }) => offInstalmentsMinor));
  if (off !== credited) faults.push(`${off} is taken off its instalments, its credits say ${credited}`);
  for (const { totalMinor, offInstalmentsMinor, accountCreditMinor } of credits)
    if (offInstalmentsMinor + accountCreditMinor !== totalMinor)
      faults.push(`a credit of ${totalMinor} is ${offInstalmentsMinor} and ${accountCreditMinor}`);
  const sales = lines.filter(({ kind }) => kind === 'device').map(({ invoiceId }) => invoiceId);
  if (sales.join() !== (sale?.invoiceId ?? ''))
    faults.push(`says it is delivered on ${sale?.invoiceId ?? 'no bill'}; bills: ${sales.join() || 'none'}`);
  for (const { no, billedBy } of instalments) {
    const bills = lines
      .filter((line) => line.kind === 'instalment' && line.no <= no && no <= line.through)
      .map(({ invoiceId }) => invoiceId);
    if (bills.join() !== (billedBy?.invoiceId ?? ''))
      faults.push(
        `says instalment ${no} is on ${billedBy?.invoiceId ?? 'no bill'}; bills: ${bills.join() || 'none'}`,
      );
  }
  const asked = sumOf(
    lines.filter(({ kind }) => kind === 'instalment').map(({ amountMinor }) => amountMinor),
  );
  const billed = sumOf(
    instalments
      .filter(({ billedBy }) => billedBy)
      .map(({ amountMinor, reducedMinor }) => amountMinor - reducedMinor),
  );
  if (asked !== billed) faults.push(`${billed} is billed, its bills ask for ${asked}`);
  return faults;
}
