import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { CollectionOutcome } from '@tollkeeper/contracts';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { type CollectionRow, Collections } from './collection.schema';
import type { AgencyClaim } from '../domain/dunning/agency-claims';
import type { FeeCharged } from '../domain/dunning/late-fees';
import { arrayChange } from '../array-change';

export type CaseChange = Partial<
  Pick<
    CollectionRow,
    'hold' | 'promise' | 'writtenOff' | 'promises' | 'plan' | 'disputes' | 'fees' | 'notices'
  >
>;

const atAgency = { outcome: 'handedOver', endedAtAgency: { $exists: false } };

@Injectable()
export class CollectionRepository {
  constructor(private readonly database: ServiceDatabase) {}

  insert(tenantId: string, rows: CollectionRow[]): Promise<void> {
    return this.of(tenantId).insertMany(rows);
  }

  one(tenantId: string, caseId: string): Promise<CollectionRow | null> {
    return this.of(tenantId).findOne({ _id: caseId });
  }

  openOf(tenantId: string, accountIds: string[]): Promise<CollectionRow[]> {
    return this.of(tenantId).find({ accountId: { $in: accountIds }, state: 'open' });
  }

  /** Those of them that are in a case now. */
  async accountsWithOpen(tenantId: string, accountIds: string[]): Promise<Set<string>> {
    const filter = { accountId: { $in: accountIds }, state: 'open' };
    const rows = await this.of(tenantId).find(filter, { projection: { accountId: 1 } });
    return new Set(rows.map(({ accountId }) => accountId));
  }

  /** The one that was opened last. */
  latestOf(tenantId: string, accountId: string): Promise<CollectionRow | null> {
    return this.of(tenantId).findOne({ accountId }, { sort: { openedAt: -1 } });
  }

  /** Open since before then, and no process has looked at them yet. */
  neverBegun(tenantId: string, openedBefore: Instant, limit: number): Promise<CollectionRow[]> {
    const filter = { state: 'open', begunAt: { $exists: false }, openedAt: { $lt: openedBefore } };
    return this.of(tenantId).find(filter, { sort: { _id: 1 }, limit });
  }

  async noteBegun(tenantId: string, caseId: string, begunAt: Instant): Promise<void> {
    await this.of(tenantId).updateOne({ _id: caseId, begunAt: { $exists: false } }, { $set: { begunAt } });
  }

  /** Null when the case is closed or does not exist. */
  change(tenantId: string, caseId: string, change: CaseChange): Promise<CollectionRow | null> {
    return this.of(tenantId).findOneAndUpdate({ _id: caseId, state: 'open' }, { $set: change });
  }

  /** Late fees of every case of an account. */
  async feesOf(tenantId: string, accountId: string): Promise<FeeCharged[]> {
    const rows = await this.of(tenantId).find({ accountId }, { projection: { fees: 1 } });
    return rows.flatMap(({ fees }) => fees ?? []);
  }

  /** Handed over, and told to no agency yet. */
  toHandOver(tenantId: string, limit: number): Promise<CollectionRow[]> {
    const filter = { ...atAgency, handOverFileId: { $exists: false } };
    return this.of(tenantId).find(filter, { sort: { _id: 1 }, limit });
  }

  /** Told to an agency, which does not know yet that it is over. */
  toRecall(tenantId: string, limit: number): Promise<CollectionRow[]> {
    const [there, missing] = [{ $exists: true }, { $exists: false }];
    const filter = {
      outcome: 'handedOver',
      handOverFileId: there,
      endedAtAgency: there,
      recallFileId: missing,
    };
    return this.of(tenantId).find(filter, { sort: { _id: 1 }, limit });
  }

  atAgency(tenantId: string, accountIds: string[]): Promise<CollectionRow[]> {
    return this.of(tenantId).find({ ...atAgency, accountId: { $in: accountIds } });
  }

  /** Told to an agency, which has it still, and does not know of the last changes. */
  toUpdate(tenantId: string, limit: number): Promise<CollectionRow[]> {
    const there = { $exists: true };
    const filter = { ...atAgency, handOverFileId: there, agencyNews: there };
    return this.of(tenantId).find(filter, { sort: { _id: 1 }, limit });
  }

  async noteNews(tenantId: string, caseIds: string[]): Promise<void> {
    await this.of(tenantId).updateMany({ ...atAgency, _id: { $in: caseIds } }, { $inc: { agencyNews: 1 } });
  }

  /** Null when the agency does not have it. */
  changeAtAgency(
    tenantId: string,
    caseId: string,
    change: Pick<CaseChange, 'disputes'>,
  ): Promise<CollectionRow | null> {
    const filter = { ...atAgency, _id: caseId };
    return this.of(tenantId).findOneAndUpdate(filter, { $set: change, $inc: { agencyNews: 1 } });
  }

  /** Whether nothing has changed of any of them since they were read. */
  async markTold(
    tenantId: string,
    all: readonly { row: CollectionRow; claims: AgencyClaim[] }[],
  ): Promise<boolean> {
    const result = await this.of(tenantId).bulkWrite(
      all.map(({ row: { _id, agencyNews }, claims: toldAgency }) =>
        updateOne(
          { ...atAgency, _id, agencyNews: agencyNews ?? null },
          { $set: { toldAgency }, $unset: { agencyNews: '' } },
        ),
      ),
    );
    return (result?.matchedCount ?? 0) === all.length;
  }

  /** Null when it was not at the agency any more. */
  endAtAgency(
    tenantId: string,
    caseId: string,
    endedAtAgency: NonNullable<CollectionRow['endedAtAgency']>,
  ): Promise<CollectionRow | null> {
    const filter = { ...atAgency, _id: caseId };
    return this.of(tenantId).findOneAndUpdate(filter, { $set: { endedAtAgency } });
  }

  /** An open case takes over the bar that an older one left behind. */
  async takeOverBar(tenantId: string, caseId: string, steps: CollectionRow['steps']): Promise<void> {
    const change = { $set: { restricted: true, wasRestricted: true }, $push: { steps: { $each: steps } } };
    await this.of(tenantId).updateOne({ _id: caseId, state: 'open', restricted: false }, arrayChange(change));
  }

  async markRecalled(tenantId: string, caseIds: string[], recallFileId: string): Promise<number> {
    const filter = { _id: { $in: caseIds }, recallFileId: { $exists: false } };
    await this.of(tenantId).updateMany(filter, { $set: { recallFileId } });
    return this.of(tenantId).count({ recallFileId });
  }

  /** How many of them no other file has. */
  async markHandedOver(tenantId: string, caseIds: string[], handOverFileId: string): Promise<number> {
    const missing = { $exists: false };
    const filter = { _id: { $in: caseIds }, handOverFileId: missing, endedAtAgency: missing };
    await this.of(tenantId).updateMany(filter, { $set: { handOverFileId } });
    return this.of(tenantId).count({ handOverFileId });
  }

  /** A repeat of the same step is the same step. */
  async addStep(
    tenantId: string,
    caseId: string,
    step: CollectionRow['steps'][number],
    restricted?: boolean,
  ): Promise<void> {
    const isNew = { steps: { $not: { $elemMatch: { levelId: step.levelId, what: step.what } } } };
    await this.of(tenantId).updateOne({ _id: caseId, ...isNew }, arrayChange({ $push: { steps: step } }));
    if (restricted === undefined) return;
    const change = restricted ? { restricted, wasRestricted: true } : { restricted };
    await this.of(tenantId).updateOne({ _id: caseId }, { $set: change });
  }

  close(
    tenantId: string,
    caseId: string,
    outcome: CollectionOutcome,
    closedAt: Instant,
  ): Promise<CollectionRow | null> {
    const change = { $set: { state: 'closed', outcome, closedAt } };
    return this.of(tenantId).findOneAndUpdate({ _id: caseId, state: 'open' }, change);
  }

  list(
    tenantId: string,
    filter: { accountId?: string; state?: CollectionRow['state'] },
    page: { limit: number; startingAfter?: string },
  ): Promise<CollectionRow[]> {
    const after = page.startingAfter === undefined ? {} : { _id: { $gt: page.startingAfter } };
    return this.of(tenantId).find({ ...filter, ...after }, { sort: { _id: 1 }, limit: page.limit + 1 });
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(Collections);
  }
}
