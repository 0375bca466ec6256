import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { DepositMatter } from '@tollkeeper/contracts';
import { newId } from '@tollkeeper/platform';
import type { AccountRow } from '../accounts/account.schema';
import { TimelineRepository } from '../accounts/timeline.repository';
import { demandedMinor, goodPaymentAt, missingMinor } from '../domain/deposit-demand';
import { OrderRepository } from '../orders/order.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { CreditAccountRow, GiveBackCause } from './credit-account.schema';

export interface Services {
  /** That live by now. */
  live: number;
  /** With those that an order is about to begin. */
  coming: number;
  /** When the last one ended; null while one lives, or when there was none. */
  endedAt: Instant | null;
}

export interface DepositFindings {
  row: CreditAccountRow;
  matters: DepositMatter[];
  nextAt: Instant | null;
}

/** When an account's deposit is asked for, and when it goes back: its class's rule, applied to its services. */
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
    const coming = (await this.orders.openActivations(tenantId, accountId)).filter(
      ({ _id, direction, subscriptionId }) =>
        _id !== exceptOrder && direction === 'forward' && !ids.has(subscriptionId),
    );
    const ends = rows.flatMap(({ activeTo }) => activeTo ?? []).sort();
    return {
      live: live.length,
      coming: live.length + coming.length,
      endedAt: live.length === 0 ? (ends.at(-1) ?? null) : null,
    };
  }

  demanded(account: Pick<AccountRow, 'creditTerms'>, row: CreditAccountRow, services: number): number {
    const standing = {
      waivedIn: row.waiver?.creditClass ?? null,
      provenIn: row.proven?.creditClass ?? null,
    };
    return demandedMinor(account.creditTerms, services, standing);
  }

  async look(
    tenantId: string,
    at: Instant,
    account: AccountRow,
    before: CreditAccountRow,
  ): Promise<DepositFindings> {
    const services = await this.servicesOf(tenantId, account._id);
    let row = this.toGiveBack(at, account, before, services);
    row = this.toTopUp(at, account, row, services);
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
    return { row, matters: mattersOf(account, row), nextAt: goodAt(account, row, services) };
  }

  private toGiveBack(
    at: Instant,
    account: AccountRow,
    row: CreditAccountRow,
    services: Services,
  ): CreditAccountRow {
    const heldMinor = row.balance?.depositMinor ?? 0;
    const open = row.giveBack;
    // A service that begins again keeps what was about to go back at the end.
    if (open?.state === 'due' && open.cause === 'ended' && services.coming > 0)
      return { ...row, giveBack: null };
    if (open || heldMinor === 0 || !row.managed) return row;
    const since = row.lateAt ?? row.balance?.depositSince ?? at;
    const back = (cause: GiveBackCause, amountMinor: number): CreditAccountRow => ({
      ...row,
      undoneMinor: 0,
      giveBack: {
        ...{ key: newId('dep'), cause, amountMinor, leavesMinor: heldMinor - amountMinor, since, at },
        ...{ endedAt: services.endedAt, state: 'due' as const },
      },
    });
    if (services.coming === 0) return back(services.endedAt ? 'ended' : 'orderUndone', heldMinor);
    const beyond = heldMinor - this.demanded(account, row, services.coming);
    const undone = Math.min(row.undoneMinor, Math.max(0, beyond));
    if (undone > 0) return back('orderUndone', undone);
    const due = goodAt(account, row, services);
    return due !== null && due <= at ? back('goodPayment', heldMinor) : { ...row, undoneMinor: 0 };
  }

  /** What a live account lacks is charged once; refused, it waits for a person. */
  private toTopUp(
    at: Instant,
    account: AccountRow,
    row: CreditAccountRow,
    services: Services,
  ): CreditAccountRow {
    const demanded = this.demanded(account, row, services.live);
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
}

function goodAt(
  { creditTerms, zone }: AccountRow,
  { balance, giveBack, lateAt, managed }: CreditAccountRow,
  { live }: Services,
): Instant | null {
  const months = creditTerms?.depositReturnMonths ?? null;
  const heldSince = balance?.depositSince ?? null;
  if (months === null || heldSince === null || giveBack || !managed || live === 0) return null;
  return goodPaymentAt({ months, heldSince, lateAt, zone });
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
