import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { AuditLog, badInput, notFound, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import {
  type CompiledCatalog,
  CyclePeriods,
  emptyState,
  foldGroup,
  type FoldedUsage,
  type GuidedUsage,
  isCarried,
  type UsageRecord,
  type WholesaleAgreement,
  WholesaleGuide,
} from '@tollkeeper/tariff';
import { PublicationRepository } from '../publications/publication.repository';
import { WholesaleRepository, type WholesaleTotal } from './wholesale.repository';
import {
  type WholesaleAgreementRow,
  wholesaleKey,
  type WholesalePeriodRow,
  type WholesaleUsageRow,
} from './wholesale.schema';
import { UsageRepository } from '../usage/usage.repository';

type AgreementRequest = Omit<WholesaleAgreement, 'partnerId' | 'currency'> & { name: string };

/** Rates records a second time, for what host networks are owed: by their decks, with states of their own. */
@Injectable()
export class WholesaleService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly wholesale: WholesaleRepository,
    private readonly publications: PublicationRepository,
    private readonly usages: UsageRepository,
  ) {}

  async keep(
    principal: Principal,
    partnerId: string,
    { name, ...terms }: AgreementRequest,
    reason: string,
    at: Instant,
  ): Promise<WholesaleAgreementRow> {
    const { tenantId } = principal;
    if (terms.validTo !== null && terms.validTo <= terms.validFrom)
      throw badInput('validTo', 'The agreement ends before it begins.');
    const deck = (await this.publications.decks(tenantId)).find((row) => row.deck.deckId === terms.deckId);
    if (!deck)
      throw badInput('deckId', `No deck ${terms.deckId} is published.`, 'Publish it in the catalog first.');
    const _id = `${tenantId}/${partnerId}`;
    const row: WholesaleAgreementRow = { _id, partnerId, name, ...terms, currency: deck.deck.currency };
    await this.db.transaction(async () => {
      const before = await this.wholesale.agreement(tenantId, partnerId);
      await this.wholesale.keepAgreement(tenantId, row);
      await this.audit.record(principal, {
        at,
        what: 'changeWholesaleAgreement',
        entity: partnerId,
        before,
        after: row,
        reason,
      });
    });
    return row;
  }

  async agreements(tenantId: string): Promise<WholesaleAgreementRow[]> {
    return this.wholesale.agreements(tenantId);
  }

  async agreement(tenantId: string, partnerId: string): Promise<WholesaleAgreementRow> {
    const row = await this.wholesale.agreement(tenantId, partnerId);
    if (!row) throw notFound('wholesale agreement', partnerId);
    return row;
  }

  async totals(tenantId: string, partnerId: string, periodKey: string): Promise<WholesaleTotal[]> {
    await this.agreement(tenantId, partnerId);
    return this.wholesale.totals(tenantId, partnerId, periodKey);
  }

  /** In the transaction that keeps the records, whatever became of them in retail: the partner carried them. */
  async rate(tenantId: string, records: readonly UsageRecord[], catalog: CompiledCatalog): Promise<void> {
    const agreements = await this.wholesale.agreements(tenantId);
    if (agreements.length === 0 || records.length === 0) return;
    const periods = new CyclePeriods();
    for (const agreement of agreements) {
      const carried = records.filter((record) => isCarried(agreement, record));
      if (carried.length === 0) continue;
      await this.rateFor(tenantId, new WholesaleGuide(agreement, catalog.decks, periods), carried);
    }
  }

  /** After records of a session changed: every group that holds one of them, from its beginning. Answers which have a charge. */
  async refold(tenantId: string, recordIds: string[], catalog: CompiledCatalog): Promise<Set<string>> {
    const touched = await this.wholesale.ofRecords(tenantId, recordIds);
    const groups = new Map(touched.map((row) => [stateKey(tenantId, row), row]));
    for (const [id, sample] of groups) {
      const agreement = await this.agreement(tenantId, sample.partnerId);
      const guide = new WholesaleGuide(agreement, catalog.decks, new CyclePeriods());
      const rows = await this.wholesale.ofGroup(tenantId, sample);
      const records = await this.usages.recordsOf(
        tenantId,
        rows.map(({ recordId }) => recordId),
      );
      const [state] = await this.wholesale.states(tenantId, [id]);
      const { guided, suspended } = guideAll(tenantId, guide, records);
      const result = foldGroup(emptyState(), guided);
      await this.wholesale.saveStates(tenantId, [withSums(state ?? newState(id), result.state.sums)]);
      const again = [...result.folded.map((each) => rowOf(tenantId, agreement, each)), ...suspended];
      await this.wholesale.replace(tenantId, again);
    }
    return new Set(touched.map(({ recordId }) => recordId));
  }

  private async rateFor(
    tenantId: string,
    guide: WholesaleGuide,
    records: readonly UsageRecord[],
  ): Promise<void> {
    const { agreement } = guide;
    const { guided, suspended } = guideAll(tenantId, guide, records);
    const groups = new Map<string, GuidedUsage[]>();
    for (const each of guided) {
      const id = stateKey(tenantId, { groupId: each.groupId, periodKey: each.period.key });
      groups.set(id, [...(groups.get(id) ?? []), each]);
    }
    const known = new Map(
      (await this.wholesale.states(tenantId, [...groups.keys()])).map((row) => [row._id, row]),
    );
    const rows = [...suspended];
    const states: WholesalePeriodRow[] = [];
    for (const [id, usages] of groups) {
      const before = known.get(id) ?? newState(id);
      const sums = new Map(before.sums.map(({ sum, ...running }) => [sum, running]));
      const { state, folded } = foldGroup({ ...emptyState(), sums }, usages);
      if (state.sums.size > 0) states.push(withSums(before, state.sums));
      rows.push(...folded.map((each) => rowOf(tenantId, agreement, each)));
    }
    await this.wholesale.saveStates(tenantId, states);
    await this.wholesale.insert(tenantId, rows);
  }
}

const stateKey = (
  tenantId: string,
  { groupId, periodKey }: Pick<WholesaleUsageRow, 'groupId' | 'periodKey'>,
): string => `${tenantId}/${groupId}/${periodKey}`;

const newState = (_id: string): WholesalePeriodRow => ({ _id, version: 0, sums: [] });

const withSums = (row: WholesalePeriodRow, sums: GuidedSums): WholesalePeriodRow => ({
  ...row,
  sums: [...sums].map(([sum, running]) => ({ sum, ...running })),
});
type GuidedSums = ReturnType<typeof emptyState>['sums'];

function guideAll(tenantId: string, guide: WholesaleGuide, records: readonly UsageRecord[]) {
  const guided: GuidedUsage[] = [];
  const suspended: WholesaleUsageRow[] = [];
  for (const record of records) {
    const found = guide.guide(record);
    if (typeof found === 'string') suspended.push(suspendedRow(tenantId, guide.agreement, record, found));
    else guided.push(found);
  }
  return { guided, suspended };
}

const suspendedRow = (
  tenantId: string,
  { partnerId, currency }: WholesaleAgreement,
  record: UsageRecord,
  reason: string,
): WholesaleUsageRow => ({
  _id: wholesaleKey(tenantId, partnerId, record.recordId),
  partnerId,
  recordId: record.recordId,
  groupId: `${partnerId}/${record.imsi || record.msisdn}`,
  periodKey: `${record.startAt.slice(0, 7)}-01`,
  usageType: record.usageType,
  direction: record.direction ?? 'outgoing',
  network: record.network,
  startAt: record.startAt,
  quantity: record.quantity,
  status: 'inSuspense',
  reason,
  zone: null,
  description: null,
  billedQuantity: 0,
  amountMicro: 0,
  currency,
  explanation: null,
});

function rowOf(
  tenantId: string,
  agreement: WholesaleAgreement,
  { guided, outcome }: FoldedUsage,
): WholesaleUsageRow {
  const reason = 'suspended' in outcome ? outcome.suspended : null;
  const row = {
    ...suspendedRow(tenantId, agreement, guided.record, reason ?? ''),
    groupId: guided.groupId,
    periodKey: guided.period.key,
  };
  if ('suspended' in outcome) return row;
  const { zone, description, billedQuantity, amountMicro, explanation } = outcome.rated;
  return {
    ...row,
    status: 'rated',
    reason: null,
    zone,
    description,
    billedQuantity,
    amountMicro,
    explanation,
  };
}
