import { Injectable } from '@nestjs/common';
import { addDays, type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import { Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { AccountFlags } from '../payers/account-flags.service';
import {
  type AttemptDebit,
  debitPutOff,
  isDebit,
  planDebit,
  type PlannedDebit,
  submitDebit,
} from '../domain/debits/plan-debit';
import { CaseLimits } from '../dunning/case-limits.service';
import { debitMessage } from '../domain/message-requests';
import { availableMinor, isBeingCharged } from '../domain/attempts/reservations';
import { PayableRepository } from '../payables/payable.repository';
import type { PayableRow } from '../payables/payable.schema';
import { type ChosenPayer, PayerChoice } from '../attempts/payer-choice.service';
import { PaymentMethodRepository } from '../methods/payment-method.repository';
import type { PaymentMethodRow } from '../methods/payment-method.schema';
import { ProfileRepository } from '../payers/profile.repository';
import { DebitPlanRepository } from './debit-plan.repository';

export interface DebitCharge {
  payable: PayableRow;
  payer: ChosenPayer;
  debit: AttemptDebit;
  /** Never more than was announced. */
  amountMinor: number;
  plan: PlannedDebit;
}

interface Announcement {
  payable: PayableRow;
  payer: ChosenPayer;
  amountMinor: number;
  collectOn: LocalDate;
}

/** Bank debits are announced first and handed in later: the plan lies with the invoice, the mail goes with the plan. */
@Injectable()
export class DebitPlanning {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly payables: PayableRepository,
    private readonly plans: DebitPlanRepository,
    private readonly methods: PaymentMethodRepository,
    private readonly choice: PayerChoice,
    private readonly profiles: ProfileRepository,
    private readonly flags: AccountFlags,
    private readonly limits: CaseLimits,
  ) {}

  /** All that auto-pay will debit of these accounts, as soon as it is known: a bill came, a method or a setting changed. */
  async planOpen(tenantId: string, at: Instant, accountIds: string[]): Promise<void> {
    if (accountIds.length === 0 || !(await this.methods.hasDebits(tenantId))) return;
    const tenant = await this.profiles.tenant(tenantId);
    if (!tenant) return;
    const unpaid = (await this.payables.openOf(tenantId, accountIds)).filter(
      ({ autoChargedAt }) => autoChargedAt === null,
    );
    const open = await this.limits.chargeable(tenantId, unpaid);
    if (open.length === 0) return;
    const payers = await this.choice.of(tenantId, accountIds, 'merchant', at);
    const off = await this.flags.holding(tenantId, accountIds, 'autoPayOff', at);
    const charges = open.flatMap((payable) => {
      const payer = payers.get(payable.accountId);
      const wanted = payer && mayAutoPay(payer, payable) && payer.refusedBy === null;
      return wanted && !off.has(payable.accountId) ? [{ payable, payer }] : [];
    });
    await this.plan(tenantId, at, localDateOf(at, tenant.zone), charges);
  }

  /** Those that are not planned yet, or by another method. */
  async plan(
    tenantId: string,
    at: Instant,
    today: LocalDate,
    charges: readonly { payable: PayableRow; payer: ChosenPayer }[],
    caseId: string | null = null,
  ): Promise<void> {
    const planned = charges.flatMap(({ payable, payer }) => {
      const { method, settings } = payer;
      if (!isDebit(method) || isPlanned(payable, method) || isBeingCharged(payable)) return [];
      const wantedOn = caseId === null ? addDays(payable.dueOn, -(settings.autoPayDaysBefore ?? 0)) : today;
      const debit = planDebit(method, { amountMinor: availableMinor(payable), wantedOn, today, caseId });
      return 'refused' in debit || debit.amountMinor === 0 ? [] : [{ payable, payer, debit }];
    });
    if (planned.length === 0) return;
    await this.database.transaction(async () => {
      await this.plans.set(
        tenantId,
        planned.map(({ payable, debit }) => ({ invoiceId: payable._id, debit })),
      );
      const told = planned.filter(({ debit }) => debit.announcedOn !== null);
      await this.announce(
        tenantId,
        at,
        told.map(({ debit, ...charge }) => ({ ...charge, ...debit })),
      );
    });
  }

  /** In the caller's transaction. */
  async announce(tenantId: string, at: Instant, announced: readonly Announcement[]): Promise<void> {
    if (announced.length === 0) return;
    const { sepaCreditorId, achCompanyId } = await this.plans.settings(tenantId);
    const accounts = await this.profiles.accounts(tenantId, [
      ...new Set(announced.map(({ payable }) => payable.accountId)),
    ]);
    const messages = announced.map(({ payable, payer: { method }, amountMinor, collectOn }) =>
      debitMessage([payable._id, method._id, collectOn, ...mandateOf(method)].join('/'), {
        accountId: payable.accountId,
        customerName: accounts.get(payable.accountId)?.customerName ?? '',
        ...{ amountMinor, currency: payable.currency, collectOn, at },
        invoiceNumber: payable.invoiceNumber,
        card: `${method.brand} ending in ${method.last4}`,
        mandateId: method.mandate?.mandateId ?? '',
        creditorId: (method.kind === 'achDebit' ? achCompanyId : sepaCreditorId) ?? '',
      }),
    );
    await this.outbox.tell(tenantId, at, 'messageRequested', messages);
  }

  /** What is to be handed in today, as things stand now; a plan whose ground is gone is dropped. */
  async due(tenantId: string, at: Instant, today: LocalDate, limit: number): Promise<DebitCharge[]> {
    const rows = await this.plans.due(tenantId, today, limit);
    if (rows.length === 0) return [];
    const accountIds = [...new Set(rows.map(({ accountId }) => accountId))];
    const payers = await this.choice.of(tenantId, accountIds, 'merchant', at);
    const off = await this.flags.holding(tenantId, accountIds, 'autoPayOff', at);
    const asked = await this.limits.debits(tenantId, rows, at);
    await this.putOff(
      tenantId,
      asked.filter(({ isAtRest }) => isAtRest).map(({ payable }) => payable),
      today,
    );
    const charges = asked.flatMap(({ payable, limited, isAtRest }) => {
      if (isAtRest) return [];
      const payer = off.has(payable.accountId) ? undefined : payers.get(payable.accountId);
      return [{ payable, charge: payer && limited ? chargeOf(limited, payer, today) : null }];
    });
    const dropped = charges.filter(({ charge }) => charge === null);
    await this.plans.drop(
      tenantId,
      dropped.map(({ payable }) => payable._id),
    );
    return charges.flatMap(({ charge }) => charge ?? []);
  }

  /** Looked at again tomorrow: the payer was promised rest, and what they were told of stays announced. */
  private async putOff(tenantId: string, payables: readonly PayableRow[], today: LocalDate): Promise<void> {
    await this.plans.set(
      tenantId,
      payables.flatMap(({ _id: invoiceId, debit }) =>
        debit ? [{ invoiceId, debit: debitPutOff(debit, today) }] : [],
      ),
    );
  }

  /** In the transaction that stores the attempts. */
  async noteSubmitted(tenantId: string, charges: readonly DebitCharge[], today: LocalDate): Promise<void> {
    await this.plans.set(
      tenantId,
      charges.map(({ payable, plan, debit: { collectOn } }) => ({
        invoiceId: payable._id,
        debit: { ...plan, collectOn, submittedOn: today },
      })),
    );
  }
}

function chargeOf(payable: PayableRow, payer: ChosenPayer, today: LocalDate): DebitCharge | null {
  const { debit: plan, openMinor, givenUpBy } = payable;
  const amountMinor = Math.min(availableMinor(payable), plan?.amountMinor ?? 0);
  if (!plan || !isBy(plan, payer.method) || payer.refusedBy !== null) return null;
  if (openMinor === 0 || givenUpBy !== null || isBeingCharged(payable) || amountMinor === 0) return null;
  if (plan.caseId === null && !mayAutoPay(payer, payable)) return null;
  const debit = submitDebit(payer.method, plan, today);
  return 'refused' in debit ? null : { payable, payer, debit, amountMinor, plan };
}

const isPlanned = ({ debit }: PayableRow, method: PaymentMethodRow): boolean =>
  debit !== null && debit !== undefined && debit.submittedOn === null && isBy(debit, method);

/** What was announced under one mandate is not collected under another. */
const isBy = ({ methodId, mandateId }: PlannedDebit, { _id, mandate }: PaymentMethodRow): boolean =>
  methodId === _id && mandateId === (mandate?.mandateId ?? null);

const mandateOf = ({ mandate }: PaymentMethodRow): string[] => (mandate ? [mandate.mandateId] : []);

const mayAutoPay = ({ autoPay, settings }: ChosenPayer, payable: PayableRow): boolean =>
  autoPay && availableMinor(payable) <= (settings.autoPayCapMinor ?? Number.MAX_SAFE_INTEGER);
