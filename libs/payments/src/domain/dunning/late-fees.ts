import { addDays, compareDates, type LocalDate } from '@tollkeeper/calendar';
import type { LateFee } from '@tollkeeper/contracts';
import { percentageOf } from '@tollkeeper/money';
import {
  contractInterestMinor,
  type DebtorKind,
  lumpSumMinor,
  statutoryFor,
  statutoryInterestMinor,
} from './default-interest';

export interface FeeCharged {
  levelId: string;
  key: string;
  invoiceId: string;
  what: 'fee' | 'interest' | 'lumpSum';
  minor: number;
  /** Of interest: the first day that it does not count. */
  to: LocalDate | null;
  posted: boolean;
}

export interface LateInvoice {
  invoiceId: string;
  dueOn: LocalDate;
  totalMinor: number;
  /** Undisputed, without what a plan pays off. */
  owedMinor: number;
}

export interface FeeCase {
  keyBase: string;
  levelId: string;
  country: string;
  kind: DebtorKind;
  currency: string;
  on: LocalDate;
  /** Oldest first. */
  invoices: readonly LateInvoice[];
  /** Of all cases of the account. */
  before: readonly FeeCharged[];
}

/** What a level charges: a fixed fee or a percentage once for the debt, interest and a lump sum for each invoice. */
export function lateFeesOf(fee: LateFee, debt: FeeCase): FeeCharged[] {
  const charges = fee.kind === 'interest' ? interestOf(fee, debt) : feeOnOldest(fee, debt);
  return charges.filter(({ minor }) => minor > 0);
}

const charge = (
  { keyBase, levelId }: FeeCase,
  invoiceId: string,
  what: FeeCharged['what'],
  minor: number,
  to: LocalDate | null = null,
): FeeCharged => ({
  levelId,
  key: `${keyBase}/${levelId}/${what}/${invoiceId}`,
  invoiceId,
  what,
  minor,
  to,
  posted: false,
});

function feeOnOldest(fee: Exclude<LateFee, { kind: 'interest' }>, debt: FeeCase): FeeCharged[] {
  const [oldest] = debt.invoices.filter(({ owedMinor }) => owedMinor > 0);
  if (!oldest) return [];
  const owed = debt.invoices.reduce((sum, invoice) => sum + principalOf(invoice, debt.before), 0);
  const minor = fee.kind === 'fixed' ? fee.minor : percentageOf(owed, fee.percent, 'halfUp');
  return [charge(debt, oldest.invoiceId, 'fee', minor)];
}

/** No interest on interest, no fee on a fee: what was charged for being late before is not principal. */
function principalOf(
  { invoiceId, totalMinor, owedMinor }: LateInvoice,
  before: readonly FeeCharged[],
): number {
  const own = before.filter((each) => each.invoiceId === invoiceId && each.posted);
  const charged = own.reduce((sum, { minor }) => sum + minor, 0);
  return Math.max(0, Math.min(totalMinor, owedMinor - charged));
}

function interestOf(fee: Extract<LateFee, { kind: 'interest' }>, debt: FeeCase): FeeCharged[] {
  const { country, kind, currency, on, before } = debt;
  const statutory = statutoryFor(country, kind);
  return debt.invoices.flatMap((invoice) => {
    const { invoiceId, dueOn, totalMinor, owedMinor } = invoice;
    if (owedMinor <= 0) return [];
    const own = before.filter((each) => each.invoiceId === invoiceId && each.posted);
    const from = own.reduce(
      (latest, { to }) => (to && compareDates(to, latest) > 0 ? to : latest),
      addDays(dueOn, 1),
    );
    const stretch = { amountMinor: principalOf(invoice, before), from, to: on };
    const minor = interestMinor(fee.rate, statutory, stretch);
    const lump = own.some(({ what }) => what === 'lumpSum')
      ? 0
      : lumpOf(fee, statutory, totalMinor, currency);
    return [charge(debt, invoiceId, 'interest', minor, on), charge(debt, invoiceId, 'lumpSum', lump)];
  });
}

function interestMinor(
  rate: string,
  statutory: ReturnType<typeof statutoryFor>,
  stretch: { amountMinor: number; from: LocalDate; to: LocalDate },
): number {
  if (compareDates(stretch.from, stretch.to) >= 0) return 0;
  if (rate !== 'statutory') return contractInterestMinor(rate, stretch);
  return statutory ? statutoryInterestMinor(statutory, stretch) : 0;
}

function lumpOf(
  { lumpSum }: Extract<LateFee, { kind: 'interest' }>,
  statutory: ReturnType<typeof statutoryFor>,
  invoiceMinor: number,
  currency: string,
): number {
  if (lumpSum === undefined) return 0;
  if (lumpSum !== 'statutory') return lumpSum;
  return (statutory && lumpSumMinor(statutory, invoiceMinor, currency)) ?? 0;
}
