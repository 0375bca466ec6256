import type { CreditNoteTax, CreditPlan } from './domain/credit-note';
import type { CreditNoteRow } from './credit-note.schema';

/** Amounts as `{ minor, currency }`, above 0 where the customer gets something back. */
export function planView(plan: CreditPlan, currency: string) {
  const money = (minor: number) => ({ minor, currency });
  const { feesMinor, reducedMinor, reducedTaxes, roundedMinor } = plan.since;
  return {
    kind: plan.kind,
    lines: plan.lines.map(({ netMinor, billedMinor, revenue, deferred, ...line }) => ({
      ...line,
      billed: money(billedMinor),
      net: money(netMinor),
      deferred,
      revenue: revenue.map(({ amountMinor, ...part }) => ({ ...part, amount: money(amountMinor) })),
    })),
    taxes: plan.taxes.map(levyView(currency)),
    recoveryFees: (plan.recoveryFees ?? []).map(levyView(currency)),
    since: {
      fees: money(feesMinor),
      reduced: money(reducedMinor),
      reducedTaxes: reducedTaxes.map(({ jurisdiction, amountMinor }) => ({
        jurisdiction,
        amount: money(amountMinor),
      })),
      rounded: money(roundedMinor),
    },
    net: money(plan.netMinor),
    tax: money(plan.taxMinor),
    total: money(plan.totalMinor),
    givenBack: (plan.givenBack ?? []).map(({ netMinor, ...line }) => ({ ...line, net: money(netMinor) })),
    device: plan.device
      ? {
          planId: plan.device.planId,
          offInstalments: money(plan.device.offInstalmentsMinor),
          accountCredit: money(plan.device.accountCreditMinor),
        }
      : null,
  };
}

const levyView =
  (currency: string) =>
  ({ baseMinor, amountMinor, parts, ...tax }: CreditNoteTax) => ({
    ...tax,
    base: { minor: baseMinor, currency },
    amount: { minor: amountMinor, currency },
    parts: parts.map((part) => ({
      lineNo: part.lineNo,
      base: { minor: part.baseMinor, currency },
      amount: { minor: part.amountMinor, currency },
    })),
  });

export const summaryView = (note: CreditNoteRow) => {
  const money = (minor: number) => ({ minor, currency: note.currency });
  return {
    id: note._id,
    number: note.number,
    kind: note.kind,
    accountId: note.accountId,
    invoiceId: note.invoiceId,
    invoiceNumber: note.invoiceNumber,
    issuedOn: note.issuedOn,
    at: note.at,
    net: money(note.netMinor),
    tax: money(note.taxMinor),
    total: money(note.totalMinor),
    offOpenAmount: money(note.openMinor),
    freed: money(note.freedMinor),
    payOut: note.payOut,
    reissuedAs: note.reissuedAs,
    hasPdf: note.pdf !== null,
  };
};

/** `reason` and who gave it are for staff. */
export const noteView = (note: CreditNoteRow, forStaff: boolean) => ({
  ...planView(note, note.currency),
  ...summaryView(note),
  customer: note.customer,
  ...(forStaff ? { reason: note.reason, by: note.by } : {}),
});
