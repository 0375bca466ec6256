import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { RestrictAccountInput } from '@tollkeeper/contracts';
import { isDuplicateKey, refusal, ServiceDatabase } from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { AccountRepository } from '../accounts/account.repository';
import type { AccountRow } from '../accounts/account.schema';
import { AssignmentRepository } from '../identifiers/assignment.repository';
import { covers } from '../domain/identifier-ownership';
import {
  cutsCalls,
  desiredNetworkState,
  linesToKeepOpen,
  productStatusIn,
  type Restriction,
} from '../domain/network-state';
import { NetworkRepository } from './network.repository';
import type { NetworkStateRow } from './network.schema';
import { type Provisioning, provisioningEdge } from './provisioning-network';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { TenantService } from '../copies/tenant.service';
import { TimelineRepository } from '../accounts/timeline.repository';

export interface WantedState {
  subscription: SubscriptionRow;
  state: Restriction;
  /** Of the step; each SIM has a key of its own under it. */
  key: string;
}

const timelineOf: Record<Restriction, string> = {
  barOutgoing: 'outgoingBarred',
  suspended: 'suspended',
  active: 'restored',
};

/** First the network, then our rows: what is stored as confirmed was acknowledged. */
@Injectable()
export class RestrictionService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly tenants: TenantService,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly assignments: AssignmentRepository,
    private readonly network: NetworkRepository,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
    @Inject(provisioningEdge) private readonly provisioning: Provisioning,
  ) {}

  async restrictAccount(input: RestrictAccountInput): Promise<{ subscriptions: number }> {
    const { tenantId, accountId, state, key, at } = input;
    const taken = await this.network.findStep(tenantId, key);
    if (taken) return { subscriptions: taken.subscriptions };
    const account = await this.accounts.find(tenantId, accountId);
    if (!account) throw refusal('accountUnknown', `there is no account ${accountId}`);
    const live = await this.subscriptions.liveOf(tenantId, accountId);
    const wanted = live.map((subscription) => ({
      subscription,
      state: desiredNetworkState(state, subscription.renewal?.state ?? null),
      key,
    }));
    const acknowledged = await this.inNetwork(tenantId, at, wanted);
    return this.store(input, acknowledged).catch(async (error: unknown) => {
      const before = isDuplicateKey(error) ? await this.network.findStep(tenantId, key) : null;
      if (!before) throw error;
      return { subscriptions: before.subscriptions };
    });
  }

  /** Orders the states of the subscriptions' SIMs and waits for the network; what it acknowledged is stored by the caller. */
  async inNetwork(tenantId: string, at: Instant, wanted: WantedState[]): Promise<NetworkStateRow[]> {
    const accountIds = [...new Set(wanted.map(({ subscription }) => subscription.accountId))];
    const accounts = new Map(
      (await this.accounts.findMany(tenantId, accountIds)).map((row) => [row._id, row]),
    );
    const sims = (await this.assignments.ofAccounts(tenantId, accountIds)).filter(
      (row) => row.kind === 'iccid' && covers(row, at),
    );
    const supportPhone = (await this.tenants.get(tenantId)).supportPhone;
    const keepOpen = (state: Restriction, account: AccountRow | undefined): string[] =>
      cutsCalls(state) ? linesToKeepOpen(account?.address.country ?? '', supportPhone) : [];
    const orders = wanted.flatMap(({ subscription: { _id, accountId }, state, key }) =>
      sims
        .filter(({ subscriptionId }) => subscriptionId === _id)
        .map(({ value: iccid }) => ({
          iccid,
          subscriptionId: _id,
          accountId,
          desired: state,
          keepOpen: keepOpen(state, accounts.get(accountId)),
          orderKey: `${key}/${iccid}`,
        })),
    );
    const ordered = await this.network.order(tenantId, orders, at);
    const lines = ordered.map(({ orderKey, iccid, desired, keepOpen: open }) => ({
      key: orderKey,
      iccid,
      state: desired,
      keepOpen: open,
    }));
    if (lines.length > 0) await this.provisioning.setStates(tenantId, at, lines);
    return ordered;
  }

  private async store(
    { tenantId, accountId, state, key, reason, at }: RestrictAccountInput,
    acknowledged: NetworkStateRow[],
  ): Promise<{ subscriptions: number }> {
    return this.db.transaction(async () => {
      const live = await this.subscriptions.liveOf(tenantId, accountId);
      await this.network.recordStep(tenantId, key, { accountId, at, subscriptions: live.length });
      await this.accounts.update(tenantId, accountId, { restriction: state });
      await this.network.confirm(tenantId, acknowledged, at);
      await this.subscriptions.updateMany(
        tenantId,
        live.map(({ _id, status, renewal }) => ({
          subscriptionId: _id,
          change: { status: productStatusIn(desiredNetworkState(state, renewal?.state ?? null), status) },
        })),
      );
      await this.timeline.record(tenantId, [
        { accountId, at, what: timelineOf[state], details: { reason, subscriptions: live.length } },
      ]);
      await this.news.changed(tenantId, at, [accountId]);
      if (live.some(({ renewal }) => renewal)) await this.news.renewalsChanged(tenantId, at);
      return { subscriptions: live.length };
    });
  }
}
