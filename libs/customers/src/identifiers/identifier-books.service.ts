import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { freeFrom, type IdentifierBook, type InventorySpan, isAssigned } from '../domain/identifier-book';
import { type Identifier, identifierKey } from '../domain/identifier-ownership';
import { AssignmentRepository } from './assignment.repository';
import type { AssignmentRow } from './assignment.schema';
import { inventoryId, InventoryRepository } from './inventory.repository';
import type { InventoryRow } from './inventory.schema';

export interface OpenBook extends IdentifierBook {
  blockId: string | null;
  pairedWith: string | null;
}

const newBook = ({ kind, value }: Identifier, spans: InventorySpan[]): OpenBook => ({
  kind,
  value,
  isForeign: false,
  blockId: null,
  pairedWith: null,
  spans,
});

const spanOf = ({ _id, subscriptionId, accountId, from, to }: AssignmentRow): InventorySpan => ({
  state: 'assigned',
  assignmentId: _id,
  subscriptionId,
  accountId,
  portedIn: false,
  from,
  to,
});

/** Books of one transaction: read together, changed by the rules of the domain, written together. */
export class OpenBooks {
  private readonly books = new Map<string, OpenBook>();
  private readonly before = new Map<string, OpenBook>();
  readonly known = new Set<string>();

  constructor(rows: InventoryRow[]) {
    for (const row of rows) {
      this.add(row);
      this.known.add(identifierKey(row));
    }
  }

  /** What the inventory does not know yet, with what is assigned of it. */
  add(book: OpenBook): void {
    this.books.set(identifierKey(book), book);
    this.before.set(identifierKey(book), book);
  }

  has(identifier: Identifier): boolean {
    return this.books.has(identifierKey(identifier));
  }

  get(identifier: Identifier): OpenBook {
    return this.books.get(identifierKey(identifier)) ?? newBook(identifier, []);
  }

  /** A number alone; both sides of a SIM. */
  sides(book: OpenBook): OpenBook[] {
    const pair = pairOf(book);
    return pair && this.has(pair) ? [book, this.get(pair)] : [book];
  }

  put(book: OpenBook): void {
    this.books.set(identifierKey(book), book);
  }

  /** As they were; null: not there. */
  restore(books: ReadonlyMap<string, OpenBook | null>): void {
    for (const [key, book] of books) {
      if (book) this.books.set(key, book);
      else this.books.delete(key);
    }
  }

  get changed(): { before: OpenBook | null; after: OpenBook; isKnown: boolean }[] {
    return [...this.books]
      .filter(([key, book]) => this.before.get(key) !== book)
      .map(([key, after]) => ({ before: this.before.get(key) ?? null, after, isKnown: this.known.has(key) }));
  }
}

/** The only writer of the inventory's states and of the assignments that go with them. */
@Injectable()
export class IdentifierBooks {
  constructor(
    private readonly inventory: InventoryRepository,
    private readonly assignments: AssignmentRepository,
  ) {}

  /** Those of the list, and the other sides of its SIMs. */
  async open(tenantId: string, identifiers: readonly Identifier[]): Promise<OpenBooks> {
    const books = new OpenBooks(await this.withPairs(tenantId, identifiers));
    const missing = identifiers.filter((identifier) => !books.has(identifier));
    if (missing.length === 0) return books;
    const wanted = new Set(missing.map(identifierKey));
    for (const row of await this.assignments.holding(tenantId, missing)) {
      if (wanted.has(identifierKey(row))) books.add(newBook(row, [...books.get(row).spans, spanOf(row)]));
    }
    return books;
  }

  async save(tenantId: string, books: OpenBooks, at: Instant): Promise<void> {
    const { changed } = books;
    const rowOf = (book: OpenBook): InventoryRow => ({
      _id: inventoryId(tenantId, book),
      kind: book.kind,
      value: book.value,
      addedAt: at,
      blockId: book.blockId,
      pairedWith: book.pairedWith,
      isForeign: book.isForeign,
      spans: [...book.spans],
      freeFrom: freeFrom(book),
    });
    await this.inventory.save(tenantId, {
      fresh: changed.filter(({ isKnown }) => !isKnown).map(({ after }) => rowOf(after)),
      known: changed.filter(({ isKnown }) => isKnown).map(({ after }) => rowOf(after)),
    });
    await this.assignments.save(tenantId, assignmentChanges(changed));
  }

  private async withPairs(tenantId: string, identifiers: readonly Identifier[]): Promise<InventoryRow[]> {
    const rows = await this.inventory.findMany(tenantId, identifiers);
    const asked = new Set(identifiers.map(identifierKey));
    const pairs = rows.flatMap((row) => pairOf(row) ?? []).filter((pair) => !asked.has(identifierKey(pair)));
    return pairs.length > 0 ? [...rows, ...(await this.inventory.findMany(tenantId, pairs))] : rows;
  }
}

/** The IMSI of an ICCID, the ICCID of an IMSI. */
export const pairOf = ({ kind, pairedWith }: Pick<OpenBook, 'kind' | 'pairedWith'>): Identifier | null =>
  pairedWith === null ? null : { kind: kind === 'iccid' ? 'imsi' : 'iccid', value: pairedWith };

function assignmentChanges(changed: { before: OpenBook | null; after: OpenBook }[]) {
  const gone: string[] = [];
  const updated: AssignmentRow[] = [];
  const fresh: AssignmentRow[] = [];
  for (const { before, after } of changed) {
    const was = new Map(assignmentsOf(before).map((row) => [row._id, row]));
    for (const row of assignmentsOf(after)) {
      const old = was.get(row._id);
      was.delete(row._id);
      if (!old) fresh.push(row);
      else if (old.to !== row.to || old.accountId !== row.accountId) updated.push(row);
    }
    gone.push(...was.keys());
  }
  return { gone, changed: updated, fresh };
}

const assignmentsOf = (book: OpenBook | null): AssignmentRow[] =>
  (book?.spans ?? []).filter(isAssigned).map(({ assignmentId, subscriptionId, accountId, from, to }) => ({
    _id: assignmentId,
    kind: book?.kind ?? 'msisdn',
    value: book?.value ?? '',
    subscriptionId,
    accountId,
    from,
    to,
  }));
