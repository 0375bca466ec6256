import type { AccountProfile, IdentifierAssignment, SubscriptionProfile } from '@tollkeeper/contracts';
import type { AccountRow } from './account.schema';
import type { AssignmentRow } from '../identifiers/assignment.schema';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';

/** An account as other services know it. */
export const accountProfile = (
  account: AccountRow,
  subscriptions: SubscriptionRow[],
  assignments: AssignmentRow[],
): AccountProfile => ({
  accountId: account._id,
  revision: account.revision,
  customerName: account.customerName,
  email: account.email,
  language: account.language,
  address: account.address,
  zone: account.zone,
  currency: account.currency,
  cycleId: account.cycleId,
  cycle: account.cycle,
  termsDays: account.termsDays,
  subscriptions: subscriptions.map((row) =>
    subscriptionProfile(
      row,
      assignments.filter(({ subscriptionId }) => subscriptionId === row._id),
    ),
  ),
});

/** Of many accounts, with all their subscriptions and assignments in any order of accounts. */
export function accountProfiles(
  accounts: readonly AccountRow[],
  subscriptions: readonly SubscriptionRow[],
  assignments: readonly AssignmentRow[],
): AccountProfile[] {
  const subscriptionsOf = byAccount(subscriptions);
  const assignmentsOf = byAccount(assignments);
  return accounts.map((account) =>
    accountProfile(account, subscriptionsOf.get(account._id) ?? [], assignmentsOf.get(account._id) ?? []),
  );
}

function byAccount<Row extends { accountId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.accountId);
    if (group) group.push(row);
    else groups.set(row.accountId, [row]);
  }
  return groups;
}

export const subscriptionProfile = (
  row: SubscriptionRow,
  assignments: AssignmentRow[],
): SubscriptionProfile => ({
  subscriptionId: row._id,
  status: row.status,
  activeFrom: row.activeFrom,
  activeTo: row.activeTo,
  plans: row.plans.map(({ offeringId, from, to }) => ({ offeringId, from, to })),
  identifiers: assignments.map(({ kind, value, from, to }): IdentifierAssignment => ({
    kind,
    value,
    from,
    to,
  })),
  poolId: row.poolId,
  paidPeriods: row.paidPeriods.map(({ from, to }) => ({ from, to })),
});
