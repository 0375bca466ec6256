import { Injectable } from '@nestjs/common';
import {
  type CompiledCatalog,
  type CyclePeriods,
  grantsIn,
  grantsOfGroup,
  type GuidedUsage,
  noRest,
  paidPeriodBefore,
  type PeriodRest,
  type UsagePeriod,
} from '@tollkeeper/tariff';
import { ChargingPeriodRepository } from './charging-period.repository';
import { chargingPeriodId, type ChargingPeriodRow, closedByNextPaid } from './charging-period.schema';
import { openedWith, restOfRow } from './period-rest';
import { newChargingPeriod } from './charging-period-state';

type Rows = Map<string, ChargingPeriodRow>;

/** What a batch knows while it opens periods. */
interface OpeningBatch {
  tenantId: string;
  catalog: CompiledCatalog;
  periods: CyclePeriods;
  rows: Rows;
}

/**
 * A period's row begins with what its predecessor left. A billing period's rest is final once a bill-run closed it; until
 * then only boosters that go on are counted, as they stand, and closing puts right what changed. No bill-run closes a
 * paid period: the first usage of the next one does.
 */
@Injectable()
export class PeriodOpeningService {
  constructor(private readonly chargingPeriods: ChargingPeriodRepository) {}

  /** Loads the rows before those that the batch touches first, where something may be left. */
  async learn(batch: OpeningBatch, placed: readonly GuidedUsage[]): Promise<void> {
    const wanted = new Set<string>();
    for (const guided of placed) {
      if (isOpened(batch.rows.get(idOf(batch, guided, guided.period)))) continue;
      const before = periodBefore(guided, batch.periods);
      if (!before || !inheritsUnits(guided, batch.catalog)) continue;
      const id = idOf(batch, guided, before);
      if (!batch.rows.has(id)) wanted.add(id);
    }
    if (wanted.size === 0) return;
    for (const row of await this.chargingPeriods.byIds(batch.tenantId, [...wanted]))
      batch.rows.set(row._id, row);
  }

  /** The row of the record's period, and the paid one before it when this closes it. */
  open(
    batch: OpeningBatch,
    guided: GuidedUsage,
  ): { row: ChargingPeriodRow; closed: ChargingPeriodRow | null } {
    const id = idOf(batch, guided, guided.period);
    const found = batch.rows.get(id);
    if (found && isOpened(found)) return { row: found, closed: null };
    const fresh = found ?? newChargingPeriod(id, guided);
    const period = periodBefore(guided, batch.periods);
    if (!period || !inheritsUnits(guided, batch.catalog)) return { row: fresh, closed: null };
    const idBefore = idOf(batch, guided, period);
    const known = {
      catalog: batch.catalog,
      accounts: new Map([[guided.accountId, guided.entitlement.account]]),
    };
    const previous = batch.rows.get(idBefore);
    if (guided.cycle)
      return { row: openedWith(fresh, previous ? leftBy(previous, known) : noRest), closed: null };
    const ended = previous ?? newChargingPeriod(idBefore, { ...guided, period });
    const closed = { ...ended, closedBy: closedByNextPaid, rest: ended.rest ?? restOfRow(ended, known) };
    batch.rows.set(idBefore, closed);
    return { row: openedWith(fresh, closed.rest), closed };
  }
}

/** A row that a correction made, before any usage, waits for what is left to it. */
const isOpened = (row: ChargingPeriodRow | undefined): boolean =>
  row !== undefined && (row.last !== null || (row.before ?? null) !== null);

const idOf = ({ tenantId }: OpeningBatch, { groupId }: GuidedUsage, { key }: UsagePeriod): string =>
  chargingPeriodId(tenantId, groupId, key);

/** Members of a pool have paid periods of their own, so that a pool's have no order. */
function periodBefore(guided: GuidedUsage, periods: CyclePeriods): UsagePeriod | null {
  const { cycle, period, poolId, entitlement } = guided;
  if (cycle) return periods.before(cycle, period);
  return poolId ? null : paidPeriodBefore(entitlement.subscription.paidPeriods, period);
}

function inheritsUnits(
  { entitlement, groupId, poolId, period }: GuidedUsage,
  catalog: CompiledCatalog,
): boolean {
  const grants = poolId
    ? grantsOfGroup(entitlement.account, groupId, catalog, period)
    : grantsIn(entitlement, period);
  return grants.some(({ allowance, fromAt }) => allowance.rollover !== undefined || fromAt < period.fromAt);
}

const leftBy = (previous: ChargingPeriodRow, known: Parameters<typeof restOfRow>[1]): PeriodRest =>
  previous.rest ?? { carried: [], opening: restOfRow(previous, known).opening };
