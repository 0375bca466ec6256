import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  type CompiledCatalog,
  CyclePeriods,
  emptyState,
  foldGroup,
  type GuidedUsage,
  inOpenPeriod,
  type SubscriberAccount,
  type UsageRecord,
} from '@tollkeeper/tariff';
import { AccountRepository } from '../accounts/account.repository';
import { billingPeriodId, BillingPeriodRepository } from '../periods/billing-period.repository';
import { ChargingPeriodRepository } from '../periods/charging-period.repository';
import { newChargingPeriod, withState } from '../periods/charging-period-state';
import { chargingPeriodId, type ChargingPeriodRow } from '../periods/charging-period.schema';
import {
  asItStands,
  changesTheBill,
  type ChangedUsage,
  comparePeriod,
  daysOf,
  type PeriodAgain,
} from './correct-period';
import { guidedAsStored, guidedInForce } from './refold';
import { totalsOf, withTotals } from '../usage/running-totals';
import { ratedColumns } from '../usage/usage-columns';
import { UsageCorrectionRepository } from './usage-correction.repository';
import { type CorrectionCause, correctionKey, type UsageCorrectionRow } from './usage-correction.schema';
import { UsageRatingService } from '../usage/usage-rating.service';
import { UsageRepository } from '../usage/usage.repository';
import type { UsageRow } from '../usage/usage.schema';

interface CorrectionOrder {
  tenantId: string;
  catalog: CompiledCatalog;
  /** `inForce`: plan and deck as they stand now for the record's start; `asStored`: those it was rated from. */
  versions: 'inForce' | 'asStored';
  /** Records that read otherwise now, by record id. */
  replaced: ReadonlyMap<string, UsageRecord>;
}

interface CorrectionNote {
  cause: CorrectionCause;
  reason: string;
  at: Instant;
}

interface Posting {
  rows: Map<string, Partial<UsageRow>>;
  corrections: UsageCorrectionRow[];
  periods: Map<string, ChargingPeriodRow>;
}

/** Rates periods again and posts what comes out different. Always inside the transaction that asked for it. */
@Injectable()
export class UsageCorrectionService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly chargingPeriods: ChargingPeriodRepository,
    private readonly usages: UsageRepository,
    private readonly corrections: UsageCorrectionRepository,
    private readonly rating: UsageRatingService,
    private readonly billingPeriods: BillingPeriodRepository,
  ) {}

  /** Each period folded again from its records; nothing is written. */
  async again(order: CorrectionOrder, periods: readonly ChargingPeriodRow[]): Promise<PeriodAgain[]> {
    const { tenantId } = order;
    const byPeriod = new Map<string, UsageRow[]>(periods.map(({ _id }) => [_id, []]));
    for (const row of await this.usages.ofChargingPeriods(tenantId, [...byPeriod.keys()]))
      byPeriod.get(row.chargingPeriodId ?? '')?.push(row);
    const accountIds = [...new Set(periods.map(({ accountId }) => accountId))];
    const accounts = new Map(
      (await this.accounts.byIds(tenantId, accountIds)).map((account) => [account.accountId, account]),
    );
    return periods.map((period) => {
      const account = accounts.get(period.accountId);
      if (!account) throw new Error(`charging period ${period._id} belongs to no account that is here`);
      return foldedAgain(order, period, byPeriod.get(period._id) ?? [], account);
    });
  }

  /**
   * Open periods hold the new rating; of a closed one each difference is a correction in the group's next open
   * period. Keyed by record and rating version: what stands already is not posted again.
   */
  async post(tenantId: string, again: readonly PeriodAgain[], note: CorrectionNote): Promise<void> {
    const good = again.filter(({ unratable }) => unratable.length === 0);
    const changed = good.flatMap((each) => each.changed);
    const taken = await this.takenRows(tenantId, changed);
    const { rows, isClosed } = await this.rating.periodsOf(
      tenantId,
      changed.map(({ guided }) => guided),
    );
    const periods = new CyclePeriods();
    const posting: Posting = { rows: new Map(), corrections: [], periods: new Map() };
    for (const { period, state, changed: changes } of good) {
      const later = changes.filter(
        ({ row, guided }) =>
          row.rerated !== undefined || taken.has(row._id) || isClosed(guided, guided.period),
      );
      const inPlace = changes.filter((each) => !later.includes(each));
      for (const each of inPlace) postInPlace(posting, tenantId, note, each);
      if (inPlace.length > 0 || period.closedBy === null)
        posting.periods.set(period._id, inPlace.reduce(withChange, withState(period, state)));
      for (const each of later.filter(changesTheBill)) {
        const placed = inOpenPeriod(each.guided, periods, isClosed);
        postLater(posting, { tenantId, note, placed, known: rows }, each);
      }
    }
    await this.usages.change(tenantId, posting.rows);
    await this.corrections.insert(tenantId, posting.corrections);
    await this.chargingPeriods.save(tenantId, [...posting.periods.values()]);
  }

  /** Records of open periods that an on-demand bill has: they keep what it said. */
  private async takenRows(tenantId: string, changed: readonly ChangedUsage[]): Promise<ReadonlySet<string>> {
    const periodIds = [...new Set(changed.flatMap(({ row }) => row.billingPeriodId ?? []))];
    const taken = new Set(
      (await this.billingPeriods.byPeriodIds(tenantId, periodIds)).map(({ periodId }) => periodId),
    );
    return new Set(
      changed.filter(({ row }) => taken.has(row.billingPeriodId ?? '')).map(({ row }) => row._id),
    );
  }
}

function foldedAgain(
  { catalog, versions, replaced }: CorrectionOrder,
  period: ChargingPeriodRow,
  rows: UsageRow[],
  account: SubscriberAccount,
): PeriodAgain {
  const guided: GuidedUsage[] = [];
  const unratable: PeriodAgain['unratable'] = [];
  for (const row of rows) {
    const now = asItStands(row, replaced);
    const guide =
      versions === 'asStored'
        ? guidedAsStored(period, now, account, catalog)
        : guidedInForce(period, now, account, catalog);
    if (typeof guide === 'string') unratable.push({ recordId: row.recordId, reason: guide });
    else guided.push(guide);
  }
  const compared = comparePeriod(period, rows, foldGroup(emptyState(period.before ?? undefined), guided));
  return { ...compared, unratable: [...unratable, ...compared.unratable] };
}

function postInPlace(
  posting: Posting,
  tenantId: string,
  note: CorrectionNote,
  { row, guided, rated, correction }: ChangedUsage,
): void {
  const { ratingVersion } = correction;
  posting.rows.set(row._id, {
    ...recordColumns(row, guided.record),
    ...ratedColumns(rated),
    offeringId: guided.offering.offeringId,
    offeringVersion: guided.offering.version,
    ratingVersion,
  });
  posting.corrections.push(
    correctionRow(tenantId, note, { row, guided, rated, correction }, 'inPlace', guided),
  );
}

function postLater(
  posting: Posting,
  {
    tenantId,
    note,
    placed,
    known,
  }: { tenantId: string; note: CorrectionNote; placed: GuidedUsage; known: Map<string, ChargingPeriodRow> },
  change: ChangedUsage,
): void {
  const { row, guided, rated, correction } = change;
  posting.rows.set(row._id, {
    ratingVersion: correction.ratingVersion,
    rerated: {
      ...correction.debit,
      description: rated.description,
      explanation: rated.explanation,
      record: recordColumns(row, guided.record) as UsageRecord,
    },
  });
  posting.corrections.push(correctionRow(tenantId, note, change, 'laterPeriod', placed));
  const id = chargingPeriodId(tenantId, placed.groupId, placed.period.key);
  // Written even when its state is the same: the version keeps a closing run and this correction apart.
  const open = posting.periods.get(id) ?? known.get(id) ?? newChargingPeriod(id, placed);
  posting.periods.set(id, withChange(open, change));
}

/** What the period's records cost now. */
const withChange = (period: ChargingPeriodRow, { guided, correction }: ChangedUsage): ChargingPeriodRow =>
  withTotals(period, totalsOf(guided, correction.reversal.amountMicro + correction.debit.amountMicro));

function correctionRow(
  tenantId: string,
  { cause, reason, at }: CorrectionNote,
  { row, guided, rated, correction }: ChangedUsage,
  posted: UsageCorrectionRow['posted'],
  placed: GuidedUsage,
): UsageCorrectionRow {
  const { reversal, debit } = correction;
  return {
    _id: correctionKey(tenantId, correction.recordId, correction.ratingVersion),
    ...correction,
    at,
    cause: cause.kind === 'session' ? { kind: 'session', id: row.session ?? cause.id } : cause,
    reason,
    posted,
    accountId: guided.accountId,
    subscriptionId: guided.subscriptionId,
    offeringId: guided.offering.offeringId,
    usageType: row.usageType,
    description: rated.description,
    servicePeriod: daysOf(guided.period, guided.zone),
    billedQuantity: reversal.billedQuantity + debit.billedQuantity,
    includedQuantity: reversal.includedQuantity + debit.includedQuantity,
    chargingPeriodId: chargingPeriodId(tenantId, placed.groupId, placed.period.key),
    billingPeriodId: placed.cycle ? billingPeriodId(placed.subscriptionId, placed.period.key) : null,
  };
}

/** Of the record, what a late partial record or a withdrawal may change. */
const recordColumns = (row: UsageRow, record: UsageRecord): Partial<UsageRow> => ({
  recordId: row.recordId,
  usageType: record.usageType,
  msisdn: record.msisdn,
  imsi: record.imsi,
  otherParty: record.otherParty,
  startAt: record.startAt,
  quantity: record.quantity,
  network: record.network,
  sessionId: record.sessionId,
  ...(record.withdrawn === undefined ? {} : { withdrawn: record.withdrawn }),
  ...(record.durationSeconds === undefined ? {} : { durationSeconds: record.durationSeconds }),
  ...(record.usedBefore === undefined ? {} : { usedBefore: record.usedBefore }),
});
