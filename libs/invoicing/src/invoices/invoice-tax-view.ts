import type { BillTax } from '../domain/bill';
import type { InvoiceRow } from './invoice.schema';

/** What an invoice says of tax: taxes, fees of governments, the carrier's own recovery fees, what is untaxed and why. */
export function taxView({
  currency,
  taxes,
  recoveryFees = [],
  exemptions = [],
  untaxed = [],
  supply,
}: InvoiceRow) {
  const money = (minor: number) => ({ minor, currency });
  const view = ({ amountMinor, baseMinor, taxInBaseMinor, parts, ...tax }: BillTax) => ({
    ...tax,
    base: money(baseMinor),
    amount: money(amountMinor),
    ...(taxInBaseMinor ? { taxInBase: money(taxInBaseMinor) } : {}),
    ...(parts
      ? {
          parts: parts.map((part) => ({
            chargeId: part.chargeId,
            base: money(part.baseMinor),
            amount: money(part.amountMinor),
          })),
        }
      : {}),
  });
  const based = <Base extends { baseMinor: number }>({ baseMinor, ...each }: Base) => ({
    ...each,
    base: money(baseMinor),
  });
  return {
    taxes: taxes.map(view),
    recoveryFees: recoveryFees.map(view),
    exemptions: exemptions.map(based),
    untaxed: untaxed.map(based),
    supply: supply ?? null,
  };
}
