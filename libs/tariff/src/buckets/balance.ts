import type { Instant } from '@tollkeeper/calendar';
import type { UnitExchange, UsageMatch } from '@tollkeeper/contracts';
import type { Micro } from '@tollkeeper/money';
import { fits, type UsageFacts } from '../deck/match-usage';
import { compareText } from './grant';
import type { QuotaTariff } from './quota-tariff';

interface BalanceTerms {
  balanceId: string;
  /** Lower goes first; units go before money. Left out: 0. */
  priority?: number;
  /** What it covers cannot be paid by any later balance. */
  blocker?: boolean;
  /** Left out: any usage. */
  when?: UsageMatch;
  expiresAt?: Instant;
  /** The pool that shares it; it never goes below 0, whatever its member may. */
  poolId?: string;
}

/** Prepaid money. */
export interface MoneyBalance extends BalanceTerms {
  kind: 'money';
  micro: Micro;
  /** What it pays for usage, whatever others pay. Left out: the price that is asked with. */
  tariff?: QuotaTariff;
}

/** Prepaid units: seconds, messages, bytes. */
export interface UnitBalance extends BalanceTerms {
  kind: 'units';
  units: number;
  /** Drawn in whole steps; less than a step is never drawn. Left out: 1. */
  step?: number;
  /** Kinds of usage that take units at a rate of their own, in whole `takes`. Left out: unit by unit. */
  exchange?: readonly UnitExchange[];
  /** What using it costs, out of the money balances. Left out: nothing. */
  tariff?: QuotaTariff;
}

export type Balance = MoneyBalance | UnitBalance;

/** Micro amounts of money or units taken out of one balance. */
export interface BalanceDebit {
  balanceId: string;
  amount: number;
}

/** Where money is owed when an account may go below 0 and has no balance of its own. */
export const defaultBalanceId = 'default';

export const isUsable = ({ when, expiresAt }: Balance, usage: UsageFacts): boolean =>
  (expiresAt === undefined || usage.record.startAt < expiresAt) && (when === undefined || fits(when, usage));

/** Priority, then the one that expires earlier, then by id. */
export const inOrderOfBalances = (left: Balance, right: Balance): number =>
  (left.priority ?? 0) - (right.priority ?? 0) ||
  compareText(left.expiresAt ?? '~', right.expiresAt ?? '~') ||
  compareText(left.balanceId, right.balanceId);

/** The balances after what was granted is taken; none of those given changes. */
export function debit(balances: readonly Balance[], debits: readonly BalanceDebit[]): Balance[] {
  const known = new Set(balances.map(({ balanceId }) => balanceId));
  const owed: Balance[] = debits.some(({ balanceId }) => !known.has(balanceId))
    ? [{ balanceId: defaultBalanceId, kind: 'money', micro: 0 }]
    : [];
  return [...balances, ...owed].map((balance) => {
    const amount = debits.reduce(
      (sum, each) => (each.balanceId === balance.balanceId ? sum + each.amount : sum),
      0,
    );
    if (amount === 0) return balance;
    return balance.kind === 'money'
      ? { ...balance, micro: exact(balance.micro - amount) }
      : { ...balance, units: exact(balance.units - amount) };
  });
}

/** Back to the very balances that it came from. */
export const refund = (balances: readonly Balance[], debits: readonly BalanceDebit[]): Balance[] => {
  const missing = debits.find(({ balanceId }) => !balances.some((each) => each.balanceId === balanceId));
  if (missing) throw new RangeError(`${missing.balanceId} is no balance that could be refunded`);
  return debit(
    balances,
    debits.map(({ balanceId, amount }) => ({ balanceId, amount: -amount })),
  );
};

function exact(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError('a balance leaves the exact integers');
  return amount;
}
