import { compileCatalog } from '../catalog/compile-catalog';
import { compileDeck } from '../deck/compile-deck';
import { type GuidedUsage, type GuideKnowledge, guideUsage } from '../guiding/guide-usage';
import { SubscriberDirectory } from '../guiding/subscriber-directory';
import { CyclePeriods } from '../guiding/usage-periods';
import type { RatedUsage } from '../rating/rate-record';
import type { RejectReason, SuspenseReason, UsageRecord } from '../record/usage-record';
import { isPartial, type PartialRecord, sessionKeyOf, withoutRepeats } from '../sessions/aggregate-session';
import { partsOfSession, partsOfUsage } from '../sessions/parts-of-usage';
import { defaultSessionRules } from '../sessions/session-rules';
import { foldPeriods } from './fold-periods';
import type { LoadedCatalog } from './load-catalog';

export interface RatedRecord {
  guided: GuidedUsage;
  rated: RatedUsage;
}

/** A line that has no amount. */
export interface UnratedLine {
  line: number;
  recordId: string;
  status: 'rejected' | 'duplicate' | 'inSuspense';
  reason: RejectReason | SuspenseReason | 'duplicateRecord';
  /** '' where the line has none that can be read. */
  startAt: string;
  /** Of a duplicate: the line that was taken. */
  seenOn?: number;
  /** Of a rejected line: which column, and what should stand there. */
  detail?: string;
}

const partId = (recordId: string, part: number): string => `${recordId}/${part}`;

/** One usage file against one catalog: takes records in any order, and rates each group's period in one fold. */
export class UsageRun {
  private readonly known: GuideKnowledge;
  private readonly lineOf = new Map<string, number>();
  private whole: UsageRecord[] = [];
  private readonly sessions = new Map<string, PartialRecord[]>();
  private readonly without: UnratedLine[] = [];
  private taken = 0;

  /** `plan`: what numbers that the catalog names no subscriber for are on. */
  constructor(
    private readonly catalog: LoadedCatalog,
    private readonly plan: string | null,
  ) {
    const decks = catalog.decks.map(({ version, entries }) => compileDeck(version, entries));
    this.known = {
      directory: new SubscriberDirectory(catalog.accounts ?? []),
      catalog: compileCatalog(catalog.offerings, decks),
      periods: new CyclePeriods(),
    };
  }

  /** Lines that held a record, right or wrong. */
  get records(): number {
    return this.taken;
  }

  reject(line: number, recordId: string, reason: RejectReason, detail: string): void {
    this.taken += 1;
    this.without.push({ line, recordId, status: 'rejected', reason, startAt: '', detail });
  }

  take(line: number, record: UsageRecord): void {
    this.taken += 1;
    const { recordId, startAt } = record;
    const seenOn = this.lineOf.get(recordId);
    if (seenOn !== undefined) {
      this.without.push({ line, recordId, status: 'duplicate', reason: 'duplicateRecord', startAt, seenOn });
      return;
    }
    this.lineOf.set(recordId, line);
    this.introduce(record);
    if (!isPartial(record)) {
      this.whole.push(record);
      return;
    }
    const key = sessionKeyOf(record);
    const partials = this.sessions.get(key);
    if (partials) partials.push(record);
    else this.sessions.set(key, [record]);
  }

  /**
   * Once all records are taken: each by account, charging group and period, there in the order in which allowances are
   * used. A group is forgotten when it is told, so that a file of any size leaves its totals only.
   */
  *rated(): Generator<RatedRecord> {
    const groups = this.groups();
    for (const key of [...groups.keys()].sort()) {
      const usages = groups.get(key)!;
      groups.delete(key);
      for (const { guided, outcome } of foldPeriods(usages, this.known)) {
        if ('rated' in outcome) yield { guided, rated: outcome.rated };
        else this.suspend(guided.record, outcome.suspended);
      }
    }
  }

  /** By line; whole once `rated` has told the last record. */
  unrated(): UnratedLine[] {
    return this.without.sort(
      (left, right) => left.line - right.line || (left.recordId < right.recordId ? -1 : 1),
    );
  }

  private groups(): Map<string, GuidedUsage[]> {
    const groups = new Map<string, GuidedUsage[]>();
    for (const record of this.parts()) {
      const guided = guideUsage(record, this.known);
      if (typeof guided === 'string') {
        this.suspend(record, guided);
        continue;
      }
      const key = [guided.accountId, guided.groupId].join('\u0000');
      const group = groups.get(key);
      if (group) group.push(guided);
      else groups.set(key, [guided]);
    }
    this.whole = [];
    this.sessions.clear();
    return groups;
  }

  /** Without subscribers in the catalog each served number becomes one when it is first seen. */
  private introduce(record: UsageRecord): void {
    if (this.catalog.accounts !== null || this.plan === null) return;
    if (this.known.directory.subscriberAt(record)) return;
    const number = record.msisdn || record.imsi;
    this.known.directory.add([this.catalog.defaults.accountOfNumber(number, record, this.plan)]);
  }

  /** What is rated: calls, and sessions whose partial records are one use; cut where the rules say so. */
  private *parts(): Generator<UsageRecord> {
    for (const record of this.whole) yield* partsOfUsage(record, this.known, defaultSessionRules, partId);
    for (const arrived of this.sessions.values()) {
      const partials = this.withoutRepeats(arrived);
      const keys: string[] = [];
      const idOf = (key: string): string => {
        if (!keys.includes(key)) keys.push(key);
        const first = partials[0]!.recordId;
        return keys[0] === key ? first : partId(first, keys.indexOf(key) + 1);
      };
      yield* partsOfSession(partials, this.known, defaultSessionRules, idOf);
    }
  }

  /** A sequence that is reported twice is one report: that of the first record id, whatever the order of the file. */
  private withoutRepeats(arrived: readonly PartialRecord[]): PartialRecord[] {
    const byId = [...arrived].sort((left, right) => (left.recordId < right.recordId ? -1 : 1));
    const kept = withoutRepeats(byId);
    for (const partial of byId) {
      if (kept.includes(partial)) continue;
      const same = kept.find(({ recordSequence }) => recordSequence === partial.recordSequence)!;
      this.without.push({
        line: this.lineOf.get(partial.recordId) ?? 0,
        recordId: partial.recordId,
        status: 'duplicate',
        reason: 'duplicateRecord',
        startAt: partial.startAt,
        seenOn: this.lineOf.get(same.recordId) ?? 0,
      });
    }
    return kept;
  }

  private suspend({ recordId, startAt }: UsageRecord, reason: SuspenseReason): void {
    const line = this.lineOf.get(recordId) ?? this.lineOf.get(recordId.replace(/\/\d+$/, '')) ?? 0;
    this.without.push({ line, recordId, status: 'inSuspense', reason, startAt });
  }
}

/** What numbers without a subscriber are on: the one that is named, or the only one that can be held by itself. */
export function planFor(
  catalog: LoadedCatalog,
  wanted: string | undefined,
): { plan: string | null } | { problem: string } {
  const plans = [
    ...new Set(
      catalog.offerings
        .filter(({ kind }) => kind !== 'addOn' && kind !== 'device')
        .map(({ offeringId }) => offeringId),
    ),
  ].sort();
  if (wanted !== undefined && !plans.includes(wanted))
    return { problem: `there is no plan ${wanted} in the catalog: it has ${plans.join(', ') || 'none'}` };
  if (catalog.accounts !== null) return { plan: null };
  if (wanted !== undefined) return { plan: wanted };
  const [only] = plans;
  if (plans.length === 1 && only !== undefined) return { plan: only };
  return {
    problem: `the catalog names no subscribers and has ${plans.length} plans: say with --plan which one every number is on (${plans.join(', ')})`,
  };
}
