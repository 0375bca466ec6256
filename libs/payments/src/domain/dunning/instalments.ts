import {
  addDays,
  atLocalTime,
  compareDates,
  type Instant,
  type LocalDate,
  localDateOf,
} from '@tollkeeper/calendar';

export interface Instalment {
  no: number;
  dueOn: LocalDate;
  amountMinor: number;
}

/** A debt in named invoices that is paid off by instalments; the ladder rests for it while they come. */
export interface PaymentPlan {
  planId: string;
  invoiceIds: string[];
  /** Owed on them when it was agreed: what the instalments add up to. */
  totalMinor: number;
  instalments: Instalment[];
  autoCharge: boolean;
  graceDays: number;
  /** Bars are lifted while it is kept. */
  restoreService: boolean;
  state: 'active' | 'kept' | 'defaulted' | 'ended';
  agreedAt: Instant;
  endedAt: Instant | null;
}

/** What is open on a plan's invoices. */
export interface PlanDebt {
  /** That the instalments are for. */
  owedMinor: number;
  /** Of that: not disputed now; left out: all of it. */
  undisputedMinor?: number;
}

interface PlannedPart {
  payable: { _id: string };
  disputedMinor: number;
  plannedMinor: number;
  chasedMinor: number;
}

interface PlanDispute {
  invoiceId: string;
  amountMinor: number;
  openedAt: Instant;
  closedAt: Instant | null;
  outcome: 'upheld' | 'rejected' | null;
}

/** What was disputed when the plan was agreed is no part of it, also when it turns out to be owed: the ladder is for that. */
export function planDebtOf(
  { agreedAt }: Pick<PaymentPlan, 'agreedAt'>,
  parts: readonly PlannedPart[],
  disputes: readonly PlanDispute[],
): PlanDebt {
  const aside = disputes.filter(
    ({ openedAt, closedAt, outcome }) =>
      openedAt <= agreedAt && (closedAt === null || closedAt > agreedAt) && outcome !== 'upheld',
  );
  const debt = { owedMinor: 0, undisputedMinor: 0 };
  for (const { payable, disputedMinor, plannedMinor, chasedMinor } of parts) {
    const rest = plannedMinor + chasedMinor;
    const asideMinor = aside
      .filter(({ invoiceId }) => invoiceId === payable._id)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const owedMinor = Math.max(0, rest + disputedMinor - asideMinor);
    debt.owedMinor += owedMinor;
    debt.undisputedMinor += Math.min(rest, owedMinor);
  }
  return debt;
}

/** The first instalment that is not covered by what was paid since; null when all are, or the rest is disputed. */
export function nextInstalment(
  { instalments, totalMinor }: Pick<PaymentPlan, 'instalments' | 'totalMinor'>,
  { owedMinor, undisputedMinor = owedMinor }: PlanDebt,
): { instalment: Instalment; missingMinor: number } | null {
  if (undisputedMinor === 0) return null;
  let asked = 0;
  const paid = totalMinor - owedMinor;
  for (const instalment of instalments) {
    asked += instalment.amountMinor;
    if (paid < asked) return { instalment, missingMinor: Math.min(asked - paid, undisputedMinor) };
  }
  return null;
}

/** What becomes of a plan when so much is owed on its invoices; nothing while the rest of it is disputed. */
export function planStateAt(
  plan: PaymentPlan,
  debt: PlanDebt,
  at: Instant,
  zone: string,
): PaymentPlan['state'] {
  if (plan.state !== 'active') return plan.state;
  if (debt.owedMinor === 0) return 'kept';
  if (debt.undisputedMinor === 0) return 'active';
  const next = nextInstalment(plan, debt);
  if (!next) return 'kept';
  const lastDay = addDays(next.instalment.dueOn, plan.graceDays);
  return compareDates(localDateOf(at, zone), lastDay) > 0 ? 'defaulted' : 'active';
}

/** When the plan has to be looked at again: the charge of an instalment, or the end of its grace. */
export function planLookAt(
  { autoCharge, graceDays }: Pick<PaymentPlan, 'autoCharge' | 'graceDays'>,
  { dueOn }: Instalment,
  { at, zone, charged }: { at: Instant; zone: string; charged: boolean },
): Instant {
  const chargeAt = atLocalTime(dueOn, '09:00', zone);
  if (autoCharge && !charged) return chargeAt > at ? chargeAt : at;
  return atLocalTime(addDays(dueOn, graceDays + 1), '00:00', zone);
}

/** Why these instalments are no plan for the debt; null when they are. */
export function instalmentFault(
  instalments: readonly Instalment[],
  { totalMinor, today }: { totalMinor: number; today: LocalDate },
): { field: string; detail: string } | null {
  const sum = instalments.reduce((all, { amountMinor }) => all + amountMinor, 0);
  for (const [place, { dueOn }] of instalments.entries()) {
    const field = `instalments.${place}.dueOn`;
    if (compareDates(dueOn, today) < 0) return { field, detail: `It is ${today} already.` };
    const before = instalments[place - 1];
    if (before && compareDates(dueOn, before.dueOn) <= 0)
      return { field, detail: 'Instalments come in order: each later than the one before.' };
  }
  if (sum !== totalMinor)
    return { field: 'instalments', detail: `They add up to ${sum}, the debt is ${totalMinor}.` };
  return null;
}
