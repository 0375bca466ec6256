import { Injectable } from '@nestjs/common';
import { addDays, atLocalTime, type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { CollectionLook, DunningPolicy } from '@tollkeeper/contracts';
import { refusal, ServiceDatabase } from '@tollkeeper/platform';
import { DunningService } from './dunning.service';
import { type CaseChange, CollectionRepository } from './collection.repository';
import type { CollectionRow } from './collection.schema';
import { planDebtOf, planStateAt } from '../domain/dunning/instalments';
import type { CaseState } from '../domain/dunning/case-state';
import { nextMove } from '../domain/dunning/next-move';
import { promiseStateAt } from '../domain/dunning/promises';
import { DunningPolicyRepository } from './policies/dunning-policy.repository';
import { isBeingCharged } from '../domain/attempts/reservations';
import { PayableRepository } from '../payables/payable.repository';
import { awaitsDebit } from '../payables/payable.schema';
import type { AccountCopyRow } from '../payers/profile.schema';
import { ProfileRepository } from '../payers/profile.repository';
import { CaseAttempts } from './case-attempts.repository';
import { type DebtPart, splitDebt, sumOf } from './split-debt';

export interface CaseDebt {
  row: CollectionRow;
  account: AccountCopyRow | null;
  zone: string;
  country: string;
  /** Of overdue invoices. */
  overdue: DebtPart[];
  /** Of the plan's, also of those that are not overdue. */
  planned: DebtPart[];
  nextDueOn: LocalDate | null;
  nextOverdueAt: Instant | null;
}

/** A case as its rows tell it, what became of promises and plans, and what it does now. */
@Injectable()
export class CaseStateService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly collections: CollectionRepository,
    private readonly payables: PayableRepository,
    private readonly profiles: ProfileRepository,
    private readonly policies: DunningPolicyRepository,
    private readonly attempts: CaseAttempts,
    private readonly dunning: DunningService,
  ) {}

  async look(tenantId: string, caseId: string, at: Instant): Promise<CollectionLook> {
    const row = await this.caseOf(tenantId, caseId);
    if (row.begunAt === undefined) await this.collections.noteBegun(tenantId, caseId, at);
    const policy = await this.policyOf(tenantId, row);
    const debt = await this.settled(tenantId, caseId, policy, at);
    const state = await this.stateOf(tenantId, debt, policy, at);
    const taken = new Map<string, Instant>();
    for (const step of debt.row.steps) if (!taken.has(step.levelId)) taken.set(step.levelId, step.at);
    return {
      facts: state.facts,
      move: nextMove(state),
      taken: [...taken].map(([levelId, takenAt]) => ({ levelId, at: takenAt })),
    };
  }

  async debtOf(tenantId: string, caseId: string, at: Instant): Promise<CaseDebt> {
    const row = await this.caseOf(tenantId, caseId);
    const account = await this.profiles.account(tenantId, row.accountId);
    const { zone = 'UTC', country = '' } = account ?? {};
    const today = localDateOf(at, zone);
    const open = await this.payables.openOf(tenantId, [row.accountId]);
    const planInvoices = row.plan?.state === 'active' ? row.plan.invoiceIds : [];
    const parts = splitDebt(open, row.disputes ?? [], planInvoices);
    const overdue = parts.filter(({ payable }) => payable.dueOn < today).filter((part) => owedOf([part]) > 0);
    const coming = open.find(({ dueOn }) => dueOn >= today);
    return {
      row,
      account,
      zone,
      country,
      overdue,
      planned: parts.filter(({ payable }) => row.plan?.invoiceIds.includes(payable._id)),
      nextDueOn: coming?.dueOn ?? null,
      nextOverdueAt: coming ? atLocalTime(addDays(coming.dueOn, 1), '09:00', zone) : null,
    };
  }

  async caseOf(tenantId: string, caseId: string): Promise<CollectionRow> {
    const row = await this.collections.one(tenantId, caseId);
    if (!row) throw refusal('collectionUnknown', `there is no collection ${caseId}`);
    return row;
  }

  /** An open case keeps the version that it began with. */
  async policyOf(tenantId: string, { policyId, policyVersion }: CollectionRow): Promise<DunningPolicy> {
    const policy = await this.policies.version(tenantId, policyId, policyVersion);
    if (!policy)
      throw refusal('collectionUnknown', `its dunning policy ${policyId}/${policyVersion} is gone`);
    return policy;
  }

  /** Promises and plans are kept or broken by what was paid until now; a person may agree on another just then. */
  private async settled(
    tenantId: string,
    caseId: string,
    policy: DunningPolicy,
    at: Instant,
  ): Promise<CaseDebt> {
    const debt = await this.debtOf(tenantId, caseId, at);
    if (agreementChange(debt, policy, at) === null) return debt;
    return this.database.transaction(async () => {
      const change = agreementChange(await this.debtOf(tenantId, caseId, at), policy, at);
      if (change) await this.collections.change(tenantId, caseId, change);
      return this.debtOf(tenantId, caseId, at);
    });
  }

  private async stateOf(
    tenantId: string,
    { row, zone, country, overdue, planned, nextDueOn, nextOverdueAt }: CaseDebt,
    policy: DunningPolicy,
    at: Instant,
  ): Promise<CaseState> {
    const facts = await this.dunning.loadCollection(tenantId, row._id, at);
    const isPlanned = row.plan?.state === 'active';
    const chased = overdue.filter(({ chasedMinor }) => chasedMinor > 0);
    const invoiceIds = overdue.map(({ payable }) => payable._id);
    return {
      zone,
      country,
      at,
      policy,
      openedAt: row.openedAt,
      openedOn: row.openedOn,
      steps: row.steps,
      facts: {
        ...facts,
        disputedMinor: sumOf(overdue, 'disputedMinor'),
        plannedMinor: isPlanned ? sumOf(planned, 'plannedMinor') : 0,
      },
      chasedMinor: sumOf(chased, 'chasedMinor'),
      chasedDueOn: chased[0]?.payable.dueOn ?? null,
      chasedInvoices: chased.length,
      minimumMinor: row.minimumMinor ?? 0,
      promise: row.promises?.find(({ state }) => state === 'open') ?? null,
      plan: row.plan ? { terms: row.plan, ...planDebtOf(row.plan, planned, row.disputes ?? []) } : null,
      rounds: await this.attempts.rounds(tenantId, { accountId: row.accountId, caseId: row._id, invoiceIds }),
      notices: row.notices ?? [],
      nextDueOn,
      nextOverdueAt,
    };
  }
}

/** `null`: all stands as it was. */
function agreementChange(
  { row, zone, overdue, planned }: CaseDebt,
  policy: DunningPolicy,
  at: Instant,
): CaseChange | null {
  // Nothing is broken while the money may be on its way: the process waits for it, and looks again when it is decided.
  const isUnderWay =
    [...overdue, ...planned].some(({ payable }) => isBeingCharged(payable)) ||
    overdue.some(({ payable }) => awaitsDebit(payable, localDateOf(at, zone)));
  const unless = <State extends string>(broken: State, state: State, before: State): State =>
    isUnderWay && state === broken ? before : state;
  const promises = (row.promises ?? []).map((each) => {
    const promised = overdue.filter(({ payable }) => each.invoiceIds?.includes(payable._id) ?? true);
    const state = promiseStateAt(each, policy.promises, { owedMinor: owedOf(promised), at });
    return { ...each, state: unless('broken', state, each.state) };
  });
  const plan = row.plan ?? null;
  const planDebt = plan && planDebtOf(plan, planned, row.disputes ?? []);
  const planState =
    plan && planDebt && unless('defaulted', planStateAt(plan, planDebt, at, zone), plan.state);
  const isSame = promises.every(({ state }, no) => row.promises?.[no]?.state === state);
  const ended = plan && planState && planState !== plan.state;
  if (isSame && !ended) return null;
  const promise = promises.some(({ state }) => state === 'open') ? row.promise : null;
  return {
    ...(isSame ? {} : { promises, promise }),
    ...(ended ? { plan: { ...plan, state: planState, endedAt: at } } : {}),
  };
}

export const owedOf = (parts: readonly DebtPart[]): number =>
  sumOf(parts, 'chasedMinor') + sumOf(parts, 'plannedMinor') + sumOf(parts, 'disputedMinor');
