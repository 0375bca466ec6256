import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { Problem, ServiceDatabase, stopIfCancelled } from '@tollkeeper/platform';
import { BankEntryRepository } from './bank-entry.repository';
import type { BankEntryRow } from './bank-entry.schema';
import { BatchBooking, decidedElsewhere } from './batch-booking.service';
import { EntryReversal } from './entry-reversal.service';
import { StatementUnpacking } from './statement-unpacking.service';

const entriesPerTransaction = 100;
/** So many in a row are no fault of the entries: the database is away. */
const mostFailures = 3;

/**
 * Every amount of a statement ends on accounts or in suspense. Entries are booked a hundred in a transaction, in the
 * file's order; a batch that is refused is booked entry by entry, so that one of them stops no other.
 */
@Injectable()
export class EntryBooking {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly entries: BankEntryRepository,
    private readonly unpacking: StatementUnpacking,
    private readonly batches: BatchBooking,
    private readonly reversals: EntryReversal,
  ) {}

  /** What a crash left open is taken up again: the state of each entry says how far it got. */
  async bookSome(tenantId: string, importId: string, at: Instant, limit: number): Promise<{ more: boolean }> {
    await this.unpacking.unpack(tenantId, importId);
    const open = await this.entries.toBook(tenantId, importId, limit);
    const failures: unknown[] = [];
    for (const batch of batchesOf(open)) {
      failures.push(...(await this.bookBatch(tenantId, batch, at)));
      stopIfCancelled();
    }
    if (failures.length > 0) throw failures[0];
    if (open.length === limit) return { more: true };
    await this.entries.completeImport(tenantId, importId);
    return { more: false };
  }

  /** Returns what kept entries from being decided: they are still open. */
  private async bookBatch(tenantId: string, batch: readonly BankEntryRow[], at: Instant): Promise<unknown[]> {
    const refused = await this.refusalOf(tenantId, batch, at);
    if (refused === null) return [];
    const failures: unknown[] = [];
    let inARow = 0;
    for (const entry of batch) {
      const failure = await this.bookAlone(tenantId, entry, at);
      inARow = failure === null ? 0 : inARow + 1;
      if (failure !== null) failures.push(failure);
      if (inARow === mostFailures) throw failure;
      stopIfCancelled();
    }
    return failures;
  }

  /** What the domain refuses of an entry by itself, is for a person: it goes into suspense. */
  private async bookAlone(tenantId: string, entry: BankEntryRow, at: Instant): Promise<unknown> {
    const refused = await this.refusalOf(tenantId, [entry], at);
    if (!(refused instanceof Problem)) return refused;
    if (refused.problem.code === decidedElsewhere) return null;
    const unmatched = new Map([[entry._id, { state: 'unmatched' as const }]]);
    const aside = () => this.batches.decide(tenantId, [entry], unmatched, at);
    return this.database.transaction(aside).then(
      () => null,
      (error: unknown) => (isDecidedElsewhere(error) ? null : error),
    );
  }

  private refusalOf(tenantId: string, batch: readonly BankEntryRow[], at: Instant): Promise<unknown> {
    return this.database
      .transaction(() => this.bookWithin(tenantId, batch, at))
      .then(
        () => null,
        (error: unknown) => error,
      );
  }

  private async bookWithin(tenantId: string, batch: readonly BankEntryRow[], at: Instant): Promise<void> {
    const [reversal] = batch.filter(({ isReversal }) => isReversal);
    if (!reversal) return this.batches.book(tenantId, batch, at);
    const change = await this.reversals.reverse(tenantId, reversal, at);
    await this.batches.decide(tenantId, [reversal], new Map([[reversal._id, change]]), at);
  }
}

const isDecidedElsewhere = (error: unknown): boolean =>
  error instanceof Problem && error.problem.code === decidedElsewhere;

/** Each reversal goes alone: what it takes back was booked before it. */
function batchesOf(entries: readonly BankEntryRow[]): BankEntryRow[][] {
  const plain = entries.filter(({ isReversal }) => !isReversal);
  const batches: BankEntryRow[][] = [];
  for (let from = 0; from < plain.length; from += entriesPerTransaction)
    batches.push(plain.slice(from, from + entriesPerTransaction));
  return [...batches, ...entries.filter(({ isReversal }) => isReversal).map((reversal) => [reversal])];
}
