import { addDays, type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { DunningAction, DunningPolicy } from '@tollkeeper/contracts';
import { mayBar } from './bar-rules';
import type { DebtorKind } from './default-interest';
import { lateFeesOf, type FeeCharged, type LateInvoice } from './late-fees';
import { stepsAhead } from './ladder-steps';
import { conditionUnmet } from './level-conditions';
import { barOf } from './ladder-move';

interface PreviewAccount {
  zone: string;
  country: string;
  kind: DebtorKind;
  currency: string;
  at: Instant;
  /** Open invoices, oldest first; those that are not overdue yet are taken to stay unpaid. */
  invoices: readonly LateInvoice[];
  /** Of the case that is open; null: it would open on the day after the oldest is due. */
  openedOn: LocalDate | null;
}

interface PreviewStep {
  levelId: string;
  at: Instant;
  on: LocalDate;
  why: string;
  actions: readonly DunningAction[];
  feesMinor: number;
  /** What the level still waits for, or why the law puts a bar off; null: nothing does, when its notice is delivered at once. */
  waits: string | null;
}

/** The whole ladder from its beginning, as it goes when nothing is paid and each message is delivered at once. */
export function previewLadder(policy: DunningPolicy, account: PreviewAccount): PreviewStep[] {
  const [oldest] = account.invoices.filter(({ owedMinor }) => owedMinor > 0);
  if (!oldest) return [];
  const openedOn = account.openedOn ?? addDays(oldest.dueOn, 1);
  const begins = `${oldest.dueOn}T00:00:00.000Z`;
  const state = {
    ...account,
    oldestDueOn: oldest.dueOn,
    openedOn,
    taken: new Map<string, Instant>(),
    at: begins,
  };
  let [noticedAt, outgoingBarredAt]: [Instant | null, Instant | null] = [null, null];
  const fees: FeeCharged[] = [];
  return stepsAhead(policy, state).map(({ level, at, why }) => {
    const on = localDateOf(at, account.zone);
    const late = account.invoices.filter(({ dueOn }) => dueOn < on);
    const charged = level.actions.flatMap(({ fee }) =>
      fee
        ? lateFeesOf(fee, {
            ...account,
            keyBase: '',
            levelId: level.levelId,
            on,
            invoices: late,
            before: fees,
          })
        : [],
    );
    fees.push(...charged.map((each) => ({ ...each, posted: true })));
    const bar = barOf(level);
    const undisputedMinor = late.reduce((sum, { owedMinor }) => sum + owedMinor, 0);
    const verdict = bar
      ? mayBar({
          ...account,
          state: bar,
          undisputedMinor,
          noticedAt,
          announced: noticedAt !== null,
          unproven: [],
          outgoingBarredAt,
          stepHour: policy.stepHour,
          at,
        })
      : { may: true as const };
    const { onlyIf } = level;
    const unmet = onlyIf
      ? conditionUnmet(onlyIf, {
          invoices: late.filter(({ owedMinor }) => owedMinor > 0).length,
          owedMinor: undisputedMinor,
          currency: account.currency,
          // Nobody knows how the next charge ends.
          lastDecline: onlyIf.lastDeclineIn?.[0] ?? null,
        })
      : null;
    if (level.actions.some(announcesBar)) noticedAt ??= at;
    if (bar === 'barOutgoing') outgoingBarredAt ??= at;
    return {
      levelId: level.levelId,
      at,
      on,
      why,
      actions: level.actions,
      feesMinor: charged.reduce((sum, { minor }) => sum + minor, 0),
      waits: unmet ?? (verdict.may === false ? verdict.why : null),
    };
  });
}

const announcesBar = ({ kind, template, notice }: DunningAction): boolean =>
  kind === 'sendMessage' && (notice ?? template === 'finalNotice');
