import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { type PayableFact, referenceKey } from '@tollkeeper/contracts';
import { ServiceDatabase, updateOne, upsertOne } from '@tollkeeper/platform';
import type { Reservation } from '../domain/attempts/reservations';
import { type PayableRow, Payables } from './payable.schema';
import { arrayChange } from '../array-change';

interface WantedReservation {
  invoiceId: string;
  reservation: Reservation;
}

const stillOpen = { openMinor: { $gt: 0 }, givenUpBy: null };
const oldestFirst = { dueOn: 1, _id: 1 } as const;
const keysPerRead = 5_000;

@Injectable()
export class PayableRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async revisions(tenantId: string, invoiceIds: string[]): Promise<Map<string, number>> {
    const rows = await this.of(tenantId).find({ _id: { $in: invoiceIds } }, { projection: { revision: 1 } });
    return new Map(rows.map(({ _id, revision }) => [_id, revision]));
  }

  /** The caller has dropped older revisions; what invoicing has applied needs no reservation any more. */
  async store(tenantId: string, facts: PayableFact[]): Promise<void> {
    const fresh = { autoChargedAt: null, autoSkippedOn: null, givenUpBy: null };
    const operations = facts.flatMap(({ invoiceId, appliedPaymentIds, ...fact }) => [
      upsertOne(
        { _id: invoiceId },
        {
          $set: { ...fact, numberKey: referenceKey(fact.invoiceNumber) },
          $setOnInsert: { ...fresh, reservations: [] },
        },
      ),
      updateOne({ _id: invoiceId }, { $pull: { reservations: { paymentId: { $in: appliedPaymentIds } } } }),
    ]);
    await this.of(tenantId).bulkWrite(operations, { ordered: true });
  }

  /** Money recorded by hand covers what we guess; once invoicing has allocated it anywhere, the guess ends everywhere. */
  async endGuesses(tenantId: string, accountIds: string[], paymentIds: string[]): Promise<void> {
    if (paymentIds.length === 0) return;
    const guess = { attemptId: null, paymentId: { $in: paymentIds } };
    const filter = { accountId: { $in: accountIds }, 'reservations.paymentId': { $in: paymentIds } };
    await this.of(tenantId).updateMany(filter, arrayChange({ $pull: { reservations: guess } }));
  }

  /** `dueBy`: some payers are charged before the due date. */
  dueForAutoPay(
    tenantId: string,
    on: LocalDate,
    at: Instant,
    limit: number,
    dueBy: LocalDate = on,
  ): Promise<PayableRow[]> {
    const again = [{ autoSkippedOn: { $ne: on } }, { autoSkippedUntil: { $type: 'string', $lte: at } }];
    const filter = { ...stillOpen, autoChargedAt: null, dueOn: { $lte: dueBy }, $or: again };
    return this.of(tenantId).find(filter, { sort: oldestFirst, limit });
  }

  async skipAutoPay(
    tenantId: string,
    skipped: { invoiceId: string; until: Instant | null }[],
    on: LocalDate,
  ): Promise<void> {
    await this.of(tenantId).bulkWrite(
      skipped.map(({ invoiceId, until }) =>
        updateOne({ _id: invoiceId }, { $set: { autoSkippedOn: on, autoSkippedUntil: until } }),
      ),
    );
  }

  async noteAutoPayTold(
    tenantId: string,
    invoiceId: string,
    step: 'tellBefore' | 'askConsent',
    on: LocalDate,
  ): Promise<void> {
    const field = step === 'tellBefore' ? 'autoPayNoticedOn' : 'autoPayConsentAskedOn';
    await this.of(tenantId).updateOne({ _id: invoiceId }, { $set: { [field]: on } });
  }

  /** Auto-pay looks at it again today. */
  async noteConsent(tenantId: string, invoiceId: string, autoPayConsentMinor: number): Promise<void> {
    const change = { $set: { autoPayConsentMinor, autoSkippedOn: null, autoSkippedUntil: null } };
    await this.of(tenantId).updateOne({ _id: invoiceId }, change);
  }

  /** When the first of the tags ends that keep due invoices from being charged. */
  async nextAutoPayAt(tenantId: string, at: Instant): Promise<Instant | null> {
    const filter = { ...stillOpen, autoChargedAt: null, autoSkippedUntil: { $type: 'string', $gt: at } };
    const row = await this.of(tenantId).findOne(filter, { sort: { autoSkippedUntil: 1 } });
    return row?.autoSkippedUntil ?? null;
  }

  /** The payer's settings changed: auto-pay looks again today. */
  async reconsiderAutoPay(tenantId: string, accountId: string): Promise<void> {
    await this.of(tenantId).updateMany(
      { accountId, autoSkippedOn: { $ne: null } },
      { $set: { autoSkippedOn: null, autoSkippedUntil: null } },
    );
  }

  /**
   * Each reservation is one conditional update: it holds only if that much is free at that moment. Returns the
   * invoices on which it held.
   */
  async reserve(
    tenantId: string,
    wanted: WantedReservation[],
    autoChargedAt: Instant | null,
  ): Promise<Set<string>> {
    const freeMinor = { $subtract: ['$openMinor', { $sum: '$reservations.amountMinor' }] };
    const once = autoChargedAt === null ? {} : { autoChargedAt: null };
    const mark = autoChargedAt === null ? {} : { $set: { autoChargedAt } };
    const operations = wanted.map(({ invoiceId, reservation }) =>
      updateOne(
        { ...stillOpen, ...once, _id: invoiceId, $expr: { $gte: [freeMinor, reservation.amountMinor] } },
        { $push: { reservations: reservation }, ...mark },
      ),
    );
    const result = await this.of(tenantId).bulkWrite(operations);
    if (result?.matchedCount === wanted.length) return new Set(wanted.map(({ invoiceId }) => invoiceId));
    const filter = {
      _id: { $in: wanted.map(({ invoiceId }) => invoiceId) },
      'reservations.paymentId': { $in: wanted.map(({ reservation }) => reservation.paymentId) },
    };
    const held = await this.of(tenantId).find(filter, { projection: { _id: 1 } });
    return new Set(held.map(({ _id }) => _id));
  }

  /** Money that is in stays reserved until invoicing has applied it; also where the reservation had been given back. */
  async capture(tenantId: string, captured: WantedReservation[]): Promise<void> {
    const held = captured.map(({ invoiceId, reservation }) =>
      updateOne(
        { _id: invoiceId, 'reservations.paymentId': reservation.paymentId },
        { $set: { 'reservations.$.state': reservation.state } },
      ),
    );
    const result = await this.of(tenantId).bulkWrite(held);
    if ((result?.matchedCount ?? 0) === captured.length) return;
    const operations = captured.flatMap(({ invoiceId, reservation }) => [
      updateOne({ _id: invoiceId }, { $pull: { reservations: { paymentId: reservation.paymentId } } }),
      updateOne({ _id: invoiceId }, { $push: { reservations: reservation } }),
    ]);
    await this.of(tenantId).bulkWrite(operations, { ordered: true });
  }

  /** Of money that was not on its way before, in the order given. */
  async holdBack(tenantId: string, received: WantedReservation[]): Promise<void> {
    const byInvoice = new Map<string, Reservation[]>();
    for (const { invoiceId, reservation } of received)
      byInvoice.set(invoiceId, [...(byInvoice.get(invoiceId) ?? []), reservation]);
    await this.of(tenantId).bulkWrite(
      [...byInvoice].map(([_id, all]) => updateOne({ _id }, { $push: { reservations: { $each: all } } })),
    );
  }

  async release(tenantId: string, released: { invoiceId: string; attemptId: string }[]): Promise<void> {
    const operations = released.map(({ invoiceId, attemptId }) =>
      updateOne({ _id: invoiceId }, { $pull: { reservations: { attemptId } } }),
    );
    await this.of(tenantId).bulkWrite(operations);
  }

  openOf(tenantId: string, accountIds: string[]): Promise<PayableRow[]> {
    return this.of(tenantId).find({ ...stillOpen, accountId: { $in: accountIds } }, { sort: oldestFirst });
  }

  overdueOf(tenantId: string, accountIds: string[], on: LocalDate): Promise<PayableRow[]> {
    const filter = { ...stillOpen, accountId: { $in: accountIds }, dueOn: { $lt: on } };
    return this.of(tenantId).find(filter, { sort: oldestFirst });
  }

  /** Accounts with something overdue, in order, a page at a time. */
  async overdueAccounts(tenantId: string, on: LocalDate, after: string, limit: number): Promise<string[]> {
    const rows = await this.of(tenantId).aggregate<{ _id: string }>([
      { $match: { ...stillOpen, accountId: { $gt: after }, dueOn: { $lt: on } } },
      { $group: { _id: '$accountId' } },
      { $sort: { _id: 1 } },
      { $limit: limit },
    ]);
    return rows.map(({ _id }) => _id);
  }

  async giveUp(tenantId: string, accountId: string, caseId: string, on: LocalDate): Promise<void> {
    const filter = { ...stillOpen, accountId, dueOn: { $lt: on } };
    await this.of(tenantId).updateMany(filter, { $set: { givenUpBy: caseId } });
  }

  /** Ours to collect again. */
  async takeBack(tenantId: string, caseId: string): Promise<void> {
    const givenUpBy = { $type: 'string', $eq: caseId };
    await this.of(tenantId).updateMany({ givenUpBy }, { $set: { givenUpBy: null } });
  }

  /** Whether debt of the account was given up since then. */
  async writtenOffSince(tenantId: string, accountId: string, since: Instant): Promise<boolean> {
    return (await this.of(tenantId).count({ accountId, writtenOffAt: { $gte: since } })) > 0;
  }

  givenUpBy(tenantId: string, caseIds: string[]): Promise<PayableRow[]> {
    const givenUpBy = { $type: 'string', $in: caseIds };
    return this.of(tenantId).find({ givenUpBy }, { sort: oldestFirst });
  }

  /** Whatever is open of them, and whoever gave them up: money that names one is for its account. Oldest first. */
  async byNumberKeys(tenantId: string, numberKeys: string[]): Promise<PayableRow[]> {
    const rows: PayableRow[] = [];
    for (let from = 0; from < numberKeys.length; from += keysPerRead) {
      const numberKey = { $type: 'string', $in: numberKeys.slice(from, from + keysPerRead) };
      rows.push(...(await this.of(tenantId).find({ numberKey }, { sort: oldestFirst })));
    }
    return rows;
  }

  openOfAmount(tenantId: string, openMinor: number, currency: string, limit: number): Promise<PayableRow[]> {
    const filter = { ...stillOpen, openMinor, currency };
    return this.of(tenantId).find(filter, { sort: oldestFirst, limit });
  }

  one(tenantId: string, invoiceId: string): Promise<PayableRow | null> {
    return this.of(tenantId).findOne({ _id: invoiceId });
  }

  list(
    tenantId: string,
    { accountId, open }: { accountId?: string; open?: boolean },
    page: { limit: number; startingAfter?: string },
  ): Promise<PayableRow[]> {
    const filter = {
      ...(accountId === undefined ? {} : { accountId }),
      ...(open ? { openMinor: { $gt: 0 } } : {}),
      ...(page.startingAfter === undefined ? {} : { _id: { $gt: page.startingAfter } }),
    };
    return this.of(tenantId).find(filter, { sort: { _id: 1 }, limit: page.limit + 1 });
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(Payables);
  }
}
