import {
  foldGroup,
  type GuidedUsage,
  type GuideKnowledge,
  guideUsage,
  inOpenPeriod,
  type UsageRecord,
} from '@tollkeeper/tariff';
import { Injectable } from '@nestjs/common';
import { BillingPeriodRepository } from '../periods/billing-period.repository';
import { ChargingPeriodRepository } from '../periods/charging-period.repository';
import { chargingPeriodId, type ChargingPeriodRow } from '../periods/charging-period.schema';
import { stateOf, withState } from '../periods/charging-period-state';
import { closedBy, type KnownPeriods, periodIdOf } from '../periods/open-periods';
import { PeriodOpeningService } from '../periods/period-opening.service';
import type { Instant } from '@tollkeeper/calendar';
import { RatedUsageNews } from './rated-usage-news.service';
import { totalsOfFold, withTotals } from './running-totals';
import { ratingColumns, suspendedColumns } from './usage-columns';
import type { RatingColumns } from './usage.schema';

/** Rates records onto their groups' periods. Always inside the transaction that also writes the records. */
@Injectable()
export class UsageRatingService {
  constructor(
    private readonly chargingPeriods: ChargingPeriodRepository,
    private readonly billingPeriods: BillingPeriodRepository,
    private readonly openings: PeriodOpeningService,
    private readonly news: RatedUsageNews,
  ) {}

  /** The columns of every record, by record id. */
  async rate(
    tenantId: string,
    records: readonly UsageRecord[],
    known: GuideKnowledge & { watched: ReadonlySet<string> },
    at: Instant,
  ): Promise<Map<string, RatingColumns>> {
    const columns = new Map<string, RatingColumns>();
    const guided: GuidedUsage[] = [];
    for (const record of records) {
      const guide = guideUsage(record, known);
      if (typeof guide === 'string') columns.set(record.recordId, suspendedColumns(guide));
      else guided.push(guide);
    }
    const { rows, isClosed } = await this.periodsOf(tenantId, guided);
    const placed = guided.map((guide) => inOpenPeriod(guide, known.periods, isClosed));
    const batch = { tenantId, catalog: known.catalog, periods: known.periods, rows };
    await this.openings.learn(batch, placed);
    const changed = new Map<string, ChargingPeriodRow>();
    for (const [id, usages] of byChargingPeriod(tenantId, placed)) {
      const { row, closed } = this.openings.open(batch, usages[0]!);
      const { state, folded } = foldGroup(stateOf(row), usages);
      for (const each of folded) columns.set(each.guided.record.recordId, ratingColumns(tenantId, each));
      if (!folded.some(({ outcome }) => 'rated' in outcome)) continue;
      // Written even when the state is the same: the version keeps a closing run and new records apart.
      const after = withTotals(withState(row, state), totalsOfFold(folded));
      rows.set(id, after);
      for (const each of closed ? [closed, after] : [after]) changed.set(each._id, each);
    }
    await this.chargingPeriods.save(tenantId, [...changed.values()]);
    await this.news.rated(tenantId, at, [...changed.values()], known.watched);
    return columns;
  }

  /** States of these records' groups from their periods on, and which of their periods are on a bill. */
  async periodsOf(tenantId: string, guided: readonly GuidedUsage[]): Promise<KnownPeriods> {
    const rows = await this.statesOf(tenantId, guided);
    return { rows, isClosed: await this.closedCheck(tenantId, guided, rows) };
  }

  private async statesOf(
    tenantId: string,
    guided: readonly GuidedUsage[],
  ): Promise<Map<string, ChargingPeriodRow>> {
    if (guided.length === 0) return new Map();
    const groupIds = [...new Set(guided.map(({ groupId }) => groupId))];
    const earliest = guided.reduce(
      (least, { record }) => (record.startAt < least ? record.startAt : least),
      guided[0]!.record.startAt,
    );
    const rows = await this.chargingPeriods.ofGroups(tenantId, groupIds, earliest);
    return new Map(rows.map((row) => [row._id, row]));
  }

  private async closedCheck(
    tenantId: string,
    guided: readonly GuidedUsage[],
    rows: Map<string, ChargingPeriodRow>,
  ): Promise<KnownPeriods['isClosed']> {
    const stateless = guided
      .filter((each) => !rows.has(periodIdOf(tenantId, each, each.period)))
      .map(({ subscriptionId }) => subscriptionId);
    const billed = await this.billingPeriods.ofSubscriptions(tenantId, [...new Set(stateless)]);
    return closedBy(tenantId, rows, new Set(billed.map(({ periodId }) => periodId)));
  }
}

function byChargingPeriod(tenantId: string, placed: readonly GuidedUsage[]): Map<string, GuidedUsage[]> {
  const groups = new Map<string, GuidedUsage[]>();
  for (const guided of placed) {
    const id = chargingPeriodId(tenantId, guided.groupId, guided.period.key);
    const group = groups.get(id);
    if (group) group.push(guided);
    else groups.set(id, [guided]);
  }
  return new Map([...groups].sort(([, [left]], [, [right]]) => byPeriodStart(left!, right!)));
}

/** A period may leave units to the next one of the same batch. */
const byPeriodStart = (left: GuidedUsage, right: GuidedUsage): number =>
  left.period.fromAt < right.period.fromAt ? -1 : left.period.fromAt > right.period.fromAt ? 1 : 0;
