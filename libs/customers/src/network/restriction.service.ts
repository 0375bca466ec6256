import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { RestrictAccountInput, SimState } from '@tollkeeper/contracts';
import { isDuplicateKey, refusal, ServiceDatabase } from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { AccountRepository } from '../accounts/account.repository';
import { TimelineRepository } from '../accounts/timeline.repository';
import { covers } from '../domain/identifier-ownership';
import { accountStateOf, productStatusIn, type Restriction, type UsageBar } from '../domain/network-state';
import { debtRestriction, forDebt, restrictedSince } from '../domain/restriction-spans';
import { liveStateOf } from '../domain/sim-state';
import { AssignmentRepository } from '../identifiers/assignment.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { NetworkOrders } from './network-orders.service';
import { NetworkRepository } from './network.repository';

interface WantedState {
  subscription: SubscriptionRow;
  state: SimState;
  /** Of the step; each SIM has a key of its own under it. */
  key: string;
}

const timelineOf: Record<Restriction, string> = {
  throttled: 'dataThrottled',
  barOutgoing: 'outgoingBarred',
  suspended: 'suspended',
  active: 'restored',
};

/** What debts make of a service: wanted at once here, carried to the network by `provisioning`. */
@Injectable()
export class RestrictionService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly assignments: AssignmentRepository,
    private readonly network: NetworkRepository,
    private readonly orders: NetworkOrders,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
  ) {}

  async restrictAccount(input: RestrictAccountInput): Promise<{ subscriptions: number }> {
    const { tenantId, key } = input;
    const stored = this.db.transaction(
      async () => (await this.network.findStep(tenantId, key)) ?? (await this.restrict(input)),
    );
    const { subscriptions } = await stored.catch(async (error: unknown) => {
      const before = isDuplicateKey(error) ? await this.network.findStep(tenantId, key) : null;
      if (!before) throw error;
      return before;
    });
    return { subscriptions };
  }

  /** In the caller's transaction: orders the states of the subscriptions' SIMs. */
  async orderStates(tenantId: string, at: Instant, wanted: WantedState[]): Promise<void> {
    if (wanted.length === 0) return;
    const accountIds = [...new Set(wanted.map(({ subscription }) => subscription.accountId))];
    const held = (await this.assignments.ofAccounts(tenantId, accountIds)).filter((row) => covers(row, at));
    // Numbers go along with the first order only: a change of number that is under way is not undone by a bar.
    const cards = held.filter(({ kind }) => kind === 'iccid').map(({ value }) => value);
    const known = new Set((await this.network.findStates(tenantId, cards)).map(({ iccid }) => iccid));
    const orders = wanted.flatMap(({ subscription: { _id: subscriptionId, accountId }, state, key }) => {
      const own = held.filter((row) => row.subscriptionId === subscriptionId);
      const valueOf = (kind: string) => own.find((row) => row.kind === kind)?.value;
      return own
        .filter(({ kind }) => kind === 'iccid')
        .map(({ value: iccid }) => ({
          key: `${key}/${iccid}`,
          iccid,
          subscriptionId,
          accountId,
          desired: state,
          ...(known.has(iccid) ? {} : { imsi: valueOf('imsi'), msisdn: valueOf('msisdn') }),
        }));
    });
    await this.orders.place(tenantId, at, orders);
  }

  /** A subscription that another account holds is as free as that account is; joins the transaction of the move. */
  async followHolder(
    tenantId: string,
    at: Instant,
    subscription: SubscriptionRow,
    fromAccountId: string,
  ): Promise<void> {
    const accounts = await this.accounts.findMany(tenantId, [fromAccountId, subscription.accountId]);
    const restrictionOf = (accountId: string) =>
      accountStateOf(accounts.find(({ _id }) => _id === accountId) ?? { restriction: 'active' });
    const restriction = restrictionOf(subscription.accountId);
    if (restriction === restrictionOf(fromAccountId)) return;
    const state = liveStateOf(subscription, restriction);
    await this.orderStates(tenantId, at, [{ subscription, state, key: `${subscription._id}/moved/${at}` }]);
    const status = productStatusIn(state, subscription.status);
    await this.subscriptions.update(tenantId, subscription._id, { status });
  }

  /** In the caller's transaction: bars or frees what the account holds for what was used; debt keeps its own bars. */
  async barForUsage(
    tenantId: string,
    at: Instant,
    { accountId, usageBar, key }: { accountId: string; usageBar: UsageBar | null; key: string },
  ): Promise<void> {
    const account = await this.accounts.find(tenantId, accountId);
    if (!account || (account.usageBar ?? null) === usageBar) return;
    await this.accounts.update(tenantId, accountId, { usageBar });
    const live = await this.subscriptions.liveOf(tenantId, accountId);
    const state = accountStateOf({ restriction: account.restriction, usageBar });
    await this.orderStates(
      tenantId,
      at,
      live.map((subscription) => ({ subscription, state: liveStateOf(subscription, state), key })),
    );
  }

  private async restrict({
    tenantId,
    accountId,
    state,
    key,
    reason,
    at,
  }: RestrictAccountInput): Promise<{ subscriptions: number }> {
    const account = await this.accounts.find(tenantId, accountId);
    if (!account) throw refusal('accountUnknown', `there is no account ${accountId}`);
    const live = await this.subscriptions.liveOf(tenantId, accountId);
    const wanted = live.map((subscription) => ({
      subscription,
      state: liveStateOf(subscription, accountStateOf({ restriction: state, usageBar: account.usageBar })),
      key,
    }));
    await this.network.recordStep(tenantId, key, { accountId, at, subscriptions: live.length });
    await this.accounts.update(tenantId, accountId, { restriction: state });
    await this.orderStates(tenantId, at, wanted);
    await this.subscriptions.updateMany(
      tenantId,
      wanted.map(({ subscription: { _id, status, restrictions = [] }, state: wantedState }) => ({
        subscriptionId: _id,
        change: {
          status: productStatusIn(wantedState, status),
          restrictions: restrictedSince(restrictions, forDebt, debtRestriction[state], at),
        },
      })),
    );
    await this.timeline.record(tenantId, [
      { accountId, at, what: timelineOf[state], details: { reason, subscriptions: live.length } },
    ]);
    await this.news.changed(tenantId, at, [accountId]);
    if (live.some(({ renewal }) => renewal)) await this.news.renewalsChanged(tenantId, at);
    return { subscriptions: live.length };
  }
}
