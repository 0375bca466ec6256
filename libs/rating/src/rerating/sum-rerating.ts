import type { ReratingCounts } from '@tollkeeper/contracts';
import { sumMicro } from '@tollkeeper/money';
import { changesTheBill, type PeriodAgain, postedRating } from './correct-period';
import type { ReratingRow, ReratingSumRow } from './rerating.schema';
import type { UsageRow } from '../usage/usage.schema';

export type ReratingSum = Pick<
  ReratingSumRow,
  'kind' | 'id' | 'records' | 'changed' | 'beforeMicro' | 'afterMicro'
>;

export const noReratingCounts: ReratingCounts = {
  periods: 0,
  records: 0,
  changed: 0,
  unratable: 0,
  beforeMicro: 0,
  afterMicro: 0,
  correctedMicro: 0,
};

/** Whether a record is what was asked for; its whole period is then folded again. */
export function isAskedFor({ scope, from, to }: ReratingRow, row: UsageRow): boolean {
  const { subscriptionIds, offeringId, importId } = scope;
  return (
    from <= row.startAt &&
    row.startAt < to &&
    (subscriptionIds === undefined || subscriptionIds.includes(row.subscriptionId ?? '')) &&
    (offeringId === undefined || row.offeringId === offeringId) &&
    (importId === undefined || row.importId === importId)
  );
}

/** What rating these periods again changes: in all, by plan and by subscription. A period that cannot be rated keeps what it has. */
export function sumRerating(periods: readonly PeriodAgain[]): {
  counts: ReratingCounts;
  sums: ReratingSum[];
} {
  const counts = { ...noReratingCounts, periods: periods.length };
  const sums = new Map<string, ReratingSum>();
  for (const { period, rows, changed, unratable } of periods) {
    const news = new Map(
      unratable.length > 0
        ? []
        : changed.filter(changesTheBill).map((each) => [each.row.recordId, each.correction]),
    );
    counts.unratable += unratable.length;
    for (const row of rows) {
      const before = postedRating(row).amountMicro;
      const correction = news.get(row.recordId);
      const after = correction?.debit.amountMicro ?? before;
      const step = { records: 1, changed: correction ? 1 : 0, beforeMicro: before, afterMicro: after };
      if (period.closedBy !== null || row.rerated)
        counts.correctedMicro = sumMicro([counts.correctedMicro, correction?.differenceMicro ?? 0]);
      add(counts, step);
      add(sumFor(sums, 'plan', row.offeringId ?? ''), step);
      add(sumFor(sums, 'subscription', row.subscriptionId ?? ''), step);
    }
  }
  return { counts, sums: [...sums.values()] };
}

type Step = Pick<ReratingSum, 'records' | 'changed' | 'beforeMicro' | 'afterMicro'>;

function sumFor(sums: Map<string, ReratingSum>, kind: ReratingSum['kind'], id: string): ReratingSum {
  const key = `${kind}/${id}`;
  const sum = sums.get(key) ?? { kind, id, records: 0, changed: 0, beforeMicro: 0, afterMicro: 0 };
  sums.set(key, sum);
  return sum;
}

function add(to: Step, step: Step): void {
  to.records += step.records;
  to.changed += step.changed;
  to.beforeMicro = sumMicro([to.beforeMicro, step.beforeMicro]);
  to.afterMicro = sumMicro([to.afterMicro, step.afterMicro]);
}
