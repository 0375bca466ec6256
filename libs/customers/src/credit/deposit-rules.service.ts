import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { DepositMatter } from '@tollkeeper/contracts';
import { newId } from '@tollkeeper/platform';
import type { AccountRow } from '../accounts/account.schema';
import { TimelineRepository } from '../accounts/timeline.repository';
import { missingMinor } from '../domain/deposit-demand';
import { demandedOf, nextGoodAt, type Services, withGiveBack } from '../domain/deposit-due-back';
import { OrderRepository } from '../orders/order.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { CreditAccountRow } from './credit-account.schema';

interface DepositFindings {
  row: CreditAccountRow;
  matters: DepositMatter[];
  nextAt: Instant | null;
}

/** When an account's deposit is asked for, and when it goes back: the rules of its class and of what it was sold. */
@Injectable()
export class DepositRules {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly orders: OrderRepository,
    private readonly timeline: TimelineRepository,
  ) {}

  async servicesOf(tenantId: string, accountId: string, exceptOrder?: string): Promise<Services> {
    const rows = await this.subscriptions.ofAccounts(tenantId, [accountId]);
    const live = rows.filter(({ status }) => status !== 'terminated');
    const ids = new Set(live.map(({ _id }) => _id));
    const begun = (await this.orders.openActivations(tenantId, accountId)).filter(
      ({ _id, direction }) => _id !== exceptOrder && direction === 'forward',
    );
    return {
      live: ids,
      coming: new Set([...ids, ...begun.map(({ subscriptionId }) => subscriptionId)]),
      ends: new Map(
        rows.flatMap(({ _id, activeTo }) => (activeTo !== null && !ids.has(_id) ? [[_id, activeTo]] : [])),
      ),
    };
  }

  async look(
    tenantId: string,
    at: Instant,
    account: AccountRow,
    before: CreditAccountRow,
  ): Promise<DepositFindings> {
    const services = await this.servicesOf(tenantId, account._id);
    const left = withGiveBack(before, account, services, { at, newKey: () => newId('dep') });
    const row = toTopUp(at, account, left, services);
    const begun = row.topUp?.key !== before.topUp?.key ? row.topUp : null;
    const returned = row.giveBack?.key !== before.giveBack?.key ? row.giveBack : null;
    await this.timeline.record(tenantId, [
      ...(begun
        ? [
            {
              accountId: account._id,
              at,
              what: 'depositAsked',
              details: { amountMinor: `${begun.amountMinor}` },
            },
          ]
        : []),
      ...(returned
        ? [
            {
              accountId: account._id,
              at,
              what: 'depositDueBack',
              details: { amountMinor: `${returned.amountMinor}`, cause: returned.cause },
            },
          ]
        : []),
    ]);
    return { row, matters: mattersOf(account, row), nextAt: nextGoodAt(account, row, services) };
  }
}

/** What a live account lacks is charged once; refused, it waits for a person. */
function toTopUp(
  at: Instant,
  account: AccountRow,
  row: CreditAccountRow,
  services: Services,
): CreditAccountRow {
  const demanded = demandedOf(account, row, services.live);
  const others = row.claims.filter(({ key }) => key !== row.topUp?.key);
  const claimedMinor = others.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const heldMinor = row.balance?.depositMinor ?? 0;
  const missing = missingMinor(demanded, { heldMinor, claimedMinor });
  const { topUp } = row;
  if (topUp && (topUp.state === 'asked' || topUp.state === 'waiting')) return row;
  if (missing === 0) return topUp ? { ...row, topUp: null } : row;
  if (topUp?.amountMinor === missing) return row;
  const key = newId('dep');
  return {
    ...row,
    managed: true,
    claims: [...others, { key, amountMinor: missing, paymentId: null, at }],
    topUp: { key, attempt: 1, amountMinor: missing, state: 'asked', reason: null, at },
  };
}

function mattersOf({ currency }: AccountRow, row: CreditAccountRow): DepositMatter[] {
  const { accountId, topUp, giveBack } = row;
  return [
    ...(topUp && topUp.state !== 'refused'
      ? [
          {
            kind: 'take' as const,
            ...{ accountId, key: topUp.key, attempt: topUp.attempt },
            ...{ amountMinor: topUp.amountMinor, currency },
          },
        ]
      : []),
    ...(giveBack?.state === 'due'
      ? [
          {
            kind: 'giveBack' as const,
            ...{ accountId, key: giveBack.key, cause: giveBack.cause, amountMinor: giveBack.amountMinor },
            ...{ currency, since: giveBack.since, endedAt: giveBack.endedAt },
          },
        ]
      : []),
  ];
}
