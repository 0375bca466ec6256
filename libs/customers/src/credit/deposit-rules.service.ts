import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { CreditTerms, DepositMatter } from '@tollkeeper/contracts';
import { newId } from '@tollkeeper/platform';
import type { AccountRow } from '../accounts/account.schema';
import { TimelineRepository } from '../accounts/timeline.repository';
import { classOf, demandedMinor, goodPaymentAt, missingMinor } from '../domain/deposit-demand';
import {
  agreedKeyOf,
  type OfferingDeposit,
  ofServices,
  refundableAt,
  sumOf,
} from '../domain/offering-deposits';
import { OrderRepository } from '../orders/order.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { CreditAccountRow, GiveBackCause } from './credit-account.schema';

type GiveBack = NonNullable<CreditAccountRow['giveBack']>;

export interface Services {
  /** That live by now. */
  live: ReadonlySet<string>;
  /** With those that an order is about to begin. */
  coming: ReadonlySet<string>;
  /** When those that live no more ended. */
  ends: ReadonlyMap<string, Instant>;
}

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

  /** By the class for the account or each service, and by what was agreed for these services. */
  demanded(
    { creditTerms }: Pick<AccountRow, 'creditTerms'>,
    row: CreditAccountRow,
    services: ReadonlySet<string>,
  ): number {
    const standing = {
      waivedIn: row.waiver?.creditClass ?? null,
      provenIn: row.proven?.creditClass ?? null,
    };
    const byClass = demandedMinor(creditTerms, services.size, standing);
    return byClass + (isWaived(creditTerms, row) ? 0 : sumOf(ofServices(agreedIn(row), services)));
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
    return { row, matters: mattersOf(account, row), nextAt: nextGoodAt(account, row, services) };
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
    if (open?.state === 'due' && open.cause === 'ended' && !isOfOfferings(open) && services.coming.size > 0)
      return { ...row, giveBack: null };
    if (open || heldMinor === 0 || !row.managed) return row;
    const back = (cause: GiveBackCause, amountMinor: number, more: Partial<GiveBack> = {}) => ({
      ...row,
      giveBack: {
        ...{ key: newId('dep'), cause, amountMinor, leavesMinor: heldMinor - amountMinor, at },
        ...{ since: row.lateAt ?? row.balance?.depositSince ?? at, endedAt: null, state: 'due' as const },
        ...more,
      },
    });
    if (services.coming.size === 0) {
      const endedAt = [...services.ends.values()].sort().at(-1) ?? null;
      const whole = back(endedAt ? 'ended' : 'orderUndone', heldMinor, { endedAt });
      return { ...whole, undoneMinor: 0, offeringDeposits: [] };
    }
    const beyond = Math.max(0, heldMinor - this.demanded(account, row, services.coming));
    const undone = Math.min(row.undoneMinor, beyond);
    if (undone > 0) return { ...back('orderUndone', undone), undoneMinor: 0 };
    const kept = ofServices(agreedIn(row), services.coming);
    const ended = agreedIn(row).filter(({ subscriptionId }) => services.ends.has(subscriptionId));
    const freed = Math.min(sumOf(ended), beyond);
    if (freed > 0) {
      const endedAt = ended
        .map(({ subscriptionId }) => services.ends.get(subscriptionId) ?? at)
        .sort()
        .at(-1);
      const more = { endedAt, agreedKeys: ended.map(agreedKeyOf) };
      return { ...back('ended', freed, more), offeringDeposits: kept };
    }
    const rest = { ...row, undoneMinor: 0, offeringDeposits: kept };
    const classPart = heldMinor - (isWaived(account.creditTerms, row) ? 0 : sumOf(kept));
    const due = goodAt(account, row, services);
    if (due !== null && due <= at) return { ...back('goodPayment', classPart), undoneMinor: 0 };
    const good = kept.filter((each) => {
      const on = refundableAt(each, { lateAt: row.lateAt, zone: account.zone });
      return on !== null && on <= at;
    });
    const goodMinor = Math.min(sumOf(good), heldMinor);
    const firstAgreed = good.map(({ agreedAt }) => agreedAt).sort()[0] ?? at;
    const since = row.lateAt !== null && row.lateAt > firstAgreed ? row.lateAt : firstAgreed;
    return goodMinor > 0
      ? { ...back('goodPayment', goodMinor, { since, agreedKeys: good.map(agreedKeyOf) }), undoneMinor: 0 }
      : rest;
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

const agreedIn = ({ offeringDeposits = [] }: CreditAccountRow): OfferingDeposit[] => offeringDeposits;

/** What goes back was agreed for some offerings; the rest stays. */
export const isOfOfferings = ({ agreedKeys = [] }: GiveBack): boolean => agreedKeys.length > 0;

/** Somebody who may asked for no deposit, as long as the account stays in its class. */
export const isWaived = (terms: CreditTerms | null, { waiver }: CreditAccountRow): boolean =>
  waiver !== null && (waiver.creditClass ?? '') === classOf(terms);

/** When what the class asked for goes back; `null`: not by itself, or nothing of it is held. */
export function goodAt(
  { creditTerms, zone }: AccountRow,
  row: CreditAccountRow,
  { live }: Pick<Services, 'live'>,
): Instant | null {
  const { balance, giveBack, lateAt, managed } = row;
  const months = creditTerms?.depositReturnMonths ?? null;
  const heldSince = balance?.depositSince ?? null;
  if (months === null || heldSince === null || giveBack || !managed || live.size === 0) return null;
  const agreedMinor = isWaived(creditTerms, row) ? 0 : sumOf(agreedIn(row));
  if ((balance?.depositMinor ?? 0) <= agreedMinor) return null;
  return goodPaymentAt({ months, heldSince, lateAt, zone });
}

/** The next date on which something goes back after good payment. */
function nextGoodAt(account: AccountRow, row: CreditAccountRow, services: Services): Instant | null {
  if (row.giveBack || (row.balance?.depositMinor ?? 0) === 0 || !row.managed) return null;
  const { lateAt } = row;
  const { zone } = account;
  const ofOfferings = ofServices(agreedIn(row), services.live).flatMap(
    (each) => refundableAt(each, { lateAt, zone }) ?? [],
  );
  return [goodAt(account, row, services) ?? [], ...ofOfferings].flat().sort()[0] ?? null;
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
