import type { Bill, BillLine, BillTax } from '../../domain/bill';
import { isMove, isOfDevice } from '../../domain/devices/device-lines';
import { netOf, revenuePartsOf } from '../../domain/line-parts';
import { shareOf, sumOfTax } from '../../domain/ledger/proportional-tax';
import { fractionOf } from '@tollkeeper/money';
import { less, type TaxShare, taxSharesOf } from './billed-shares';
import { creditedShare } from './credited-tax';
import type { GivenBackLine } from './given-back-lines';
import { levyPool, restOfShare } from './levy-pool';
import type {
  CreditedRevenue,
  CreditNoteLine,
  CreditNoteTax,
  CreditPlan,
  CreditRefusal,
  Since,
} from './credit-note';

/** A line of the invoice and how much of it: a net amount, a quantity, or all that is left. */
export interface AskedLine {
  lineNo: number;
  amountMinor?: number;
  quantity?: number;
}

export interface CreditableInvoice extends Pick<Bill, 'lines' | 'taxes' | 'recoveryFees' | 'totalMinor'> {
  adjustedMinor: number;
  /** Net amounts that earlier credit notes gave back. */
  credited: readonly { lineNo: number; netMinor: number }[];
  /** What later bills gave back of its lines. Absent: nothing. */
  returned?: readonly GivenBackLine[];
  /** Taxes and fees that earlier credit notes gave back. Absent: by what they credited of the lines. */
  creditedLevies?: readonly CreditNoteTax[];
  since: Since;
}

export interface Step {
  line: BillLine;
  netMinor: number;
  fromMinor: number;
  toMinor: number;
  quantity: number | null;
}

export const refuse = (field: string, reason: string, hint: string): CreditRefusal => ({
  field,
  reason,
  hint,
});

export const leftOf = (invoice: Pick<CreditableInvoice, 'credited' | 'returned'>, line: BillLine): number =>
  Math.max(0, netOf(line) - creditedOf(invoice, line.lineNo) - returnedOf(invoice, line.lineNo));

const returnedOf = ({ returned = [] }: Pick<CreditableInvoice, 'returned'>, lineNo: number): number =>
  returned.find((each) => each.lineNo === lineNo)?.netMinor ?? 0;

const creditedOf = ({ credited }: Pick<CreditableInvoice, 'credited'>, lineNo: number): number =>
  credited.find((each) => each.lineNo === lineNo)?.netMinor ?? 0;

/** Lowers single lines; each of their taxes falls with them at the rate of the invoice, what the law keeps stays. */
export function planPartial(
  invoice: CreditableInvoice,
  asked: readonly AskedLine[],
): CreditPlan | CreditRefusal {
  if (asked.length === 0) return refuse('lines', 'no line is named', 'Name the lines to credit.');
  const steps: Step[] = [];
  for (const [at, each] of asked.entries()) {
    const step = stepOf(invoice, each, `lines.${at}`);
    if ('reason' in step) return step;
    if (steps.some(({ line }) => line === step.line))
      return refuse(`lines.${at}.lineNo`, `line ${each.lineNo} is named twice`, 'Name each line once.');
    steps.push(step);
  }
  const levies = divided(invoice, (tax, shares) =>
    tax.onPartialCredit === 'keep' ? [] : steps.flatMap((step) => stepShares(tax, shares, step)),
  );
  const plan = planned('partial', steps.map(creditLine), levies, nothingSince);
  const leftMinor = invoice.totalMinor + invoice.adjustedMinor - invoice.since.feesMinor;
  return plan.totalMinor > leftMinor
    ? refuse(
        'lines',
        `the invoice has ${leftMinor} left with tax, after what was reduced on it as a whole`,
        'Credit at most that.',
      )
    : plan;
}

/**
 * Gives back all that is left, so that every account the invoice touched stands as if it had never been. What later
 * bills gave back of its lines they gave already: that much stays owed on the invoice, against their credit.
 */
export function planFull(invoice: CreditableInvoice): CreditPlan | CreditRefusal {
  const { since, returned = [] } = invoice;
  const steps = invoice.lines.map((line): Step => {
    const [netMinor, fromMinor] = [netOf(line), creditedOf(invoice, line.lineNo)];
    const backMinor = Math.max(0, Math.min(netMinor - fromMinor, returnedOf(invoice, line.lineNo)));
    return { line, netMinor, fromMinor, toMinor: netMinor - backMinor, quantity: null };
  });
  const byLine = new Map(steps.map((step) => [step.line.lineNo, step]));
  const pool = levyPool(invoice);
  const levies = divided(invoice, (tax, shares) =>
    shares.map((share) => restOfShare(tax, share, byLine.get(share.lineNo), pool)),
  );
  const plan = planned('full', steps.filter(isLeft).map(creditLine), levies, since);
  if (returned.length === 0) return plan;
  if (plan.lines.length === 0 && plan.totalMinor === 0)
    return refuse(
      'kind',
      'nothing is left of the invoice: all of it was credited, or given back by later bills',
      'What later bills gave back is taken back by crediting those bills.',
    );
  return { ...plan, givenBack: returned.map(givenBackText) };
}

const givenBackText = ({ lineNo, netMinor, invoiceNumbers = [] }: GivenBackLine) => ({
  lineNo,
  netMinor,
  invoiceNumbers,
});

/** Goodwill beside the price: as account credit, at most what the invoice was about. */
export function planExGratia(
  { totalMinor }: Pick<CreditableInvoice, 'totalMinor'>,
  amountMinor: number,
  givenMinor: number,
): CreditPlan | CreditRefusal {
  const leftMinor = Math.max(0, totalMinor - givenMinor);
  if (amountMinor <= 0) return refuse('amount.minor', 'nothing is given', 'Name an amount above 0.');
  if (amountMinor > leftMinor)
    return refuse(
      'amount.minor',
      `goodwill for this invoice is at most ${leftMinor}`,
      'Post an exGratiaCredit on the account for what has nothing to do with the invoice.',
    );
  return {
    kind: 'exGratia',
    lines: [],
    taxes: [],
    since: nothingSince,
    netMinor: amountMinor,
    taxMinor: 0,
    totalMinor: amountMinor,
  };
}

const isLeft = ({ toMinor, fromMinor }: Step): boolean => toMinor !== fromMinor;

function stepOf(invoice: CreditableInvoice, asked: AskedLine, field: string): Step | CreditRefusal {
  const { lineNo, quantity } = asked;
  const line = invoice.lines.find((each) => each.lineNo === lineNo);
  if (!line) return refuse(`${field}.lineNo`, `the invoice has no line ${lineNo}`, 'Name one of its lines.');
  if (isOfDevice(line))
    return refuse(
      `${field}.lineNo`,
      `line ${lineNo} is of a device on instalments`,
      'POST /v1/invoicing/instalment-plans/{planId}/credit lowers its price and what is left to pay.',
    );
  const netMinor = netOf(line);
  const leftMinor = leftOf(invoice, line);
  if (netMinor <= 0)
    return refuse(
      `${field}.lineNo`,
      `line ${lineNo} asks for nothing`,
      'It gives back itself: only a full credit note takes it.',
    );
  if (quantity !== undefined && quantity > line.quantity)
    return refuse(`${field}.quantity`, `line ${lineNo} has ${line.quantity}`, 'Credit at most that.');
  const amountMinor =
    asked.amountMinor ??
    (quantity === undefined
      ? leftMinor
      : fractionOf(netMinor, { numerator: quantity, denominator: line.quantity }, 'halfUp'));
  if (leftMinor === 0 || amountMinor > leftMinor)
    return refuse(
      `${field}.${quantity === undefined ? 'amount' : 'quantity'}`,
      `line ${lineNo} has ${leftMinor} left before tax`,
      'Credit at most what is left.',
    );
  const fromMinor = creditedOf(invoice, lineNo);
  return { line, netMinor, fromMinor, toMinor: fromMinor + amountMinor, quantity: quantity ?? null };
}

/** Cumulative: whatever the steps, all of them together give back exactly what the line bore. */
export const stepShares = (tax: BillTax, shares: readonly TaxShare[], step: Step): TaxShare[] =>
  shares
    .filter(({ lineNo }) => lineNo === step.line.lineNo)
    .map((share) =>
      less(creditedShare(tax, share, step), creditedShare(tax, share, { ...step, toMinor: step.fromMinor })),
    );

interface Levies {
  taxes: CreditNoteTax[];
  recoveryFees: CreditNoteTax[];
}

/** Taxes, and the carrier's own fees that are computed like them. */
export function divided(
  { lines, taxes, recoveryFees = [] }: CreditableInvoice,
  creditedOf: (tax: BillTax, shares: TaxShare[]) => TaxShare[],
): Levies {
  const of = (all: BillTax[]) => {
    const shares = taxSharesOf({ lines, taxes: all });
    return all.flatMap((tax, at) => taxOf(tax, creditedOf(tax, shares[at] ?? [])));
  };
  return { taxes: of(taxes), recoveryFees: of(recoveryFees) };
}

function taxOf(tax: BillTax, shares: readonly TaxShare[]): CreditNoteTax[] {
  const { taxId, name, jurisdiction, percent, rate, law } = tax;
  const parts = shares.filter(({ baseMinor, amountMinor }) => baseMinor !== 0 || amountMinor !== 0);
  if (parts.length === 0) return [];
  const [baseMinor, amountMinor] = [
    parts.reduce((sum, part) => sum + part.baseMinor, 0),
    parts.reduce((sum, part) => sum + part.amountMinor, 0),
  ];
  const said = rate === undefined ? {} : { rate };
  return [{ taxId, name, jurisdiction, percent, ...said, law, baseMinor, amountMinor, parts }];
}

export function creditLine({ line, netMinor, fromMinor, toMinor, quantity }: Step): CreditNoteLine {
  const { lineNo, description, number, from, to, deferred } = line;
  return {
    lineNo,
    description,
    number,
    from,
    to,
    quantity,
    billedMinor: netMinor,
    netMinor: toMinor - fromMinor,
    deferred,
    revenue: revenueOf(line, netMinor, fromMinor, toMinor),
    ...(isMove(line) ? { move: true as const } : {}),
  };
}

/** By differences of rounded sums over the categories and the steps: no cent is lost between them. */
function revenueOf(line: BillLine, netMinor: number, fromMinor: number, toMinor: number): CreditedRevenue[] {
  let sumBefore = 0;
  const through = (sum: number) => shareOf(sum, toMinor, netMinor) - shareOf(sum, fromMinor, netMinor);
  return revenuePartsOf(line).map(({ revenueCategory, amountMinor }) => {
    const sum = sumBefore + amountMinor;
    const part = through(sum) - through(sumBefore);
    sumBefore = sum;
    return { revenueCategory, amountMinor: part };
  });
}

export const nothingSince: Since = { feesMinor: 0, reducedMinor: 0, reducedTaxes: [], roundedMinor: 0 };

export function planned(
  kind: 'full' | 'partial',
  lines: CreditNoteLine[],
  { taxes, recoveryFees }: Levies,
  since: Since,
): CreditPlan {
  const netMinor =
    lines.reduce((sum, line) => sum + line.netMinor, 0) +
    recoveryFees.reduce((sum, fee) => sum + fee.amountMinor, 0) -
    since.reducedMinor -
    since.roundedMinor +
    since.feesMinor;
  const taxMinor = taxes.reduce((sum, tax) => sum + tax.amountMinor, 0) - sumOfTax(since.reducedTaxes);
  const fees = recoveryFees.length > 0 ? { recoveryFees } : {};
  return { kind, lines, taxes, ...fees, since, netMinor, taxMinor, totalMinor: netMinor + taxMinor };
}
