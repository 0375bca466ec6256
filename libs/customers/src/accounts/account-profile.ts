import {
  type AccountFlag,
  type AccountProfile,
  controlTags,
  type IdentifierAssignment,
  type SubscriptionProfile,
} from '@tollkeeper/contracts';
import type { CustomerRow } from '../parties/customer.schema';
import { commonSpan } from '../domain/payer-periods';
import { type Slice, slicesOf } from '../domain/subscription-parties';
import type { AssignmentRow } from '../identifiers/assignment.schema';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import type { AccountRow } from './account.schema';

/** An account as other services know it: with the slices of subscriptions for the time in which it pays. */
const accountProfile = (
  account: AccountRow,
  subscriptions: SubscriptionRow[],
  assignments: AssignmentRow[],
  party?: CustomerRow,
): AccountProfile => ({
  accountId: account._id,
  revision: account.revision,
  customerId: account.customerId,
  ...(party ? { customerKind: party.kind } : {}),
  ...(party?.segment ? { segment: party.segment } : {}),
  customerName: account.customerName,
  email: account.email,
  language: account.language,
  address: account.address,
  zone: account.zone,
  currency: account.currency,
  cycleId: account.cycleId,
  cycle: account.cycle,
  termsDays: account.termsDays,
  ...termsOf(account),
  subscriptions: subscriptions.flatMap((row) =>
    paidSlices(
      row,
      account._id,
      assignments.filter(({ subscriptionId }) => subscriptionId === row._id),
    ),
  ),
});

/** Of many accounts; subscriptions of all their holders and assignments in any order. */
export function accountProfiles(
  accounts: readonly AccountRow[],
  subscriptions: readonly SubscriptionRow[],
  assignments: readonly AssignmentRow[],
  parties: readonly CustomerRow[] = [],
): AccountProfile[] {
  const partyOf = new Map(parties.map((party) => [party._id, party]));
  const byPayer = groupBy(subscriptions, payersOf);
  const bySubscription = groupBy(assignments, ({ subscriptionId }) => [subscriptionId]);
  return accounts.map((account) => {
    const paid = byPayer.get(account._id) ?? [];
    return accountProfile(
      account,
      paid,
      paid.flatMap(({ _id }) => bySubscription.get(_id) ?? []),
      partyOf.get(account.customerId),
    );
  });
}

const payersOf = ({ accountId, parties }: SubscriptionRow): string[] =>
  parties.length === 0 ? [accountId] : [...new Set(parties.map(({ payerAccountId }) => payerAccountId))];

function groupBy<Row>(rows: readonly Row[], keysOf: (row: Row) => string[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    for (const key of keysOf(row)) {
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
  }
  return groups;
}

/** Left out where there is none: most accounts have none of these. */
function termsOf({ taxCertificates, creditTerms, tags }: AccountRow) {
  const flags = tags.flatMap(({ tag, from, to, reason }): AccountFlag[] => {
    const control = controlTags.find((each) => each === tag);
    return control ? [{ tag: control, from, to, reason }] : [];
  });
  return {
    ...(taxCertificates.length > 0 ? { taxCertificates } : {}),
    ...(creditTerms ? { creditTerms } : {}),
    ...(flags.length > 0 ? { flags } : {}),
  };
}

function paidSlices(
  row: SubscriptionRow,
  payerId: string,
  assignments: AssignmentRow[],
): SubscriptionProfile[] {
  if (row.parties.length === 0) return [subscriptionProfile(row, assignments)];
  return slicesOf(row)
    .filter(({ payerAccountId }) => payerAccountId === payerId)
    .map((slice) => sliceProfile(row, slice, assignments));
}

const sliceProfile = (
  row: SubscriptionRow,
  slice: Slice,
  assignments: AssignmentRow[],
): SubscriptionProfile => ({
  ...subscriptionProfile(
    row,
    assignments.filter((assignment) => commonSpan(assignment, slice)),
  ),
  subscriptionId: slice.sliceId,
  activeFrom: slice.from,
  activeTo: slice.to,
  poolId: slice.poolId,
  slice: {
    subscriptionId: row._id,
    holderAccountId: slice.holderAccountId,
    activeFrom: row.activeFrom,
    continues: slice.continues,
  },
});

/** The Product as its holder sees it. */
export const subscriptionProfile = (
  row: SubscriptionRow,
  assignments: AssignmentRow[],
): SubscriptionProfile => ({
  subscriptionId: row._id,
  status: row.status,
  activeFrom: row.activeFrom,
  activeTo: row.activeTo,
  plans: row.plans.map(({ offeringId, from, to }) => ({ offeringId, from, to })),
  addOns: (row.addOns ?? []).map(({ offeringId, from, to }) => ({ offeringId, from, to })),
  identifiers: assignments.map(({ kind, value, from, to }): IdentifierAssignment => ({
    kind,
    value,
    from,
    to,
  })),
  poolId: row.poolId,
  paidPeriods: row.paidPeriods.map(({ from, to }) => ({ from, to })),
  ...(row.restrictions?.length
    ? { restrictions: row.restrictions.map(({ kind, from, to }) => ({ kind, from, to })) }
    : {}),
  ...(row.withdrawn ? { withdrawn: row.withdrawn } : {}),
});
