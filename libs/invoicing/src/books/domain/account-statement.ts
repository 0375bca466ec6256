import type { LocalDate } from '@tollkeeper/calendar';
import { customerAccounts, type PostingLine } from '@tollkeeper/contracts';

/** Debit positive: above 0 the customer owes it, below 0 it is owed to the customer. */
export interface OwnBalance {
  account: string;
  currency: string;
  minor: number;
}

export interface StatementEntry {
  _id: string;
  rule: string;
  on: LocalDate;
  invoiceId: string | null;
  paymentId: string | null;
  note?: string;
  lines: PostingLine[];
}

interface AccountBalance {
  account: string;
  currency: string;
  openingMinor: number;
  debitMinor: number;
  creditMinor: number;
  closingMinor: number;
}

const isOwn = ({ account }: PostingLine): boolean => account in customerAccounts;

/** Opening, movements and closing of each of the customer's accounts. */
export function accountBalances(
  opening: readonly OwnBalance[],
  movements: readonly StatementEntry[],
): AccountBalance[] {
  const balances = new Map<string, AccountBalance>();
  const balanceOf = ({ account, currency }: Pick<OwnBalance, 'account' | 'currency'>): AccountBalance => {
    const key = `${currency}/${account}`;
    const fresh = { account, currency, openingMinor: 0, debitMinor: 0, creditMinor: 0, closingMinor: 0 };
    const balance = balances.get(key) ?? fresh;
    balances.set(key, balance);
    return balance;
  };
  for (const { minor, ...about } of opening) {
    const balance = balanceOf(about);
    balance.openingMinor += minor;
    balance.closingMinor += minor;
  }
  for (const line of movements.flatMap(({ lines }) => lines.filter(isOwn))) {
    const balance = balanceOf(line);
    if (line.amountMinor > 0) balance.debitMinor += line.amountMinor;
    else balance.creditMinor -= line.amountMinor;
    balance.closingMinor += line.amountMinor;
  }
  return [...balances.keys()].sort().flatMap((key) => balances.get(key) ?? []);
}

/** What a customer owes is bills less money and credit that is at hand for them; deposits and top-ups are kept apart. */
const owed = new Set(['receivable', 'unappliedCash', 'customerCredit']);

const words: Readonly<Record<string, string>> = {
  invoiceFinalized: 'Bill',
  creditNote: 'Credit note',
  priceReduction: 'Price reduction',
  exGratiaCredit: 'Goodwill credit',
  paymentCaptured: 'Payment received',
  refund: 'Money paid back to you',
  creditPromised: 'Money paid back to you',
  creditReleased: 'Money not paid back',
  chargeback: 'Payment reversed by your bank',
  returnedDebit: 'Direct debit returned by your bank',
  paymentUndone: 'Payment that was not for this account',
  creditTakenBack: 'Payment taken back',
  lateFee: 'Late fee',
  lateFeeWaived: 'Late fee taken back',
  depositApplied: 'Paid from your deposit',
  promotionalSpent: 'Paid from promotional credit',
  deviceInstalment: 'Device instalment',
  writeOff: 'No longer claimed',
  roundingDifference: 'Rounding',
};

interface PlainLine {
  on: LocalDate;
  what: string;
  invoiceId: string | null;
  /** Above 0: you owe more; below 0: less. */
  amountMinor: number;
  balanceMinor: number;
}

interface PlainStatement {
  currency: string;
  openingMinor: number;
  lines: PlainLine[];
  closingMinor: number;
}

/** In simple words, one currency at a time; what only moves between the customer's own accounts is left out. */
export function plainStatements(
  opening: readonly OwnBalance[],
  movements: readonly StatementEntry[],
): PlainStatement[] {
  const currencies = new Set([
    ...opening.map(({ currency }) => currency),
    ...movements.flatMap(({ lines }) => lines.filter(isOwn).map(({ currency }) => currency)),
  ]);
  return [...currencies].sort().map((currency) => plainStatement(currency, opening, movements));
}

function plainStatement(
  currency: string,
  opening: readonly OwnBalance[],
  movements: readonly StatementEntry[],
): PlainStatement {
  const openingMinor = opening
    .filter((each) => each.currency === currency && owed.has(each.account))
    .reduce((sum, { minor }) => sum + minor, 0);
  let balanceMinor = openingMinor;
  const lines = movements.flatMap(({ on, rule, invoiceId, lines: posted }) => {
    const amountMinor = posted
      .filter((line) => line.currency === currency && owed.has(line.account))
      .reduce((sum, line) => sum + line.amountMinor, 0);
    if (amountMinor === 0) return [];
    balanceMinor += amountMinor;
    return [{ on, what: words[rule] ?? 'Correction', invoiceId, amountMinor, balanceMinor }];
  });
  return { currency, openingMinor, lines, closingMinor: balanceMinor };
}
