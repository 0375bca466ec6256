import {
  type CompiledCatalog,
  grantsOfGroup,
  noRest,
  type PeriodRest,
  restOf,
  sameRest,
  type SubscriberAccount,
} from '@tollkeeper/tariff';
import type { ChargingPeriodRow } from './charging-period.schema';
import { stateOf } from './charging-period-state';

export interface RestKnowledge {
  accounts: ReadonlyMap<string, SubscriberAccount>;
  catalog: CompiledCatalog;
}

type ChargingPeriod = Pick<ChargingPeriodRow, 'periodKey' | 'fromAt' | 'toAt'>;

const usagePeriodOf = ({ periodKey: key, fromAt, toAt }: ChargingPeriod) => ({ key, fromAt, toAt });

const grantsOfRow = (row: ChargingPeriodRow, account: SubscriberAccount, catalog: CompiledCatalog) =>
  grantsOfGroup(account, row.groupId, catalog, usagePeriodOf(row));

/** What the row's period leaves to the next one, as its state is now. */
export const restOfRow = (row: ChargingPeriodRow, { accounts, catalog }: RestKnowledge): PeriodRest => {
  const account = accounts.get(row.accountId);
  return account ? restOf(grantsOfRow(row, account, catalog), stateOf(row), usagePeriodOf(row)) : noRest;
};

/** A row that no usage has touched begins with it. */
export const openedWith = (row: ChargingPeriodRow, before: PeriodRest): ChargingPeriodRow =>
  before.carried.length + before.opening.length === 0
    ? row
    : { ...row, before, buckets: before.opening.map(({ bucket, units }) => ({ bucket, used: units })) };

/** Most periods leave nothing: then nothing is written. */
export const restOrNone = (rest: PeriodRest): PeriodRest | null => (sameRest(rest, noRest) ? null : rest);

/** A plan that ended meanwhile, or a backdated member, made a bucket smaller or larger than its records saw it. */
function sawOtherSizes(row: ChargingPeriodRow, { accounts, catalog }: RestKnowledge): boolean {
  const account = accounts.get(row.accountId);
  if (!account || row.buckets.every(({ size }) => size === undefined)) return false;
  const sizes = new Map<string, Set<number>>();
  for (const { bucket, units } of grantsOfRow(row, account, catalog))
    sizes.set(bucket, (sizes.get(bucket) ?? new Set()).add(units));
  return row.buckets.some(({ bucket, size }) => size !== undefined && sizes.get(bucket)?.has(size) === false);
}

/** With what is left to it: folded again when its records saw something else. */
export function withBefore(row: ChargingPeriodRow, before: PeriodRest): ChargingPeriodRow {
  if (sameRest(row.before ?? noRest, before)) return row;
  const fresh = { ...row, before };
  return row.last === null
    ? { ...fresh, buckets: before.opening.map(({ bucket, units }) => ({ bucket, used: units })) }
    : { ...fresh, orderDirty: true };
}

const startOf = ({ groupId, fromAt }: ChargingPeriodRow): string => `${groupId} ${fromAt}`;
const endOf = ({ groupId, toAt }: ChargingPeriodRow): string => `${groupId} ${toAt}`;

/**
 * Rows of open periods, each with the rest of the one that it follows; dirty when that, or the size of a bucket, is not
 * what its records were folded with. Rows of a group in any order; `closed` are those before them.
 */
export function settled(
  rows: readonly ChargingPeriodRow[],
  closed: readonly ChargingPeriodRow[],
  known: RestKnowledge,
  { sizes }: { sizes: boolean },
): ChargingPeriodRow[] {
  const rests = new Map(closed.map((row) => [endOf(row), row.rest ?? noRest]));
  return [...rows]
    .sort((left, right) => (left.fromAt < right.fromAt ? -1 : left.fromAt > right.fromAt ? 1 : 0))
    .map((row) => {
      const before = rests.get(startOf(row));
      const following = before ? withBefore(row, before) : row;
      const isOtherwise = sizes && !following.orderDirty && sawOtherSizes(following, known);
      const checked = isOtherwise ? { ...following, orderDirty: true } : following;
      rests.set(endOf(checked), restOfRow(checked, known));
      return checked;
    });
}
