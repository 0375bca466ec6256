import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { sessionClosing, sessionsOpened } from '@tollkeeper/contracts';
import { newId, notFound, Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { type PartialRecord, partsOfSession, type SessionRules, type UsageRecord } from '@tollkeeper/tariff';
import { AccountService, type LearnedKnowledge } from '../accounts/account.service';
import { ChargingPeriodRepository } from '../periods/charging-period.repository';
import { usageRows } from '../imports/import-batch';
import { RatingSettingsService } from '../settings/rating-settings.service';
import { partialRow, sequenceKey, sessionOf, sessionPartId, sessionRow } from '../imports/take-partials';
import { UsageCorrectionService } from '../rerating/usage-correction.service';
import { UsageRatingService } from '../usage/usage-rating.service';
import { UsageRepository } from '../usage/usage.repository';
import type { UsageRow } from '../usage/usage.schema';
import { type SessionSearch, UsageSessionRepository } from './usage-session.repository';
import type { UsageSessionRow } from './usage-session.schema';
import { WholesaleService } from '../wholesale/wholesale.service';

const sessionsPerStep = 200;

interface PostingSession {
  row: UsageSessionRow;
  partials: PartialRecord[];
}

/** Interim records on their way into sessions, and sessions on their way to charges. */
@Injectable()
export class UsageSessionService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly sessions: UsageSessionRepository,
    private readonly usages: UsageRepository,
    private readonly chargingPeriods: ChargingPeriodRepository,
    private readonly rating: UsageRatingService,
    private readonly corrections: UsageCorrectionService,
    private readonly settings: RatingSettingsService,
    private readonly accounts: AccountService,
    private readonly wholesale: WholesaleService,
  ) {}

  /** Record ids and places in sessions that are taken already. */
  async taken(
    tenantId: string,
    partials: readonly PartialRecord[],
  ): Promise<{ ids: string[]; sequences: Set<string> }> {
    const keys = [...new Set(partials.map(sessionOf))];
    const [ids, rows] = await Promise.all([
      this.sessions.takenIds(
        tenantId,
        partials.map(({ recordId }) => recordId),
      ),
      this.sessions.partialsOf(tenantId, keys),
    ]);
    return { ids, sequences: new Set(rows.map(({ session, sequence }) => sequenceKey(session, sequence))) };
  }

  /** In the import's transaction. Sessions that are final are posted; those that were posted before post the difference. */
  async take(
    tenantId: string,
    { importId, at }: { importId: string; at: Instant },
    fresh: readonly PartialRecord[],
    known: LearnedKnowledge,
  ): Promise<void> {
    if (fresh.length === 0) return;
    const rules = await this.settings.rules(tenantId);
    await this.sessions.insertPartials(
      tenantId,
      fresh.map((record) => partialRow(tenantId, importId, record)),
    );
    const keys = [...new Set(fresh.map(sessionOf))];
    const before = new Map((await this.sessions.byKeys(tenantId, keys)).map((row) => [row.session, row]));
    const all = await this.partialsOf(tenantId, keys);
    const touched = keys.map((key): PostingSession => {
      const partials = all.get(key) ?? [];
      const owner = ownerOf(partials, known);
      return {
        row: sessionRow(tenantId, before.get(key), partials, { importId, at, rules, owner }),
        partials,
      };
    });
    const ready = touched.filter(({ row }) => row.state === 'closed' || row.posted > 0);
    const posted = await this.post(tenantId, ready, { rules, known, at });
    const waiting = touched.filter((each) => !ready.includes(each)).map(({ row }) => row);
    await this.sessions.save(tenantId, [...posted, ...waiting]);
    if (touched.some(({ row }) => row.state === 'open')) await this.wakeSweeper(tenantId, at);
  }

  async closeSilent(tenantId: string, at: Instant): Promise<{ closed: number; nextAt: Instant | null }> {
    const known = await this.accounts.startLearning(tenantId);
    const rules = await this.settings.rules(tenantId);
    const closed = await this.db.transaction(async () => {
      const silent = await this.sessions.silentBy(tenantId, at, sessionsPerStep);
      const closing = silent.map((row) => ({
        ...row,
        state: 'closed' as const,
        closedBy: 'silence' as const,
        closedAt: at,
      }));
      const unposted = closing.filter(({ posted }) => posted === 0);
      const posted = await this.postRows(tenantId, unposted, { rules, known, at });
      await this.sessions.save(tenantId, [...posted, ...closing.filter(({ posted }) => posted > 0)]);
      return silent.length;
    });
    return { closed, nextAt: await this.sessions.nextSilence(tenantId) };
  }

  /** A bill takes open sessions as they stand; what comes later posts the difference. */
  async postForBill(tenantId: string, accountIds: string[], cutOffAt: Instant): Promise<void> {
    if ((await this.sessions.openOf(tenantId, accountIds, cutOffAt)).length === 0) return;
    const known = await this.accounts.startLearning(tenantId);
    const rules = await this.settings.rules(tenantId);
    await this.db.transaction(async () => {
      const open = await this.sessions.openOf(tenantId, accountIds, cutOffAt);
      await this.sessions.save(tenantId, await this.postRows(tenantId, open, { rules, known, at: cutOffAt }));
    });
  }

  async search(tenantId: string, query: Omit<SessionSearch, 'after'> & { startingAfter?: string }) {
    const { startingAfter, ...search } = query;
    const after = startingAfter ? await this.load(tenantId, startingAfter) : null;
    return this.sessions.search(tenantId, { ...search, after });
  }

  async load(tenantId: string, session: string): Promise<UsageSessionRow> {
    const [row] = await this.sessions.byKeys(tenantId, [session]);
    if (!row) throw notFound('usage session', session);
    return row;
  }

  async detail(tenantId: string, session: string) {
    const row = await this.load(tenantId, session);
    const [partials, parts] = await Promise.all([
      this.sessions.partialsOf(tenantId, [session]),
      this.usages.ofSessions(tenantId, [session]),
    ]);
    return { row, partials: partials.sort((left, right) => left.sequence - right.sequence), parts };
  }

  private async postRows(tenantId: string, rows: UsageSessionRow[], context: PostingContext) {
    const all = await this.partialsOf(
      tenantId,
      rows.map(({ session }) => session),
    );
    await this.accounts.learn(tenantId, context.known, [...all.values()].flat());
    return this.post(
      tenantId,
      rows.map((row) => ({ row, partials: all.get(row.session) ?? [] })),
      context,
    );
  }

  /** Parts that are new are rated; of parts that were rated before the difference is posted. */
  private async post(
    tenantId: string,
    sessions: readonly PostingSession[],
    { rules, known, at }: PostingContext,
  ): Promise<UsageSessionRow[]> {
    if (sessions.length === 0) return [];
    const existing = await this.usages.ofSessions(
      tenantId,
      sessions.filter(({ row }) => row.posted > 0).map(({ row }) => row.session),
    );
    const rated = new Map(
      existing.filter(({ status }) => status === 'rated').map((row) => [row.recordId, row]),
    );
    await this.usages.removeSuspended(
      tenantId,
      existing.filter(({ status }) => status === 'inSuspense').map(({ _id }) => _id),
    );
    const fresh = new Map<string, UsageRecord[]>();
    const replaced = new Map<string, UsageRecord>();
    const saved: UsageSessionRow[] = [];
    for (const { row, partials } of sessions) {
      const parts = partsOfSession(partials, known, rules, (key) => sessionPartId(row.session, key));
      const wanted = new Set(parts.map(({ recordId }) => recordId));
      for (const part of parts) if (rated.has(part.recordId)) replaced.set(part.recordId, part);
      for (const old of rated.values())
        if (old.session === row.session && !wanted.has(old.recordId))
          replaced.set(old.recordId, emptied(old));
      fresh.set(
        row.session,
        parts.filter(({ recordId }) => !rated.has(recordId)),
      );
      saved.push({ ...row, posted: row.posted + 1, parts: parts.length });
    }
    await this.correct(tenantId, [...rated.values()], replaced, known, at);
    const columns = await this.rating.rate(tenantId, [...fresh.values()].flat(), known, at);
    for (const { session, importId } of saved) {
      const rows = usageRows(tenantId, importId, fresh.get(session) ?? [], columns);
      await this.usages.insert(
        tenantId,
        rows.map((row) => ({ ...row, session })),
      );
    }
    const parts = [...fresh.values()].flat();
    const changed = [...replaced.keys(), ...parts.map(({ recordId }) => recordId)];
    const charged = await this.wholesale.refold(tenantId, changed, known.catalog);
    const carried = parts.filter(({ recordId }) => !charged.has(recordId));
    await this.wholesale.rate(tenantId, carried, known.catalog);
    return saved;
  }

  private async correct(
    tenantId: string,
    rated: readonly UsageRow[],
    replaced: Map<string, UsageRecord>,
    { catalog }: LearnedKnowledge,
    at: Instant,
  ): Promise<void> {
    const periodIds = [...new Set(rated.flatMap(({ chargingPeriodId }) => chargingPeriodId ?? []))];
    if (periodIds.length === 0) return;
    const periods = await this.chargingPeriods.byIds(tenantId, periodIds);
    const order = { tenantId, catalog, versions: 'asStored' as const, replaced };
    const again = await this.corrections.again(order, periods);
    const cause = { kind: 'session' as const, id: rated[0]?.session ?? '' };
    await this.corrections.post(tenantId, again, { cause, reason: 'A partial record came later', at });
  }

  private async partialsOf(tenantId: string, sessions: string[]): Promise<Map<string, PartialRecord[]>> {
    const found = new Map<string, PartialRecord[]>();
    for (const { session, record } of await this.sessions.partialsOf(tenantId, sessions))
      found.set(session, [...(found.get(session) ?? []), record]);
    return found;
  }

  /** Signal before start: a sweeper that is about to end looks again, one that has ended is started. */
  private async wakeSweeper(tenantId: string, at: Instant): Promise<void> {
    const sweeper = { tenantId, at };
    const event = { eventId: newId('evt'), at };
    await this.outbox.signal(tenantId, sessionClosing.id(sweeper), sessionsOpened, event);
    await this.outbox.start(sessionClosing, [sweeper]);
  }
}

interface PostingContext {
  rules: SessionRules;
  known: LearnedKnowledge;
  at: Instant;
}

/** A part that is no more: nothing was used in it. */
const emptied = (row: UsageRow): UsageRecord => ({ ...row.rerated?.record, ...row, quantity: 0 });

function ownerOf(partials: readonly PartialRecord[], { directory }: LearnedKnowledge) {
  const first = partials.reduce((least, each) => (each.startAt < least.startAt ? each : least));
  const found = directory.subscriberAt(first);
  return found && { accountId: found.account.accountId, subscriptionId: found.subscription.subscriptionId };
}
