import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { mapBounded } from '../domain/attempts/bounded-calls';
import { nextLookUpAt } from '../domain/attempts/look-up-pauses';
import { openRefundStates, refundMayBecome } from '../domain/refunds/refund-states';
import { Gateways } from '../gateway/gateways';
import type { RefundOutcome } from '../gateway/payment-gateway';
import { realMsSince, realNow, waitInPlaceMs } from '../gateway/real-time';
import { RefundBook } from './refund-book.service';
import { RefundRepository } from './refund.repository';
import type { RefundRow } from './refund.schema';

const callsAtOnce = 8;
const timerSlackMs = 50;

/** Sends refunds under our own keys; what may have been paid is asked for and sent again only when it never was. */
@Injectable()
export class RefundSending {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly refunds: RefundRepository,
    private readonly book: RefundBook,
    private readonly gateways: Gateways,
  ) {}

  async send(
    tenantId: string,
    requestKey: string,
    at: Instant,
  ): Promise<{ open: number; nextAt: Instant | null }> {
    const due = (await this.refunds.ofRequest(tenantId, requestKey)).filter(
      (row) => isOpen(row) && (row.nextLookUpAt === null || row.nextLookUpAt <= at),
    );
    await this.waitForGatewayTimeOut(due);
    const outcomes = await mapBounded(due, callsAtOnce, async (row) => {
      const outcome =
        row.state === 'unknown' || this.isKeyForgotten(row)
          ? await this.lookUp(tenantId, row)
          : await this.pay(tenantId, row);
      return [row._id, outcome] as const;
    });
    const rows = await this.record(tenantId, requestKey, at, new Map(outcomes));
    const open = rows.filter(isOpen);
    return { open: open.length, nextAt: open.flatMap((row) => row.nextLookUpAt ?? []).sort()[0] ?? null };
  }

  /** What the gateway tells of a refund; one that failed after all is paid by bank. */
  async hear(
    tenantId: string,
    at: Instant,
    event: { key: string; gatewayId: string; state: 'succeeded' | 'failed' },
  ): Promise<void> {
    const row = await this.refunds.byKey(tenantId, event.key);
    if (!row) return;
    const outcome: RefundOutcome =
      event.state === 'succeeded'
        ? { state: 'succeeded', gatewayId: event.gatewayId }
        : { state: 'refused', cause: 'failedAtGateway' };
    if (row.state === 'succeeded' && event.state === 'failed') return this.failAfterAll(tenantId, at, row);
    await this.record(tenantId, row.requestKey, at, new Map([[row._id, outcome]]));
  }

  /** It had gone, and came back to the gateway: what the payer is owed is paid by bank. */
  private async failAfterAll(tenantId: string, at: Instant, before: RefundRow): Promise<void> {
    const change = { gateway: 'bank', cause: 'cameBack', decidedAt: at };
    await this.database.transaction(async () => {
      await this.book.tellFailed(tenantId, at, before);
      await this.refunds.decide(tenantId, [become(before, 'payOut', change)]);
    });
  }

  /** The time is the refund's own: a resend is the same request to the letter. */
  private pay(tenantId: string, row: RefundRow): Promise<RefundOutcome> {
    const { key, chargeId, amountMinor, currency, of: reason, requestedAt: at } = row;
    return this.gateways
      .of(row.gateway)
      .refund({ tenantId, at, key, gatewayId: chargeId ?? '', amountMinor, currency, reason });
  }

  /** It may have been sent before a crash: after so long only the gateway's books can tell. */
  private isKeyForgotten({ gateway, sentAt }: RefundRow): boolean {
    return realMsSince(sentAt) > this.gateways.of(gateway).keyHoldsMs;
  }

  private async lookUp(tenantId: string, row: RefundRow): Promise<RefundOutcome> {
    const finding = await this.gateways.of(row.gateway).lookUpRefund(tenantId, row.chargeId ?? '', row.key);
    return finding.state === 'notFound' ? this.pay(tenantId, row) : finding;
  }

  private async record(
    tenantId: string,
    requestKey: string,
    at: Instant,
    outcomes: ReadonlyMap<string, RefundOutcome>,
  ): Promise<RefundRow[]> {
    return this.database.transaction(async () => {
      const rows = await this.refunds.ofRequest(tenantId, requestKey);
      const changed = new Map(
        rows.flatMap((row) => {
          const outcome = outcomes.get(row._id);
          const after = outcome && isOpen(row) ? decidedRefund(row, outcome, at) : null;
          return after ? [[row._id, after] as const] : [];
        }),
      );
      await this.refunds.decide(tenantId, [...changed.values()]);
      await this.book.tell(
        tenantId,
        at,
        [...changed.values()].filter((row) => !isOpen(row)),
      );
      return rows.map((row) => changed.get(row._id) ?? row);
    });
  }

  /** Whether the gateway may still book what it was asked is a matter of real time. */
  private async waitForGatewayTimeOut(due: RefundRow[]): Promise<void> {
    const asked = due.filter(({ state }) => state === 'unknown');
    const remainingMs = asked.map(({ gateway, sentAt }) =>
      waitInPlaceMs(this.gateways.of(gateway).booksWithinMs, realMsSince(sentAt)),
    );
    const longestMs = Math.max(0, ...remainingMs);
    if (longestMs > 0) await pause(longestMs + timerSlackMs);
  }
}

const isOpen = ({ state }: RefundRow): boolean => openRefundStates.some((open) => open === state);

/** What the gateway refuses for good is paid by bank; what it never got is sent again later. */
function decidedRefund(row: RefundRow, outcome: RefundOutcome, at: Instant): RefundRow {
  const later = { lookUps: row.lookUps + 1, nextLookUpAt: nextLookUpAt(at, row.lookUps) };
  switch (outcome.state) {
    case 'succeeded':
      return become(row, 'succeeded', { gatewayId: outcome.gatewayId, decidedAt: at, nextLookUpAt: null });
    case 'refused':
      return become(row, 'payOut', {
        gateway: 'bank',
        cause: outcome.cause,
        decidedAt: at,
        nextLookUpAt: null,
      });
    case 'unknown':
      return become(row, 'unknown', { cause: outcome.cause, sentAt: realNow(), ...later });
    case 'unavailable':
      return { ...row, cause: outcome.cause, ...later };
  }
}

function become(row: RefundRow, state: RefundRow['state'], change: Partial<RefundRow>): RefundRow {
  if (row.state !== state && !refundMayBecome(row.state, state))
    throw new Error(`refund ${row._id} is ${row.state} and cannot become ${state}`);
  return { ...row, ...change, state };
}
