import { type Change, changeCells, type Changes } from './compare-totals';
import { decimalAmount } from './decimal-amount';
import { shortened, table } from './table';
import type { Sum, Totals } from './totals';

const sumTable = (name: string, sums: readonly Sum[]): string[] => {
  const { rows, more } = shortened(sums, '--totals FILE has them all');
  const cells = rows.map(({ id, records, amountMicro, currency }) => [
    id,
    String(records),
    decimalAmount(amountMicro, currency),
    currency,
  ]);
  return [...table([name, 'records', 'amount', 'currency'], cells, [1, 2]), ...more, ''];
};

type Unrated = Totals['unrated'];

const countOf = (unrated: Unrated): number => Object.values(unrated).reduce((sum, count) => sum + count, 0);
const reasonsOf = (unrated: Unrated): string =>
  Object.entries(unrated)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');

/** What people see: who used for how much, and what could not be rated. */
export function totalLines(
  { all, accounts, plans, records, rated, unrated }: Totals,
  files: { out: string; unrated: string; totals: string | undefined },
): string[] {
  const missing = countOf(unrated);
  return [
    ...sumTable('account', accounts),
    ...sumTable('plan', plans),
    ...sumTable('usage', all),
    `${records} records read, ${rated} rated -> ${files.out}`,
    ...(missing > 0 ? [`${missing} without an amount (${reasonsOf(unrated)}) -> ${files.unrated}`] : []),
    ...(files.totals === undefined ? [] : [`totals -> ${files.totals}`]),
  ];
}

const changeTable = (name: string, changes: readonly Change[]): string[] => {
  const { rows, more } = shortened(changes, '--totals FILE has them all');
  return [
    '',
    ...table([name, 'before', 'after', 'change', '', 'currency'], rows.map(changeCells), [1, 2, 3, 4]),
    ...more,
  ];
};

/** The same usage by the second catalog. */
export function changeLines(
  { total, plans, subscriptions }: Changes,
  { unrated, file }: { unrated: Unrated; file: string },
): string[] {
  const missing = countOf(unrated);
  return [
    ...changeTable('subscription', subscriptions),
    ...changeTable('plan', plans),
    ...changeTable('usage', total),
    ...(missing > 0
      ? [
          '',
          `by the second catalog ${missing} without an amount (${reasonsOf(unrated)}): the sums after lack them -> ${file}`,
        ]
      : []),
  ];
}
