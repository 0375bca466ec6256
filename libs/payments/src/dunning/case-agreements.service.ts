import { Injectable } from '@nestjs/common';
import { type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import { formatMoney, money } from '@tollkeeper/money';
import { badInput, conflict, newId, notFound, type Principal } from '@tollkeeper/platform';
import { CollectionService } from './collection.service';
import { type CaseChange, CollectionRepository } from './collection.repository';
import type { CollectionRow, DebtDispute } from './collection.schema';
import { DebitPlanRepository } from '../debits/debit-plan.repository';
import { AgencyDebts } from './hand-overs/agency-debts.service';
import { instalmentFault, type PaymentPlan } from '../domain/dunning/instalments';
import { promiseFault } from '../domain/dunning/promises';
import { owedMinor } from '../domain/attempts/reservations';
import { PayableRepository } from '../payables/payable.repository';
import { CaseStateService, owedOf } from './case-state.service';
import { splitDebt, sumOf } from './split-debt';

interface WantedPlan {
  invoiceIds?: string[];
  instalments: { dueOn: LocalDate; amountMinor: number }[];
  autoCharge: boolean;
  graceDays: number;
  restoreService: boolean;
}

interface WantedDispute {
  signal: 'disputeOpened' | 'disputeClosed';
  change: (row: CollectionRow, at: Instant) => DebtDispute[] | Promise<DebtDispute[]>;
  reason: string;
}

/** What is agreed with a debtor, and what a debtor disputes: written down with its audit row, then the case looks again. */
@Injectable()
export class CaseAgreements {
  constructor(
    private readonly service: CollectionService,
    private readonly collections: CollectionRepository,
    private readonly cases: CaseStateService,
    private readonly payables: PayableRepository,
    private readonly agency: AgencyDebts,
    private readonly debits: DebitPlanRepository,
  ) {}

  async promise(
    principal: Principal,
    caseId: string,
    { amountMinor, until }: { amountMinor: number; until: Instant },
    reason: string,
  ): Promise<CollectionRow> {
    const { tenantId } = principal;
    const change = async (row: CollectionRow, at: Instant): Promise<CaseChange> => {
      const { promises: rules } = await this.cases.policyOf(tenantId, row);
      const made = row.promises ?? [];
      // Said twice, it is one promise.
      const isSame = made.some(
        (each) => each.state === 'open' && each.amountMinor === amountMinor && each.until === until,
      );
      if (isSame) return { promise: { amountMinor, until } };
      const fault = promiseFault(rules, { made: made.length, until, at });
      if (fault) throw conflict('promiseRefused', fault, 'Agree on a payment plan, or hold the collection.');
      const debt = await this.cases.debtOf(tenantId, caseId, at);
      const open = {
        amountMinor,
        until,
        madeAt: at,
        owedMinor: owedOf(debt.overdue),
        invoiceIds: debt.overdue.map(({ payable }) => payable._id),
        state: 'open' as const,
      };
      // A new promise stands for the one before, which is neither kept nor broken yet.
      const before = made.map((each) =>
        each.state === 'open' ? { ...each, state: 'replaced' as const } : each,
      );
      const promises = [...before, open];
      return { promise: { amountMinor, until }, promises };
    };
    return this.service.steer(principal, caseId, { signal: 'promiseToPay', change, reason });
  }

  async plan(
    principal: Principal,
    caseId: string,
    wanted: WantedPlan,
    reason: string,
  ): Promise<CollectionRow> {
    const change = async (row: CollectionRow, at: Instant): Promise<CaseChange> => ({
      plan: await this.newPlan(principal.tenantId, row, wanted, at),
    });
    return this.service.steer(principal, caseId, { signal: 'planChanged', change, reason });
  }

  async endPlan(principal: Principal, caseId: string, reason: string): Promise<CollectionRow> {
    const change = ({ plan }: CollectionRow, at: Instant): CaseChange => {
      if (plan?.state !== 'active') throw conflict('noPlan', 'No plan is active in this case.');
      return { plan: { ...plan, state: 'ended', endedAt: at } };
    };
    return this.service.steer(principal, caseId, { signal: 'planChanged', change, reason });
  }

  async dispute(
    principal: Principal,
    caseId: string,
    { invoiceId, amountMinor }: { invoiceId: string; amountMinor: number },
    reason: string,
  ): Promise<CollectionRow> {
    const { tenantId } = principal;
    const change = async (row: CollectionRow, openedAt: Instant): Promise<DebtDispute[]> => {
      const payable = await this.payables.one(tenantId, invoiceId);
      if (payable?.accountId !== row.accountId) throw notFound('invoice', invoiceId);
      if (amountMinor > owedMinor(payable))
        throw badInput(
          'amount.minor',
          `Only ${formatMoney(money(owedMinor(payable), payable.currency))} of the invoice is owed.`,
          'Dispute at most that.',
        );
      const dispute = { disputeId: newId('dsp'), invoiceId, amountMinor, reason, openedAt };
      return [...(row.disputes ?? []), { ...dispute, closedAt: null, outcome: null }];
    };
    return this.steerDispute(principal, caseId, { signal: 'disputeOpened', change, reason });
  }

  async closeDispute(
    principal: Principal,
    caseId: string,
    { disputeId, outcome }: { disputeId: string; outcome: 'upheld' | 'rejected' },
    reason: string,
  ): Promise<CollectionRow> {
    const change = ({ disputes = [] }: CollectionRow, closedAt: Instant): DebtDispute[] => {
      const open = disputes.find((each) => each.disputeId === disputeId);
      if (!open) throw notFound('dispute', disputeId);
      if (open.closedAt) throw conflict('disputeClosed', `It was ${open.outcome} at ${open.closedAt}.`);
      return disputes.map((each) => (each === open ? { ...each, closedAt, outcome } : each));
    };
    return this.steerDispute(principal, caseId, { signal: 'disputeClosed', change, reason });
  }

  /** Of a debt that we chase, or an agency. */
  private async steerDispute(
    principal: Principal,
    caseId: string,
    { signal, change, reason }: WantedDispute,
  ): Promise<CollectionRow> {
    const row = await this.collections.one(principal.tenantId, caseId);
    if (row?.outcome === 'handedOver' && !row.endedAtAgency)
      return this.agency.disputed(principal, caseId, { what: signal, change, reason });
    return this.service.steer(principal, caseId, {
      signal,
      change: async (before, at) => ({ disputes: await change(before, at) }),
      reason,
    });
  }

  private async newPlan(
    tenantId: string,
    row: CollectionRow,
    wanted: WantedPlan,
    at: Instant,
  ): Promise<PaymentPlan> {
    if (row.plan?.state === 'active')
      throw conflict(
        'planActive',
        `Plan ${row.plan.planId} is active.`,
        'End it at POST .../plan/end first.',
      );
    const debt = await this.cases.debtOf(tenantId, row._id, at);
    const named = wanted.invoiceIds ?? debt.overdue.map(({ payable }) => payable._id);
    const open = await this.payables.openOf(tenantId, [row.accountId]);
    const chosen = open.filter(({ _id }) => named.includes(_id));
    const missing = named.find((id) => !chosen.some(({ _id }) => _id === id));
    if (missing !== undefined) throw badInput('invoiceIds', `${missing} is no open invoice of the account.`);
    const totalMinor = sumOf(splitDebt(chosen, row.disputes ?? [], named), 'plannedMinor');
    const instalments = wanted.instalments.map((each, place) => ({ no: place + 1, ...each }));
    const fault = instalmentFault(instalments, { totalMinor, today: localDateOf(at, debt.zone) });
    if (fault) throw badInput(fault.field, fault.detail, `Split ${totalMinor} minor units into instalments.`);
    // What was announced of the whole debt is not taken beside the instalments.
    await this.debits.drop(
      tenantId,
      chosen.filter(({ debit }) => debit?.submittedOn === null).map(({ _id }) => _id),
    );
    const { autoCharge, graceDays, restoreService } = wanted;
    return {
      planId: newId('pln'),
      invoiceIds: chosen.map(({ _id }) => _id),
      totalMinor,
      instalments,
      ...{ autoCharge, graceDays, restoreService },
      state: 'active',
      agreedAt: at,
      endedAt: null,
    };
  }
}
