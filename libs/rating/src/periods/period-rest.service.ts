import { Injectable } from '@nestjs/common';
import { noRest } from '@tollkeeper/tariff';
import { ChargingPeriodRepository } from './charging-period.repository';
import type { ChargingPeriodRow } from './charging-period.schema';
import { type RestKnowledge, settled, withBefore } from './period-rest';

interface RestContext extends RestKnowledge {
  tenantId: string;
}

/** Hands what closed periods left to the periods that follow. */
@Injectable()
export class PeriodRestService {
  constructor(private readonly chargingPeriods: ChargingPeriodRepository) {}

  /** Open rows with the final rest of those that they follow, closed ones too; dirty where their records saw another. */
  async settle(
    context: RestContext,
    rows: readonly ChargingPeriodRow[],
    checks: { sizes: boolean },
  ): Promise<ChargingPeriodRow[]> {
    if (rows.length === 0) return [];
    const starts = rows.map(({ fromAt }) => fromAt);
    const groupIds = [...new Set(rows.map(({ groupId }) => groupId))];
    const closed = await this.chargingPeriods.closedEnding(context.tenantId, groupIds, [...new Set(starts)]);
    return settled(rows, closed, context, checks);
  }

  /** Rows of later periods that are there already, where what these rows leave is news to them. */
  async following(
    { tenantId }: RestContext,
    closed: readonly ChargingPeriodRow[],
  ): Promise<ChargingPeriodRow[]> {
    const rests = new Map(closed.map((row) => [`${row.groupId} ${row.toAt}`, row.rest ?? noRest]));
    const groupIds = [...new Set(closed.map(({ groupId }) => groupId))];
    const ends = [...new Set(closed.map(({ toAt }) => toAt))];
    const next = await this.chargingPeriods.openStarting(tenantId, groupIds, ends);
    return next.flatMap((row) => {
      const rest = rests.get(`${row.groupId} ${row.fromAt}`);
      const changed = rest ? withBefore(row, rest) : row;
      return changed === row ? [] : [changed];
    });
  }
}
