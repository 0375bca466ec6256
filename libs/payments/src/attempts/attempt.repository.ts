import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { type AttemptRow, Attempts } from './attempt.schema';
import type { RefusedTry } from '../domain/retries/scheme-caps';
import { type AttemptProgress, watchedStates } from '../domain/attempts/attempt-states';

interface AttemptFilter {
  accountId?: string;
  invoiceId?: string;
  state?: AttemptProgress;
}

/** To the letter what the indexes of those that are not at their end hold: MongoDB does not see that a part of it is. */
const watched = { state: { $in: [...watchedStates] } };
const open = { state: { ...watched.state, $ne: 'requiresAction' } };

export interface AttemptChange {
  before: AttemptRow;
  after: AttemptRow;
}

@Injectable()
export class AttemptRepository {
  constructor(private readonly database: ServiceDatabase) {}

  insert(tenantId: string, rows: AttemptRow[]): Promise<void> {
    return this.of(tenantId).insertMany(rows);
  }

  byIds(tenantId: string, ids: readonly string[]): Promise<AttemptRow[]> {
    return this.of(tenantId).find({ _id: { $in: ids } });
  }

  byKey(tenantId: string, key: string): Promise<AttemptRow | null> {
    return this.of(tenantId).findOne({ key });
  }

  byReason(tenantId: string, accountId: string, reason: string): Promise<AttemptRow[]> {
    return this.of(tenantId).find({ accountId, reason });
  }

  ofRenewals(tenantId: string, subscriptionIds: string[], periods: Instant[]): Promise<AttemptRow[]> {
    const ofThem = { $type: 'string', $in: subscriptionIds };
    const filter = { subscriptionId: ofThem, periodFrom: { $in: periods } };
    return this.of(tenantId).find(filter, { sort: { _id: 1 } });
  }

  /** The payment of the renewal that fell due then; `null`: it was not paid here. */
  async paymentOfPeriod(tenantId: string, subscriptionId: string, dueFrom: Instant): Promise<string | null> {
    const ofIt = { $type: 'string', $eq: subscriptionId };
    const filter = { subscriptionId: ofIt, periodFrom: dueFrom, state: 'succeeded' };
    return (await this.of(tenantId).findOne(filter))?.paymentId ?? null;
  }

  /** Subscriptions of an account whose renewal was refused since then. */
  async refusedRenewals(tenantId: string, accountId: string, since: Instant): Promise<string[]> {
    const state = { $in: ['declined', 'requiresAction', 'gatewayFailure'] };
    const filter = { accountId, purpose: 'renewal', state, createdAt: { $gte: since } };
    const rows = await this.of(tenantId).find(filter, { projection: { subscriptionId: 1 }, limit: 1_000 });
    return [...new Set(rows.flatMap(({ subscriptionId }) => subscriptionId ?? []))];
  }

  /** Intents whose outcome a crash kept from us. */
  interrupted(tenantId: string, reason: string, limit: number): Promise<AttemptRow[]> {
    return this.of(tenantId).find({ state: 'created', reason }, { sort: { _id: 1 }, limit });
  }

  /** Stores what has been decided; false when one of them is not as it was before: the caller starts over. */
  async decide(tenantId: string, changes: readonly AttemptChange[]): Promise<boolean> {
    const operations = changes.map(({ before, after }) => {
      const { _id, state, lookUps } = before;
      return updateOne({ _id, state, lookUps }, { $set: changed(before, after) });
    });
    const result = await this.of(tenantId).bulkWrite(operations);
    return (result?.matchedCount ?? 0) === changes.length;
  }

  /** Charges of these invoices that wait for their card holders, and are not being cancelled yet. */
  waitingForHolder(
    tenantId: string,
    invoices: readonly { invoiceId: string; accountId: string }[],
  ): Promise<AttemptRow[]> {
    const accountId = { $in: [...new Set(invoices.map((invoice) => invoice.accountId))] };
    const invoiceId = { $in: invoices.map((invoice) => invoice.invoiceId) };
    const waiting = { state: 'requiresAction' as const, cancelsSince: { $exists: false } };
    return this.of(tenantId).find({ accountId, invoiceId, ...waiting });
  }

  async beginCancelling(tenantId: string, rows: readonly AttemptRow[]): Promise<void> {
    const operations = rows.map(({ _id, cancelsSince, nextLookUpAt }) =>
      updateOne({ _id, state: 'requiresAction' }, { $set: { cancelsSince, nextLookUpAt } }),
    );
    await this.of(tenantId).bulkWrite(operations);
  }

  /** A charge of the gateway that we may have made, and whose success we do not know yet. */
  async mayBecomePayment(tenantId: string, gateway: string, gatewayId: string): Promise<boolean> {
    const maybe = { $or: [{ gatewayId }, { gatewayId: null }] };
    const filter = { ...open, gateway, ...maybe };
    return (await this.of(tenantId).findOne(filter)) !== null;
  }

  dueForLookUp(tenantId: string, at: Instant, limit: number): Promise<AttemptRow[]> {
    const filter = { ...watched, nextLookUpAt: { $type: 'string', $lte: at } };
    return this.of(tenantId).find(filter, { sort: { nextLookUpAt: 1, _id: 1 }, limit });
  }

  async postpone(tenantId: string, rows: { attempt: AttemptRow; until: Instant | null }[]): Promise<void> {
    const operations = rows.map(({ attempt: { _id, state, lookUps }, until }) =>
      updateOne(
        { _id, state, lookUps },
        {
          // Nobody has to decide what is only waiting for its card holder.
          $set: {
            nextLookUpAt: until,
            lookUps: lookUps + 1,
            awaitsDecision: until === null && state !== 'requiresAction',
          },
        },
      ),
    );
    await this.of(tenantId).bulkWrite(operations);
  }

  /** Those that a person decides, oldest first. */
  undecided(
    tenantId: string,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<AttemptRow[]> {
    const after = startingAfter === undefined ? {} : { _id: { $gt: startingAfter } };
    const filter = { ...watched, nextLookUpAt: null, awaitsDecision: true, ...after };
    return this.of(tenantId).find(filter, { sort: { _id: 1 }, limit: limit + 1 });
  }

  async earliestLookUpAt(tenantId: string): Promise<Instant | null> {
    const filter = { ...watched, nextLookUpAt: { $type: 'string' } };
    const row = await this.of(tenantId).findOne(filter, { sort: { nextLookUpAt: 1 } });
    return row?.nextLookUpAt ?? null;
  }

  /** Refusals of these cards since then, whichever invoice, account or gateway they were for. */
  async refusedTries(
    tenantId: string,
    fingerprints: string[],
    since: Instant,
  ): Promise<(RefusedTry & { fingerprint: string })[]> {
    if (fingerprints.length === 0) return [];
    const filter = {
      state: 'declined' as const,
      fingerprint: { $in: fingerprints },
      // "Never again" does not lapse with the span of the caps.
      $or: [{ createdAt: { $gt: since } }, { isFinal: true }],
    };
    const projection = { fingerprint: 1, createdAt: 1, isFinal: 1, notBefore: 1 };
    const rows = await this.of(tenantId).find(filter, { projection });
    return rows.map(({ fingerprint, createdAt: at, isFinal = false, notBefore }) => ({
      ...{ fingerprint: fingerprint ?? '', at, isFinal },
      ...(notBefore ? { notBefore } : {}),
    }));
  }

  /** Debits of these invoices that came back, before or after they settled; oldest first. */
  returnedDebits(tenantId: string, accountId: string, invoiceIds: string[]): Promise<AttemptRow[]> {
    const back = { $or: [{ state: 'declined' as const }, { returned: { $type: 'object' as const } }] };
    const filter = {
      accountId,
      invoiceId: { $in: invoiceIds },
      debit: { $type: 'object' as const },
      ...back,
    };
    return this.of(tenantId).find(filter, { sort: { createdAt: 1, _id: 1 } });
  }

  async noteReturned(tenantId: string, attemptId: string, returned: AttemptRow['returned']): Promise<void> {
    await this.of(tenantId).updateOne({ _id: attemptId }, { $set: { returned } });
  }

  async accountsWithOpen(tenantId: string, accountIds: string[]): Promise<Set<string>> {
    const filter = { ...open, accountId: { $in: accountIds }, purpose: 'invoice' };
    const rows = await this.of(tenantId).find(filter, { projection: { accountId: 1 } });
    return new Set(rows.map(({ accountId }) => accountId));
  }

  /** Newest first. */
  async list(
    tenantId: string,
    filter: AttemptFilter,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<AttemptRow[]> {
    const last = startingAfter === undefined ? null : await this.of(tenantId).findOne({ _id: startingAfter });
    const { createdAt, _id } = last ?? {};
    const older = last ? { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: _id } }] } : {};
    return this.of(tenantId).find(
      { ...filter, ...older },
      { sort: { createdAt: -1, _id: -1 }, limit: limit + 1 },
    );
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(Attempts);
  }
}

function changed(before: AttemptRow, after: AttemptRow): Partial<AttemptRow> {
  const change: Partial<Record<keyof AttemptRow, unknown>> = {};
  for (const field of Object.keys(after) as (keyof AttemptRow)[])
    if (before[field] !== after[field]) change[field] = after[field];
  return change as Partial<AttemptRow>;
}
