import { Injectable } from '@nestjs/common';
import { addDays, type Instant, type LocalDate } from '@tollkeeper/calendar';
import type { ReceivablesRound } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type AttemptRow } from './attempt.schema';
import { AccountFlags } from '../payers/account-flags.service';
import { AttemptRepository } from './attempt.repository';
import { AttemptService } from './attempt.service';
import { DebitAgain } from '../debits/debit-again.service';
import { type DebitCharge, DebitPlanning } from '../debits/debit-planning.service';
import { groupsOf, readyAhead } from '../domain/attempts/bounded-calls';
import { isWithinCap } from '../domain/auto-pay';
import { availableMinor, isBeingCharged } from '../domain/attempts/reservations';
import { type AttemptDebit, isDebit } from '../domain/debits/plan-debit';
import { TryBudget } from '../domain/retries/try-budget';
import type { Initiator } from '../domain/retries/retry-rules';
import { CaseLimits } from '../dunning/case-limits.service';
import { PayableRepository } from '../payables/payable.repository';
import { type PayableRow } from '../payables/payable.schema';
import { type ChosenPayer, PayerChoice } from './payer-choice.service';
import { AutoPayNews } from '../payers/auto-pay-news.service';
import { PaymentMethodRepository } from '../methods/payment-method.repository';

const autoPayReason = 'due';
/** What nothing else has announced before is found this early. */
const debitHorizonDays = 14;
/** Invoices whose payers are looked up and whose intents are stored together. */
const invoicesPerSlice = 125;
/** Slices whose intents are stored while the calls of the one before them go on. */
const slicesAhead = 2;

interface Charge {
  payable: PayableRow;
  payer: ChosenPayer;
  debit?: AttemptDebit;
  /** Left out: all that is open. */
  amountMinor?: number;
}

interface Why {
  reason: string;
  caseId: string | null;
  initiator: Initiator;
  /** Only auto-pay: an invoice is charged by it once. */
  autoChargedAt: Instant | null;
}

type ChargedBatch = Pick<ReceivablesRound, 'attempted' | 'succeeded' | 'declined' | 'unknown' | 'more'>;

/** Decides who is charged for which invoice; an intent is durable, with its reservation, before the gateway hears of it. */
@Injectable()
export class ChargingService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly payables: PayableRepository,
    private readonly methods: PaymentMethodRepository,
    private readonly attempts: AttemptRepository,
    private readonly sending: AttemptService,
    private readonly choice: PayerChoice,
    private readonly flags: AccountFlags,
    private readonly debits: DebitPlanning,
    private readonly again: DebitAgain,
    private readonly news: AutoPayNews,
    private readonly limits: CaseLimits,
  ) {}

  /** One batch. What a crash interrupted goes first, as a batch of its own. */
  async chargeDue(tenantId: string, on: LocalDate, at: Instant, limit: number): Promise<ChargedBatch> {
    const interrupted = await this.attempts.interrupted(tenantId, autoPayReason, limit);
    if (interrupted.length > 0) return tally(await this.sending.send(tenantId, at, interrupted), true);
    const handedIn = await this.handIn(tenantId, on, at, limit);
    if (handedIn.length > 0) return tally(await this.sending.send(tenantId, at, handedIn), true);
    const early = await this.earlyDays(tenantId);
    const due = await this.payables.dueForAutoPay(tenantId, on, at, limit, addDays(on, early));
    const budget = new TryBudget();
    const intents = readyAhead(groupsOf(due, invoicesPerSlice), slicesAhead, (slice) =>
      this.storeIntents(tenantId, on, at, slice, budget),
    );
    const giveBack = (rows: readonly AttemptRow[]) => {
      for (const { state, fingerprint } of rows)
        if (fingerprint && state === 'succeeded') budget.giveBack(fingerprint);
    };
    return tally(await this.sending.send(tenantId, at, intents, giveBack), due.length === limit);
  }

  private async storeIntents(
    tenantId: string,
    on: LocalDate,
    at: Instant,
    due: PayableRow[],
    budget: TryBudget,
  ): Promise<AttemptRow[]> {
    const off = await this.withAutoPayOff(tenantId, due, at);
    const allowed = await this.limits.chargeable(
      tenantId,
      due.filter(({ accountId }) => !off.has(accountId)),
    );
    const { told, wants } = this.news.sorter(on);
    const wanted = await this.chargeable(tenantId, at, allowed, 'merchant', wants, budget);
    await this.news.tell(tenantId, at, on, told);
    const charges = wanted.filter(({ payer }) => !isDebit(payer.method));
    await this.debits.plan(
      tenantId,
      at,
      on,
      wanted.filter(({ payer }) => isDebit(payer.method)),
    );
    const chosen = new Set(charges.map(({ payable }) => payable._id));
    const skipped = due
      .filter(({ _id }) => !chosen.has(_id))
      .map(({ _id: invoiceId, accountId }) => ({ invoiceId, until: off.get(accountId)?.to ?? null }));
    await this.payables.skipAutoPay(tenantId, skipped, on);
    const why = { reason: autoPayReason, caseId: null, initiator: 'merchant' as const, autoChargedAt: at };
    return this.reserve(tenantId, at, charges, why);
  }

  /** Everything in the list that may be charged; a repeat for the same reason goes on with what was begun. */
  async chargeAll(
    tenantId: string,
    at: Instant,
    {
      accountId,
      payables,
      reason,
      caseId,
      initiator,
    }: {
      accountId: string;
      payables: PayableRow[];
      reason: string;
      caseId: string | null;
      initiator: Initiator;
    },
  ): Promise<AttemptRow[]> {
    const begun = await this.attempts.byReason(tenantId, accountId, reason);
    if (begun.length > 0) return this.resume(tenantId, at, begun);
    const off = initiator === 'merchant' ? await this.withAutoPayOff(tenantId, payables, at) : new Map();
    const allowed = payables.filter((payable) => !off.has(payable.accountId));
    const wanted = await this.chargeable(
      tenantId,
      at,
      allowed,
      initiator,
      (payer, payable) =>
        initiator === 'payer' ||
        isWithinCap({ ...payable, availableMinor: availableMinor(payable) }, payer.settings),
    );
    const charges =
      initiator === 'payer' ? wanted : await this.again.withDebits(tenantId, at, accountId, caseId, wanted);
    const why = { reason, caseId, initiator, autoChargedAt: null };
    const intents = await this.reserve(tenantId, at, charges, why);
    return this.sending.send(tenantId, at, intents);
  }

  /** Debits whose day has come, each as it was announced. */
  private async handIn(tenantId: string, on: LocalDate, at: Instant, limit: number): Promise<AttemptRow[]> {
    const due = await this.debits.due(tenantId, at, on, limit);
    const intents: AttemptRow[] = [];
    for (const caseId of new Set(due.map(({ plan }) => plan.caseId))) {
      const charges = due.filter(({ plan }) => plan.caseId === caseId);
      const autoChargedAt = caseId === null ? at : null;
      const why = { reason: autoPayReason, caseId, initiator: 'merchant' as const, autoChargedAt };
      intents.push(...(await this.reserve(tenantId, at, charges, why, { charges, on })));
    }
    return intents;
  }

  /** Some wish to pay before the due date; a debit is handed in before it. */
  private async earlyDays(tenantId: string): Promise<number> {
    const wished = await this.methods.earliestAutoPayDays(tenantId);
    return (await this.methods.hasDebits(tenantId)) ? Math.max(wished, debitHorizonDays) : wished;
  }

  private withAutoPayOff(tenantId: string, payables: PayableRow[], at: Instant) {
    const accountIds = payables.map(({ accountId }) => accountId);
    return this.flags.holding(tenantId, accountIds, 'autoPayOff', at);
  }

  private async resume(tenantId: string, at: Instant, begun: AttemptRow[]): Promise<AttemptRow[]> {
    const interrupted = begun.filter(({ state }) => state === 'created');
    const decided = await this.sending.send(tenantId, at, interrupted);
    const known = begun.filter(({ state, followedBy }) => state !== 'created' && !followedBy);
    return [...known, ...decided];
  }

  private async chargeable(
    tenantId: string,
    at: Instant,
    payables: PayableRow[],
    initiator: Initiator,
    isWanted: (payer: ChosenPayer, payable: PayableRow) => boolean,
    budget = new TryBudget(),
  ): Promise<Charge[]> {
    const accountIds = [...new Set(payables.map(({ accountId }) => accountId))];
    const payers = await this.choice.of(tenantId, accountIds, initiator, at);
    return payables.flatMap((payable) => {
      const payer = payers.get(payable.accountId);
      if (!payer || !isWanted(payer, payable) || payer.refusedBy !== null) return [];
      if (isBeingCharged(payable) || availableMinor(payable) === 0) return [];
      return budget.take({ ...payer.method, left: payer.triesLeft }) ? [{ payable, payer }] : [];
    });
  }

  /** Reservations and intents in one transaction: neither is ever there without the other. */
  private async reserve(
    tenantId: string,
    at: Instant,
    charges: Charge[],
    why: Why,
    handedIn?: { charges: DebitCharge[]; on: LocalDate },
  ): Promise<AttemptRow[]> {
    if (charges.length === 0) return [];
    const intents = charges.map((charge) => this.intentOf(charge, why, at));
    const wanted = intents.map(({ _id: attemptId, invoiceId, paymentId, amountMinor }) => ({
      invoiceId: invoiceId ?? '',
      reservation: { attemptId, paymentId, amountMinor, state: 'held' as const },
    }));
    return this.database.transaction(async () => {
      const held = await this.payables.reserve(tenantId, wanted, why.autoChargedAt);
      const reserved = intents.filter(({ invoiceId }) => held.has(invoiceId ?? ''));
      if (handedIn) {
        const submitted = handedIn.charges.filter(({ payable }) => held.has(payable._id));
        await this.debits.noteSubmitted(tenantId, submitted, handedIn.on);
      }
      await this.attempts.insert(tenantId, reserved);
      return reserved;
    });
  }

  private intentOf(
    { payable, payer, debit, ...charge }: Charge,
    { reason, caseId, initiator }: Why,
    at: Instant,
  ): AttemptRow {
    const { _id: invoiceId, invoiceNumber, accountId, currency } = payable;
    // An invoice may be debited by its plan more than once: each collection has a day of its own.
    const no = debit && reason === autoPayReason ? debit.collectOn : '1';
    const key = `${invoiceId}/${reason}/${no}`;
    const amountMinor = charge.amountMinor ?? availableMinor(payable);
    const wanted = {
      key,
      reason,
      purpose: 'invoice' as const,
      accountId,
      amountMinor,
      currency,
      invoiceId,
      invoiceNumber,
      caseId,
      initiator,
    };
    const intent = this.sending.intent(wanted, payer.method, at);
    return debit ? { ...intent, debit } : intent;
  }
}

function tally(attempts: AttemptRow[], more: boolean): ChargedBatch {
  const count = (...states: AttemptRow['state'][]) =>
    attempts.filter(({ state }) => states.includes(state)).length;
  return {
    attempted: attempts.length,
    succeeded: count('succeeded'),
    declined: count('declined', 'requiresAction'),
    unknown: count('unknown', 'pending'),
    more,
  };
}
