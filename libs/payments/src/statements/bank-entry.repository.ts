import { Injectable } from '@nestjs/common';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import {
  BankEntries,
  type BankEntryRow,
  type BankEntryState,
  type StatementImportRow,
  StatementImports,
} from './bank-entry.schema';

type Page = { limit: number; startingAfter?: string };

export interface EntryTally {
  state: BankEntryState;
  direction: BankEntryRow['direction'];
  currency: string;
  entries: number;
  minor: number;
}

@Injectable()
export class BankEntryRepository {
  constructor(private readonly database: ServiceDatabase) {}

  importOf(tenantId: string, importId: string): Promise<StatementImportRow | null> {
    return this.imports(tenantId).findOne({ _id: importId });
  }

  sameFile(tenantId: string, sha256: string): Promise<StatementImportRow | null> {
    return this.imports(tenantId).findOne({ sha256 });
  }

  async insertImport(tenantId: string, row: StatementImportRow): Promise<void> {
    await this.imports(tenantId).insertOne(row);
  }

  async insert(tenantId: string, entries: BankEntryRow[]): Promise<void> {
    await this.entries(tenantId).insertMany(entries);
  }

  /** What was known when the file came, and what another file has brought until it was unpacked. */
  async noteUnpacked(tenantId: string, importId: string, read: number): Promise<void> {
    const entries = await this.entries(tenantId).count({ importId });
    const change = { $set: { entries, known: read - entries, pages: 0 } };
    await this.imports(tenantId).updateOne({ _id: importId }, change);
  }

  async completeImport(tenantId: string, importId: string): Promise<void> {
    await this.imports(tenantId).updateOne({ _id: importId }, { $set: { state: 'completed' } });
  }

  async listImports(tenantId: string, { limit, startingAfter }: Page): Promise<StatementImportRow[]> {
    const after = startingAfter === undefined ? null : await this.importOf(tenantId, startingAfter);
    const older = after
      ? {
          $or: [
            { receivedAt: { $lt: after.receivedAt } },
            { receivedAt: after.receivedAt, _id: { $lt: after._id } },
          ],
        }
      : {};
    return this.imports(tenantId).find(older, { sort: { receivedAt: -1, _id: -1 }, limit: limit + 1 });
  }

  async known(tenantId: string, keyHashes: string[]): Promise<Set<string>> {
    const rows = await this.entries(tenantId).find(
      { keyHash: { $in: keyHashes } },
      { projection: { keyHash: 1 } },
    );
    return new Set(rows.map(({ keyHash }) => keyHash));
  }

  one(tenantId: string, entryId: string): Promise<BankEntryRow | null> {
    return this.entries(tenantId).findOne({ _id: entryId });
  }

  byIds(tenantId: string, entryIds: string[]): Promise<BankEntryRow[]> {
    return this.entries(tenantId).find({ _id: { $in: entryIds } });
  }

  /** In the file's order; what takes money back goes last: the money may stand in the same file. */
  toBook(tenantId: string, importId: string, limit: number): Promise<BankEntryRow[]> {
    const filter = { importId, state: 'received' };
    return this.entries(tenantId).find(filter, { sort: { isReversal: 1, no: 1, _id: 1 }, limit });
  }

  /** Whether all of them were still to be decided. */
  async decideAll(tenantId: string, changes: ReadonlyMap<string, Partial<BankEntryRow>>): Promise<boolean> {
    const result = await this.entries(tenantId).bulkWrite(
      [...changes].map(([_id, change]) => updateOne({ _id, state: 'received' }, { $set: change })),
    );
    return (result?.matchedCount ?? 0) === changes.size;
  }

  /** `null`: it is in none of these states any more. */
  decide(
    tenantId: string,
    entryId: string,
    from: BankEntryState[],
    change: Partial<BankEntryRow>,
  ): Promise<BankEntryRow | null> {
    return this.entries(tenantId).findOneAndUpdate({ _id: entryId, state: { $in: from } }, { $set: change });
  }

  /** What a reversal takes back: by the bank's reference, the payer's, or the same bank account and words. */
  async reversible(tenantId: string, reversal: BankEntryRow): Promise<BankEntryRow[]> {
    const { bankAccount, amountMinor, currency, direction } = reversal;
    const { bankReference, endToEndId, counterpartyIban, text } = reversal;
    const meant = [
      ...(bankReference === null ? [] : [{ bankReference: { $type: 'string', $eq: bankReference } }]),
      ...(endToEndId === '' ? [] : [{ endToEndId }]),
      ...(counterpartyIban === '' ? [] : [{ counterpartyIban, text }]),
    ];
    const other = direction === 'out' ? 'in' : 'out';
    const standing = { isReversal: false, state: { $in: ['booked', 'unmatched'] } };
    const filter = { bankAccount, amountMinor, currency, direction: other, ...standing };
    const found = new Map<string, BankEntryRow>();
    // One by one: MongoDB uses no partial index within an $or.
    for (const each of meant)
      for (const row of await this.entries(tenantId).find(
        { ...filter, ...each },
        { sort: { _id: 1 }, limit: 2 },
      ))
        found.set(row._id, row);
    return [...found.values()];
  }

  /** Whether money from that bank account is the account's. */
  async hasPaid(tenantId: string, counterpartyIban: string, accountId: string): Promise<boolean> {
    const standing = { $elemMatch: { accountId, undoneAt: null } };
    return (await this.entries(tenantId).count({ counterpartyIban, parts: standing })) > 0;
  }

  list(
    tenantId: string,
    filter: { state?: BankEntryState; importId?: string; accountId?: string },
    { limit, startingAfter }: Page,
  ): Promise<BankEntryRow[]> {
    const { accountId, ...own } = filter;
    const ofAccount = accountId === undefined ? {} : { 'parts.accountId': accountId };
    const after = startingAfter === undefined ? {} : { _id: { $gt: startingAfter } };
    return this.entries(tenantId).find(
      { ...own, ...ofAccount, ...after },
      { sort: { _id: 1 }, limit: limit + 1 },
    );
  }

  tally(tenantId: string, importId: string): Promise<EntryTally[]> {
    return this.entries(tenantId).aggregate<EntryTally>([
      { $match: { importId } },
      {
        $group: {
          _id: { state: '$state', direction: '$direction', currency: '$currency' },
          entries: { $sum: 1 },
          minor: { $sum: '$amountMinor' },
        },
      },
      { $sort: { '_id.currency': 1, '_id.direction': 1, '_id.state': 1 } },
      {
        $project: {
          _id: 0,
          state: '$_id.state',
          direction: '$_id.direction',
          currency: '$_id.currency',
          entries: 1,
          minor: 1,
        },
      },
    ]);
  }

  private imports(tenantId: string) {
    return this.database.tenant(tenantId).collection(StatementImports);
  }

  private entries(tenantId: string) {
    return this.database.tenant(tenantId).collection(BankEntries);
  }
}
