import { type AttemptRow } from '../attempts/attempt.schema';
import { overallState } from '../domain/attempts/attempt-states';
import { attemptView } from '../payments-views';
import type { BalanceEntryRow } from './balance.schema';
import type { TopUpRow } from './top-up.schema';

const money = (minor: number, currency: string) => ({ minor, currency });

export const topUpView = (row: TopUpRow, attempts: AttemptRow[]) => ({
  id: row._id,
  accountId: row.accountId,
  amount: money(row.amountMinor, row.currency),
  requestedAt: row.requestedAt,
  outcome: attempts.length === 0 ? null : overallState(attempts.map(({ state }) => state)),
  attempts: attempts.map(attemptView),
});

export const balanceEntryView = ({ amountMinor, balanceMinor, currency, ...row }: BalanceEntryRow) => ({
  no: row.no,
  what: row.what,
  amount: money(amountMinor, currency),
  balance: money(balanceMinor, currency),
  paymentId: row.paymentId,
  refundId: row.refundId,
  subscriptionId: row.subscriptionId,
  at: row.at,
});
