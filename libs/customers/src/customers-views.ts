import type { Principal } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { subscriptionProfile } from './accounts/account-profile';
import { partiesView, partyShape, staffShape, staffView } from './accounts/account-terms-views';
import type { AccountDetails } from './accounts/account.service';
import type { AccountRow } from './accounts/account.schema';
import { barStates } from './domain/bar-profiles';
import { addressFields } from './accounts/account-fields';
import type { SubscriptionRow } from './subscriptions/subscription.schema';
import type { TimelineRow } from './accounts/timeline.schema';

const dated = { from: z.string(), to: z.string().nullable().describe('Exclusive; null while it lasts') };
const restriction = z.enum(['active', 'barOutgoing', 'suspended']);

const subscription = z.object({
  subscriptionId: z.string(),
  status: z.enum(['created', 'pendingActive', 'active', 'suspended', 'pendingTerminate', 'terminated']),
  activeFrom: z.string(),
  activeTo: z.string().nullable(),
  plans: z.array(z.object({ offeringId: z.string(), ...dated })),
  identifiers: z.array(z.object({ kind: z.enum(['msisdn', 'imsi', 'iccid']), value: z.string(), ...dated })),
  poolId: z.string().nullable(),
  paidPeriods: z.array(z.object({ from: z.string(), to: z.string() })),
  parties: z
    .array(partyShape)
    .describe('Who holds and who pays it, by time: no instant twice, none left out'),
});

const summary = z.object({
  accountId: z.string(),
  externalId: z.string(),
  customerId: z.string(),
  revision: z.number().int(),
  customerName: z.string(),
  email: z.string(),
  language: z.string(),
  address: addressFields,
  zone: z.string(),
  currency: z.string(),
  cycleId: z.string().nullable(),
  termsDays: z.number().int(),
  restriction,
});

const simState = z.enum(['active', ...barStates, 'deactivated']);

const sim = z.object({
  iccid: z.string(),
  subscriptionId: z.string(),
  desired: simState,
  confirmed: simState.nullable().describe('What the network has acknowledged last'),
  confirmedAt: z.string().nullable(),
});
const entry = z.object({
  id: z.string(),
  at: z.string(),
  what: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
const imported = z.object({
  externalId: z.string(),
  accountId: z.string(),
  created: z.boolean().describe('False: the account was there and was left as it is'),
  subscriptions: z.array(z.object({ externalId: z.string().nullable(), subscriptionId: z.string() })),
});

export class SubscriptionView extends createZodDto(subscription.omit({ identifiers: true })) {}
export class AccountView extends createZodDto(
  summary.extend({
    subscriptions: z.array(subscription),
    sims: z.array(sim),
    terms: staffShape.nullable().describe('null for subscribers'),
  }),
) {}
export class AccountPageView extends createZodDto(
  z.object({ data: z.array(summary), hasMore: z.boolean() }),
) {}
export class TimelinePageView extends createZodDto(
  z.object({ data: z.array(entry), hasMore: z.boolean() }),
) {}
export class ImportedAccountView extends createZodDto(imported) {}
export class ImportedAccountsView extends createZodDto(z.object({ accounts: z.array(imported) })) {}

export const accountSummary = ({
  _id,
  externalId,
  customerId,
  revision,
  customerName,
  email,
  language,
  address,
  zone,
  currency,
  cycleId,
  termsDays,
  restriction: state,
}: AccountRow) => ({
  accountId: _id,
  externalId,
  customerId,
  revision,
  customerName,
  email,
  language,
  address,
  zone,
  currency,
  cycleId,
  termsDays,
  restriction: state,
});

export const accountView = (
  { account, subscriptions, sims }: AccountDetails,
  kind: Principal['kind'] = 'staff',
) => ({
  ...accountSummary(account),
  terms: kind === 'subscriber' ? null : staffView(account),
  subscriptions: subscriptions.map(({ row, identifiers }) => ({
    ...subscriptionProfile(row, identifiers),
    parties: partiesView(row, kind === 'subscriber' ? account._id : null),
  })),
  sims: sims.map(({ iccid, subscriptionId, desired, confirmed, confirmedAt }) => ({
    iccid,
    subscriptionId,
    desired,
    confirmed,
    confirmedAt,
  })),
});

export const subscriptionView = (row: SubscriptionRow) => {
  const { identifiers: _, ...view } = subscriptionProfile(row, []);
  return { ...view, parties: partiesView(row, null) };
};

export const timelineView = ({ _id, at, what, details }: TimelineRow) => ({
  id: _id.toHexString(),
  at,
  what,
  details,
});
