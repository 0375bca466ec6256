import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import { renewalKey } from '@tollkeeper/contracts';
import { newId } from '@tollkeeper/platform';
import { AttemptRepository } from './attempt.repository';
import { abandonedAfter, type AttemptRow } from './attempt.schema';
import { isDebit } from '../domain/debits/plan-debit';
import { keyAt, type KeptToken, mayFailOver } from '../domain/gateway-routes';
import { countedAs } from '../domain/retries/same-card';
import { TryBudget } from '../domain/retries/try-budget';
import { mayCharge } from '../domain/retries/retry-rules';
import { realNow } from '../gateway/real-time';
import { PayableRepository } from '../payables/payable.repository';
import { PayerChoice, routeOfMethod } from './payer-choice.service';
import { type Payer, PaymentMethodRepository } from '../methods/payment-method.repository';
import type { PaymentMethodRow } from '../methods/payment-method.schema';
import { GatewayRoutingRepository } from '../routing/gateway-routing.repository';

interface Place {
  method: PaymentMethodRow;
  gateway: string;
  token: string;
  gatewayCustomerId: string | null;
  /** Sets the new key apart. */
  name: string;
}

/**
 * What follows an attempt that certainly took nothing: the same method at the next gateway, or the account's back-up
 * method. The caller's transaction has freed the reservation; it is taken again here, so nothing else comes between.
 */
@Injectable()
export class AttemptSuccession {
  constructor(
    private readonly attempts: AttemptRepository,
    private readonly methods: PaymentMethodRepository,
    private readonly payables: PayableRepository,
    private readonly routing: GatewayRoutingRepository,
    private readonly choice: PayerChoice,
  ) {}

  /** By the attempt that they follow. */
  async begin(
    tenantId: string,
    at: Instant,
    decided: readonly AttemptRow[],
  ): Promise<Map<string, AttemptRow>> {
    const failed = decided.filter((row) => !row.followedBy && (mayFailOver(row) || mayUseBackup(row)));
    if (failed.length === 0) return new Map();
    const rules = await this.routing.rules(tenantId);
    const payers = await this.methods.payers(tenantId, [
      ...new Set(failed.map(({ accountId }) => accountId)),
    ]);
    const mayTryBackup = await this.backupsWithinCaps(tenantId, at, failed, payers);
    const pairs = failed.flatMap((row) => {
      const payer = payers.get(row.accountId);
      if (!payer) return [];
      const own = [payer.method, payer.backup].find((each) => each?._id === row.methodId);
      const place = mayFailOver(row)
        ? own && nextGateway(row, own, routeOfMethod(rules, own, row.currency))
        : mayTryBackup(payer.backup)
          ? backupOf(row, payer.backup)
          : null;
      return place ? [{ row, next: successorOf(row, place, at) }] : [];
    });
    return this.store(tenantId, pairs);
  }

  /** A back-up card has its scheme's caps as well, also within these tries and when it is the same card in a wallet. */
  private async backupsWithinCaps(
    tenantId: string,
    at: Instant,
    failed: readonly AttemptRow[],
    payers: ReadonlyMap<string, Payer>,
  ): Promise<(backup: PaymentMethodRow | null) => boolean> {
    const backups = failed
      .filter(mayUseBackup)
      .flatMap(({ accountId }) => payers.get(accountId)?.backup ?? []);
    const answers = await this.choice.retryAnswers(tenantId, backups, at);
    const budget = new TryBudget();
    return (backup) => {
      const answer = answers.get(backup?._id ?? '');
      return backup !== null && answer?.allowed === true && budget.take({ ...backup, left: answer.left });
    };
  }

  private async store(
    tenantId: string,
    pairs: { row: AttemptRow; next: AttemptRow }[],
  ): Promise<Map<string, AttemptRow>> {
    const wanted = pairs.flatMap(({ next: { _id: attemptId, invoiceId, paymentId, amountMinor } }) =>
      invoiceId === null
        ? []
        : [{ invoiceId, reservation: { attemptId, paymentId, amountMinor, state: 'held' as const } }],
    );
    const held = wanted.length === 0 ? new Set() : await this.payables.reserve(tenantId, wanted, null);
    const begun = pairs.filter(({ next }) => next.invoiceId === null || held.has(next.invoiceId));
    if (begun.length === 0) return new Map();
    await this.attempts.insert(
      tenantId,
      begun.map(({ next }) => next),
    );
    await this.attempts.decide(
      tenantId,
      begun.map(({ row, next }) => ({ before: row, after: { ...row, followedBy: next._id } })),
    );
    return new Map(begun.map(({ row, next }) => [row._id, next]));
  }
}

/** Only where we ask by ourselves: a payer who is there picks another method. */
const mayUseBackup = ({ state, purpose, initiator, methodId }: AttemptRow): boolean =>
  state === 'declined' && purpose === 'invoice' && initiator === 'merchant' && methodId !== null;

function backupOf(row: AttemptRow, backup: PaymentMethodRow | null): Place | null {
  // A debit has to be announced first.
  if (!backup || isDebit(backup) || backup._id === row.methodId || !mayCharge(backup.lastDecline, 'merchant'))
    return null;
  const { gateway, token, gatewayCustomerId = null, _id: name } = backup;
  return { method: backup, gateway, token, gatewayCustomerId, name };
}

function nextGateway(row: AttemptRow, method: PaymentMethodRow, route: readonly KeptToken[]): Place | null {
  const next = route[route.findIndex(({ gateway }) => gateway === row.gateway) + 1];
  return next ? { method, gatewayCustomerId: null, ...next, name: `${method._id}.${next.gateway}` } : null;
}

function successorOf(
  before: AttemptRow,
  { method, gateway, token, name, ...place }: Place,
  at: Instant,
): AttemptRow {
  const { subscriptionId, periodFrom } = before;
  const { methodKind: _kind, debit, ...row } = before;
  return {
    ...row,
    ...(method.kind ? { methodKind: method.kind } : {}),
    ...(debit && method._id === row.methodId ? { debit } : {}),
    ...{ _id: newId('att'), paymentId: newId('pay'), key: keyAt(row.key, name), gateway, token },
    paysPeriod:
      subscriptionId === null || periodFrom === null ? null : renewalKey(subscriptionId, periodFrom),
    ...{ methodId: method._id, fingerprint: countedAs(method) },
    gatewayCustomerId: place.gatewayCustomerId,
    card: `${method.brand} ending in ${method.last4}`,
    originalNetworkTransactionId: method.networkTransactionId ?? null,
    ...{ state: 'created', gatewayId: null, networkTransactionId: null, declineCode: null, category: null },
    ...{ actionUrl: null, cause: null, createdAt: at, decidedAt: null, lookUps: 0 },
    nextLookUpAt: addDuration(at, abandonedAfter),
    sentAt: realNow(),
  };
}
