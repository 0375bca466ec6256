import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import type { LastDecline } from '../domain/retries/retry-rules';
import type { CountedCard } from '../domain/retries/same-card';
import type { CardDetails } from '../gateway/payment-gateway';
import {
  type MethodKind,
  type PayerRow,
  Payers,
  type PaymentMethodRow,
  PaymentMethods,
  type RenewalSource,
} from './payment-method.schema';

export interface Payer {
  settings: PayerRow;
  method: PaymentMethodRow;
  backup: PaymentMethodRow | null;
}

/** A wished day of the month may lie so long before the due date. */
const longestMonth = 31;
const mostOfAnAccount = 100;

@Injectable()
export class PaymentMethodRepository {
  constructor(private readonly database: ServiceDatabase) {}

  /** Accounts that have a default method, by account. */
  async payers(tenantId: string, accountIds: string[]): Promise<Map<string, Payer>> {
    const payers = await this.settings(tenantId).find({
      _id: { $in: accountIds },
      defaultMethodId: { $ne: null },
    });
    const ids = payers.flatMap(({ defaultMethodId, backupMethodId }) => [
      defaultMethodId,
      backupMethodId ?? null,
    ]);
    const methods = await this.methods(tenantId).find({ _id: { $in: ids }, removedAt: null });
    const byId = new Map(methods.map((method) => [method._id, method]));
    return new Map(
      payers.flatMap((settings) => {
        const { _id, defaultMethodId, backupMethodId } = settings;
        const method = byId.get(defaultMethodId ?? '');
        const backup = byId.get(backupMethodId ?? '') ?? null;
        return method ? [[_id, { settings, method, backup }] as const] : [];
      }),
    );
  }

  payer(tenantId: string, accountId: string): Promise<PayerRow | null> {
    return this.settings(tenantId).findOne({ _id: accountId });
  }

  /** By account; those that never said have none. */
  async renewalSources(tenantId: string, accountIds: string[]): Promise<Map<string, RenewalSource>> {
    const filter = { _id: { $in: [...new Set(accountIds)] }, renewalSource: { $type: 'string' } };
    const rows = await this.settings(tenantId).find(filter);
    return new Map(rows.flatMap(({ _id, renewalSource }) => (renewalSource ? [[_id, renewalSource]] : [])));
  }

  async setRenewalSource(tenantId: string, accountId: string, renewalSource: RenewalSource): Promise<void> {
    const change = { $set: { renewalSource }, $setOnInsert: { defaultMethodId: null, autoPay: false } };
    await this.settings(tenantId).updateOne({ _id: accountId }, change, { upsert: true });
  }

  async savePayer(tenantId: string, { _id, ...settings }: PayerRow): Promise<void> {
    await this.settings(tenantId).updateOne({ _id }, { $set: settings }, { upsert: true });
  }

  byToken(
    tenantId: string,
    accountId: string,
    gateway: string,
    token: string,
  ): Promise<PaymentMethodRow | null> {
    return this.methods(tenantId).findOne({ accountId, gateway, token });
  }

  one(tenantId: string, methodId: string): Promise<PaymentMethodRow | null> {
    return this.methods(tenantId).findOne({ _id: methodId, removedAt: null });
  }

  /** Removed ones too. */
  kept(tenantId: string, methodId: string): Promise<PaymentMethodRow | null> {
    return this.methods(tenantId).findOne({ _id: methodId });
  }

  /** Of every account that has it, or had it: a removed method may come back. */
  withToken(tenantId: string, gateway: string, token: string): Promise<PaymentMethodRow[]> {
    return this.methods(tenantId).find({ gateway, token }, { limit: mostOfAnAccount });
  }

  /** Removed ones too, the newest first. */
  everyOf(tenantId: string, accountId: string): Promise<PaymentMethodRow[]> {
    return this.methods(tenantId).find({ accountId }, { sort: { _id: -1 }, limit: mostOfAnAccount });
  }

  async setCounted(
    tenantId: string,
    changed: readonly { methodId: string; counted: CountedCard }[],
  ): Promise<void> {
    await this.methods(tenantId).bulkWrite(
      changed.map(({ methodId: _id, counted }) => updateOne({ _id }, { $set: { ...counted } })),
    );
  }

  async giveMandate(
    tenantId: string,
    methodId: string,
    given: Pick<PaymentMethodRow, 'mandate' | 'gatewayMandateId'>,
  ): Promise<void> {
    const again = { removedAt: null, lastDecline: null, authorisationEndedOn: null };
    await this.methods(tenantId).updateOne({ _id: methodId }, { $set: { ...given, ...again } });
  }

  /** Of a debit that has no mandate of ours. */
  async endAuthorisation(tenantId: string, methodId: string, on: LocalDate): Promise<void> {
    await this.methods(tenantId).updateOne({ _id: methodId }, { $set: { authorisationEndedOn: on } });
  }

  insert(tenantId: string, row: PaymentMethodRow): Promise<void> {
    return this.methods(tenantId).insertOne(row);
  }

  async setRemoved(tenantId: string, methodId: string, removedAt: Instant | null): Promise<void> {
    await this.methods(tenantId).updateOne({ _id: methodId }, { $set: { removedAt } });
  }

  /** A card that its issuer replaced. What an old date had refused may be tried again. */
  async renewCard(
    tenantId: string,
    gateway: string,
    { token, newToken, card }: { token: string; newToken?: string; card: CardDetails },
  ): Promise<void> {
    const { brand, last4, expiry, fingerprint } = card;
    const change = { $set: { brand, last4, expiry, fingerprint, remindedExpiry: null } };
    await this.methods(tenantId).updateMany({ gateway, token }, change);
    const expired = { gateway, token, 'lastDecline.code': 'expired_card' };
    await this.methods(tenantId).updateMany(expired, { $set: { lastDecline: null } });
    if (newToken === undefined || newToken === token) return;
    const there = await this.methods(tenantId).find({ gateway, token: newToken }, { limit: 100 });
    const accountId = { $nin: there.map((method) => method.accountId) };
    await this.methods(tenantId).updateMany({ gateway, token, accountId }, { $set: { token: newToken } });
  }

  /** Cards that expire in these months and whose payers have not heard of it. */
  expiring(
    tenantId: string,
    { from, before }: { from: string; before: string },
    limit: number,
  ): Promise<PaymentMethodRow[]> {
    const filter = { expiry: { $gte: from, $lt: before }, remindedExpiry: null, removedAt: null };
    return this.methods(tenantId).find(filter, { sort: { expiry: 1, _id: 1 }, limit });
  }

  async noteReminded(tenantId: string, reminded: PaymentMethodRow[]): Promise<void> {
    await this.methods(tenantId).bulkWrite(
      reminded.map(({ _id, expiry }) => updateOne({ _id }, { $set: { remindedExpiry: expiry } })),
    );
  }

  async hasKind(tenantId: string, kind: MethodKind): Promise<boolean> {
    return (
      (await this.methods(tenantId).findOne({ kind: { $type: 'string', $eq: kind }, removedAt: null })) !==
      null
    );
  }

  async hasDebits(tenantId: string): Promise<boolean> {
    const debits = { $type: 'string' as const, $in: ['sepaDebit', 'achDebit'] };
    const filter = { kind: debits, removedAt: null };
    return (await this.methods(tenantId).findOne(filter)) !== null;
  }

  /** A mandate lives on by its use; an ACH payer has heard of the amount that was debited last. */
  async noteDebits(
    tenantId: string,
    debits: { methodId: string; collectOn: LocalDate; amountMinor: number }[],
  ): Promise<void> {
    const operations = debits.flatMap(({ methodId: _id, collectOn, amountMinor }) => [
      updateOne({ _id, mandate: { $type: 'object' } }, { $set: { 'mandate.lastUsedOn': collectOn } }),
      updateOne(
        { _id, kind: 'achDebit' as const },
        { $set: { 'authorisation.lastAmountMinor': amountMinor } },
      ),
    ]);
    await this.methods(tenantId).bulkWrite(operations, { ordered: true });
  }

  async endMandate(tenantId: string, methodId: string, on: LocalDate): Promise<void> {
    const filter = { _id: methodId, mandate: { $type: 'object' } };
    await this.methods(tenantId).updateMany(filter, { $set: { 'mandate.cancelledOn': on } });
  }

  /** The first success is what later charges refer to. */
  async noteAgreements(
    tenantId: string,
    agreed: { methodId: string; networkTransactionId: string }[],
  ): Promise<void> {
    const operations = agreed.map(({ methodId, networkTransactionId }) =>
      updateOne({ _id: methodId, networkTransactionId: null }, { $set: { networkTransactionId } }),
    );
    await this.methods(tenantId).bulkWrite(operations);
  }

  /** The most days before the due date on which any payer wants to be charged, or told of it. */
  async earliestAutoPayDays(tenantId: string): Promise<number> {
    const most = async (field: 'autoPayDaysBefore' | 'autoPayNoticeDays'): Promise<number> => {
      const first = await this.settings(tenantId).findOne({ [field]: { $gt: 0 } }, { sort: { [field]: -1 } });
      return first?.[field] ?? 0;
    };
    const hasDays = (await this.settings(tenantId).findOne({ autoPayDay: { $gt: 0 } })) !== null;
    const days = Math.max(await most('autoPayDaysBefore'), hasDays ? longestMonth : 0);
    return days + (await most('autoPayNoticeDays'));
  }

  /** What stopped it is taken back; another decline that was noted since then stands. */
  async takeBackDecline(tenantId: string, methodId: string, code: string): Promise<void> {
    const filter = { _id: methodId, 'lastDecline.code': code };
    await this.methods(tenantId).updateMany(filter, { $set: { lastDecline: null } });
  }

  /** Of several outcomes of one method the last one counts. */
  async noteOutcomes(
    tenantId: string,
    outcomes: { methodId: string; lastDecline: (LastDecline & { at: Instant }) | null }[],
  ): Promise<void> {
    const noted = [...new Map(outcomes.map(({ methodId, lastDecline }) => [methodId, lastDecline]))];
    const cleared = noted.flatMap(([methodId, lastDecline]) => (lastDecline ? [] : [methodId]));
    const refused = noted.flatMap(([_id, lastDecline]) =>
      lastDecline ? [updateOne({ _id }, { $set: { lastDecline } })] : [],
    );
    await this.methods(tenantId).bulkWrite(refused);
    if (cleared.length === 0) return;
    // Nearly all charges go well, and there is nothing to clear.
    const filter = { _id: { $in: cleared }, lastDecline: { $ne: null } };
    await this.methods(tenantId).updateMany(filter, { $set: { lastDecline: null } });
  }

  list(
    tenantId: string,
    accountId: string,
    page: { limit: number; startingAfter?: string },
  ): Promise<PaymentMethodRow[]> {
    const after = page.startingAfter === undefined ? {} : { _id: { $gt: page.startingAfter } };
    const filter = { accountId, removedAt: null, ...after };
    return this.methods(tenantId).find(filter, { sort: { _id: 1 }, limit: page.limit + 1 });
  }

  private methods(tenantId: string) {
    return this.database.tenant(tenantId).collection(PaymentMethods);
  }

  private settings(tenantId: string) {
    return this.database.tenant(tenantId).collection(Payers);
  }
}
