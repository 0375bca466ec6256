import type { DunningLevel, LevelCondition } from '@tollkeeper/contracts';
import { formatMoney, money } from '@tollkeeper/money';

export interface ConditionFacts {
  /** Overdue and chased. */
  invoices: number;
  owedMinor: number;
  currency: string;
  /** Of the last charge; null: it was not declined, or there was none. */
  lastDecline: string | null;
}

/** What a level still waits for besides its day; null: nothing. The limit itself is enough. */
export function conditionUnmet(
  { invoices = 0, owedMinor = 0, lastDeclineIn }: LevelCondition,
  facts: ConditionFacts,
): string | null {
  if (facts.invoices < invoices) return `${facts.invoices} of ${invoices} overdue invoices`;
  if (facts.owedMinor < owedMinor) {
    const [owed, least] = [facts.owedMinor, owedMinor].map((minor) =>
      formatMoney(money(minor, facts.currency)),
    );
    return `${owed} of ${least} overdue`;
  }
  if (lastDeclineIn === undefined) return null;
  const { lastDecline } = facts;
  if (lastDecline !== null && lastDeclineIn.includes(lastDecline)) return null;
  return `only after ${lastDeclineIn.join(', ')}; ${lastDecline === null ? 'nothing was declined' : `the last decline was ${lastDecline}`}`;
}

/** Whether more debt may let a step be taken that is put off now: a new invoice is news for such a case. */
export const waitsForMoreDebt = (levels: readonly DunningLevel[], lawAsksForMinimum: boolean): boolean =>
  levels.some(
    ({ onlyIf, actions }) =>
      onlyIf?.invoices !== undefined ||
      onlyIf?.owedMinor !== undefined ||
      (lawAsksForMinimum && actions.some(({ kind }) => kind === 'restrict' || kind === 'terminate')),
  );

/** Levels whose turn may come, and those that wait for more; a level that was taken stays taken. */
export function sortLevels(
  levels: readonly DunningLevel[],
  isTaken: (levelId: string) => boolean,
  facts: ConditionFacts,
): { ready: DunningLevel[]; waiting: { level: DunningLevel; why: string }[] } {
  const ready: DunningLevel[] = [];
  const waiting: { level: DunningLevel; why: string }[] = [];
  for (const level of levels) {
    const why =
      level.onlyIf === undefined || isTaken(level.levelId) ? null : conditionUnmet(level.onlyIf, facts);
    if (why === null) ready.push(level);
    else waiting.push({ level, why });
  }
  return { ready, waiting };
}
