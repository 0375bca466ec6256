import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { badInput, conflict, notFound, type Page, pageOf, refuseFindings } from '@tollkeeper/platform';
import type { Finding } from '../domain/finding';
import { isRefused, release, reserve, takeBack } from '../domain/identifier-book';
import type { Identifier } from '../domain/identifier-ownership';
import { IdentifierBooks } from './identifier-books.service';
import { type InventoryQuery, InventoryRepository } from './inventory.repository';
import type { InventoryRow } from './inventory.schema';

export type { Identifier } from '../domain/identifier-ownership';

/** Which numbers and SIMs there are, and for whom they are kept. Writes run inside the caller's transaction. */
@Injectable()
export class InventoryService {
  constructor(
    private readonly books: IdentifierBooks,
    private readonly inventory: InventoryRepository,
  ) {}

  /**
   * Keeps free numbers and SIMs for an order until an instant; the same order again only moves the instant. All or
   * none: 422 names `identifiers.1.value`. An IMSI whose card is reserved is reserved with it.
   */
  async reserve(
    tenantId: string,
    orderId: string,
    identifiers: Identifier[],
    until: Instant,
    at: Instant,
  ): Promise<void> {
    if (until <= at) throw badInput('until', `must be later than now (${at})`);
    const books = await this.books.open(tenantId, identifiers);
    const findings = identifiers.flatMap(({ kind, value }, index): Finding[] => {
      const field = `identifiers.${index}.value`;
      const named = books.get({ kind, value });
      if (!books.has(named)) return [{ field, reason: `${kind} ${value} is not in the inventory` }];
      return books.sides(named).flatMap((book) => {
        const outcome = reserve(book, { orderId, at, until });
        if (isRefused(outcome)) return [{ field, reason: outcome.refused }];
        books.put(outcome);
        return [];
      });
    });
    refuseFindings(findings, 'GET /v1/customers/inventory?kind=msisdn&state=available shows what is free.');
    await this.books.save(tenantId, books, at);
  }

  /** Ever, also when it has lapsed or been assigned since. */
  async hasReserved(tenantId: string, orderId: string): Promise<boolean> {
    return (await this.inventory.reservedFor(tenantId, orderId)).length > 0;
  }

  /** What the order has reserved and not been assigned is free again. */
  async release(tenantId: string, orderId: string, at: Instant): Promise<{ released: number }> {
    const rows = await this.inventory.reservedFor(tenantId, orderId);
    const books = await this.books.open(tenantId, rows);
    for (const row of rows) books.put(release(books.get(row), { orderId, at }));
    const released = books.changed.length;
    await this.books.save(tenantId, books, at);
    return { released };
  }

  /** A number of ours that another operator has given back. */
  async takeBack(tenantId: string, identifier: Identifier, at: Instant): Promise<InventoryRow> {
    const books = await this.books.open(tenantId, [identifier]);
    if (!books.has(identifier)) throw notFound(identifier.kind, identifier.value);
    const outcome = takeBack(books.get(identifier), at);
    if (isRefused(outcome)) throw conflict('notPortedOut', `${outcome.refused} at ${at}.`);
    books.put(outcome);
    await this.books.save(tenantId, books, at);
    return this.get(tenantId, identifier);
  }

  async get(tenantId: string, identifier: Identifier): Promise<InventoryRow> {
    const [row] = await this.inventory.findMany(tenantId, [identifier]);
    if (!row) throw notFound(identifier.kind, identifier.value);
    return row;
  }

  findMany(tenantId: string, identifiers: Identifier[]): Promise<InventoryRow[]> {
    return this.inventory.findMany(tenantId, identifiers);
  }

  async page(tenantId: string, query: InventoryQuery): Promise<Page<InventoryRow>> {
    const rows = await this.inventory.page(tenantId, { ...query, limit: query.limit + 1 });
    return pageOf(rows, query.limit);
  }
}
