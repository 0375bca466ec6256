import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import type { CreditActivities, DepositDue } from '@tollkeeper/contracts';
import { refusal, ServiceDatabase } from '@tollkeeper/platform';
import type { AccountRow } from '../accounts/account.schema';
import { AccountRepository } from '../accounts/account.repository';
import { TimelineRepository } from '../accounts/timeline.repository';
import { OfferingRepository } from '../copies/offering.repository';
import { missingMinor } from '../domain/deposit-demand';
import { agreedKeyOf, sumOf, withDeposit } from '../domain/offering-deposits';
import { priceAt } from '../domain/offering-price';
import type { OrderRow } from '../orders/order.schema';
import { CreditAccountRepository } from './credit-account.repository';
import type { CreditAccountRow } from './credit-account.schema';
import { CreditWatch } from './credit-watch.service';
import { DepositRules } from './deposit-rules.service';
import { demandedOf, isOfOfferings, isWaived } from '../domain/deposit-due-back';

type Recorded = Parameters<CreditActivities['recordDeposit']>[0];
type Returned = Parameters<CreditActivities['recordDepositReturn']>[0];

const askedAgainHours = 1;
const open = new Set<Recorded['state']>(['pending', 'unknown']);

/** What an order has to take as a deposit, what a charge came to, and what became of a deposit that goes back. */
@Injectable()
export class DepositDesk {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly rows: CreditAccountRepository,
    private readonly accounts: AccountRepository,
    private readonly offerings: OfferingRepository,
    private readonly timeline: TimelineRepository,
    private readonly rules: DepositRules,
    private readonly watch: CreditWatch,
  ) {}

  /** In the order's transaction. What is asked for is claimed, so that no second order asks for it again. */
  async dueFor(tenantId: string, at: Instant, order: OrderRow): Promise<DepositDue | null> {
    const { _id: orderId, accountId } = order;
    const account = await this.accounts.find(tenantId, accountId);
    if (!account) throw refusal('accountUnknown', `there is no account ${accountId}`);
    const before = await this.rows.get(tenantId, accountId);
    const row = await this.agree(tenantId, at, account, before, order);
    const key = depositKeyOf(orderId);
    const { coming } = await this.rules.servicesOf(tenantId, accountId, orderId);
    const demanded = demandedOf(account, row, new Set([...coming, order.subscriptionId]));
    const own = row.claims.find((claim) => claim.key === key);
    const others = row.claims.filter((claim) => claim !== own);
    const claimedMinor = others.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const heldMinor = row.balance?.depositMinor ?? 0;
    const missing = own?.amountMinor ?? missingMinor(demanded, { heldMinor, claimedMinor });
    if (missing === 0) {
      if (row !== before) await this.rows.save(tenantId, [row]);
      return null;
    }
    if (!own) {
      const claim = { key, amountMinor: missing, paymentId: null, at };
      await this.rows.save(tenantId, [{ ...row, managed: true, claims: [...others, claim] }]);
    }
    return { accountId, key, amountMinor: missing, currency: account.currency };
  }

  /** In the transaction of an order whose offering is in force now: what it asks for is charged or freed by itself. */
  async offeringChanged(tenantId: string, at: Instant, order: OrderRow): Promise<void> {
    const account = await this.accounts.find(tenantId, order.accountId);
    if (!account) throw refusal('accountUnknown', `there is no account ${order.accountId}`);
    const before = await this.rows.get(tenantId, order.accountId);
    const row = await this.agree(tenantId, at, account, before, order);
    if (row !== before) await this.watch.lookAt(tenantId, at, [row]);
  }

  /** What the order's offering asks for, in the place of what the one that it follows asked for. */
  private async agree(
    tenantId: string,
    at: Instant,
    account: AccountRow,
    row: CreditAccountRow,
    { subscriptionId, wanted: { offeringId = '', fromOfferingId, action } }: OrderRow,
  ): Promise<CreditAccountRow> {
    const before = row.offeringDeposits ?? [];
    const price = priceAt((await this.offerings.prices(tenantId, [offeringId])).get(offeringId) ?? [], at);
    const isAsked =
      price?.deposit !== undefined && action !== 'remove' && !isWaived(account.creditTerms, row);
    // Waived after a refusal, an order asks for nothing more and has taken nothing.
    const gone = isAsked ? [fromOfferingId] : [fromOfferingId, offeringId];
    const freed = before.filter(
      (each) => each.subscriptionId === subscriptionId && gone.includes(each.offeringId),
    );
    const kept = before.filter((each) => !freed.includes(each));
    if (!isAsked && kept.length === before.length) return row;
    const undoneMinor = row.undoneMinor + sumOf(freed);
    if (!isAsked || !price.deposit) return { ...row, undoneMinor, offeringDeposits: kept };
    const { amountMinor, refundAfterMonths = null } = price.deposit;
    const agreed = { subscriptionId, offeringId, amountMinor, refundAfterMonths, agreedAt: at };
    return { ...row, undoneMinor, offeringDeposits: withDeposit(kept, agreed) };
  }

  /** In the order's transaction: what it took goes back as far as nothing else needs it. */
  async undo(tenantId: string, at: Instant, order: OrderRow): Promise<void> {
    const { _id: orderId, accountId, subscriptionId } = order;
    const row = await this.rows.get(tenantId, accountId);
    const key = depositKeyOf(orderId);
    const claim = row.claims.find((each) => each.key === key);
    const taken = amountTaken(row, key);
    const agreed = row.offeringDeposits ?? [];
    const offeringDeposits = agreed.filter((each) => each.subscriptionId !== subscriptionId);
    if (!claim && taken === 0 && offeringDeposits.length === agreed.length) return;
    const claims = claim?.paymentId ? row.claims : row.claims.filter((each) => each !== claim);
    await this.watch.lookAt(tenantId, at, [
      { ...row, claims, offeringDeposits, undoneMinor: row.undoneMinor + taken },
    ]);
  }

  async record({ tenantId, accountId, key, state, paymentId, at }: Recorded): Promise<void> {
    await this.db.transaction(async () => {
      const before = await this.rows.get(tenantId, accountId);
      const claim = before.claims.find((each) => each.key === key);
      if (!claim || claim.paymentId !== null) return;
      const row = after(before, { key, state, paymentId }, at);
      if (!open.has(state)) {
        const details = { amountMinor: `${claim.amountMinor}`, state };
        const what = state === 'succeeded' ? 'depositTaken' : 'depositRefused';
        await this.timeline.record(tenantId, [{ accountId, at, what, details }]);
      }
      if (row.topUp?.key !== key) return this.rows.save(tenantId, [row]);
      const later = addDuration(at, { hours: askedAgainHours });
      await this.watch.lookAt(tenantId, at, [row], open.has(state) ? later : at);
    });
  }

  async recordReturn(input: Returned): Promise<void> {
    const { tenantId, accountId, key, outcome, lookAgainAt, appliedMinor, refundedMinor, at } = input;
    await this.db.transaction(async () => {
      const row = await this.rows.get(tenantId, accountId);
      const { giveBack } = row;
      if (giveBack?.key !== key || giveBack.state !== 'due') return;
      if (outcome === 'later') return this.rows.save(tenantId, [{ ...row, lookAt: lookAgainAt ?? at }]);
      if (outcome === 'lateSince')
        return this.watch.lookAt(tenantId, at, [{ ...row, giveBack: null, lateAt: lookAgainAt ?? at }]);
      const details = {
        cause: giveBack.cause,
        appliedMinor: `${appliedMinor}`,
        refundedMinor: `${refundedMinor}`,
      };
      await this.timeline.record(tenantId, [{ accountId, at, what: 'depositGivenBack', details }]);
      const account = await this.accounts.find(tenantId, accountId);
      const creditClass = account?.creditTerms?.creditClass ?? null;
      const isProven = giveBack.cause === 'goodPayment' && creditClass !== null && !isOfOfferings(giveBack);
      const good = new Set(giveBack.agreedKeys);
      const leavesMinor = giveBack.leavesMinor;
      const isBooked = (row.balance?.depositMinor ?? 0) <= leavesMinor;
      await this.watch.lookAt(tenantId, at, [
        {
          ...row,
          giveBack: isBooked ? null : { ...giveBack, state: 'given' },
          offeringDeposits: (row.offeringDeposits ?? []).filter((each) => !good.has(agreedKeyOf(each))),
          proven: isProven ? { creditClass, at } : row.proven,
        },
      ]);
    });
  }
}

const amountTaken = ({ takenByOrders }: CreditAccountRow, key: string): number =>
  takenByOrders.find((each) => each.key === key)?.amountMinor ?? 0;

const depositKeyOf = (orderId: string): string => `${orderId}/deposit`;

function after(
  row: CreditAccountRow,
  { key, state, paymentId }: Pick<Recorded, 'key' | 'state' | 'paymentId'>,
  at: Instant,
): CreditAccountRow {
  const isTopUp = row.topUp?.key === key;
  if (state === 'succeeded') {
    const isBooked = paymentId !== null && row.bookedPaymentIds.includes(paymentId);
    const claims = row.claims.flatMap((claim) =>
      claim.key !== key ? [claim] : isBooked ? [] : [{ ...claim, paymentId }],
    );
    const claim = row.claims.find((each) => each.key === key);
    const takenByOrders =
      isTopUp || !claim
        ? row.takenByOrders
        : [...row.takenByOrders, { key, amountMinor: claim.amountMinor }].slice(-20);
    return { ...row, claims, takenByOrders, topUp: isTopUp ? null : row.topUp };
  }
  if (open.has(state))
    return isTopUp && row.topUp ? { ...row, topUp: { ...row.topUp, state: 'waiting', at } } : row;
  const topUp =
    isTopUp && row.topUp ? { ...row.topUp, state: 'refused' as const, reason: state, at } : row.topUp;
  return { ...row, topUp, claims: row.claims.filter((claim) => claim.key !== key) };
}
