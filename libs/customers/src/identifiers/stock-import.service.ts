import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  BusinessClock,
  conflict,
  newId,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import type { Finding } from '../domain/finding';
import { giveAway, isAssigned, isRefused } from '../domain/identifier-book';
import { checkRange, isWithinRange, numbersOf, sizeOf } from '../domain/number-range';
import { fieldOfLine, readSims, type SimLine } from '../domain/read-sims';
import { IdentifierBooks, type OpenBook, type OpenBooks } from './identifier-books.service';
import type { NumberBlockRow } from './inventory.schema';
import { NumberBlockRepository } from './number-block.repository';

interface NewBlock {
  first: string;
  last: string;
  holder: string | null;
  portedOut: string[];
}

const mostFindings = 100;

/** What is handed in: ranges of numbers, and cards with their IMSIs. */
@Injectable()
export class StockImportService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly books: IdentifierBooks,
    private readonly blocks: NumberBlockRepository,
  ) {}

  /** Numbers of the range that are in use already join the block as they are. */
  async importBlock(principal: Principal, block: NewBlock): Promise<NumberBlockRow> {
    const { tenantId } = principal;
    const { first, last, holder, portedOut } = block;
    refuseFindings([...checkRange(block), ...strayNumbers(block)]);
    const at = await this.clock.now(tenantId);
    const row: NumberBlockRow = {
      _id: newId('blk'),
      first,
      last,
      digits: first.length,
      count: sizeOf(block),
      holder,
      importedAt: at,
    };
    return this.db.transaction(async () => {
      const other = await this.blocks.overlapping(tenantId, row);
      if (other)
        throw conflict(
          'blockOverlaps',
          `Block ${other._id} has the numbers ${other.first} to ${other.last} already.`,
          'Hand in only what is not there yet.',
        );
      const numbers = numbersOf(block).map((value) => ({ kind: 'msisdn' as const, value }));
      const books = await this.books.open(tenantId, numbers);
      const isGone = new Set(portedOut);
      const findings = numbers.flatMap(({ kind, value }): Finding[] => {
        const book: OpenBook = {
          ...books.get({ kind, value }),
          blockId: row._id,
          isForeign: holder !== null,
        };
        const outcome = isGone.has(value) ? giveAway(book, at) : book;
        if (isRefused(outcome))
          return [{ field: `portedOut.${portedOut.indexOf(value)}`, reason: outcome.refused }];
        books.put(outcome);
        return [];
      });
      refuseFindings(findings.slice(0, mostFindings));
      await this.blocks.insert(tenantId, row);
      await this.books.save(tenantId, books, at);
      await this.audit.record(principal, { at, what: 'importNumberBlock', entity: row._id, after: block });
      return row;
    });
  }

  /** All or none; cards that are there with the same IMSI are left as they are. */
  async importSims(principal: Principal, text: string): Promise<{ added: number; known: number }> {
    const { tenantId } = principal;
    const { sims, findings } = readSims(text);
    refuseFindings(findings.slice(0, mostFindings));
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const books = await this.books.open(
        tenantId,
        sims.flatMap(({ iccid, imsi }) => [
          { kind: 'iccid' as const, value: iccid },
          { kind: 'imsi' as const, value: imsi },
        ]),
      );
      refuseFindings(sims.flatMap((sim) => pair(books, sim)).slice(0, mostFindings));
      const added = books.changed.filter(({ after: { kind } }) => kind === 'iccid').length;
      await this.books.save(tenantId, books, at);
      const counts = { added, known: sims.length - added };
      if (added > 0)
        await this.audit.record(principal, { at, what: 'importSims', entity: 'sims', after: counts });
      return counts;
    });
  }

  listBlocks(tenantId: string, startingAfter: string | undefined, limit: number): Promise<NumberBlockRow[]> {
    return this.blocks.page(tenantId, startingAfter, limit);
  }
}

const strayNumbers = (block: NewBlock): Finding[] =>
  block.portedOut.flatMap((value, index) =>
    isWithinRange(block, value)
      ? []
      : [{ field: `portedOut.${index}`, reason: `${value} is not within ${block.first} to ${block.last}` }],
  );

/** Both sides may be in use already, by one subscription and for the same time. */
function pair(books: OpenBooks, { lineNumber, iccid, imsi }: SimLine): Finding[] {
  const card = books.get({ kind: 'iccid', value: iccid });
  const number = books.get({ kind: 'imsi', value: imsi });
  if (card.pairedWith === imsi && number.pairedWith === iccid) return [];
  if (card.pairedWith)
    return [{ field: fieldOfLine(lineNumber, 'iccid'), reason: `${iccid} carries IMSI ${card.pairedWith}` }];
  if (number.pairedWith)
    return [{ field: fieldOfLine(lineNumber, 'imsi'), reason: `${imsi} is on card ${number.pairedWith}` }];
  if (usesOf(card) !== usesOf(number))
    return [{ field: fieldOfLine(lineNumber), reason: 'its ICCID and its IMSI are not assigned together' }];
  books.put({ ...card, pairedWith: imsi });
  books.put({ ...number, pairedWith: iccid });
  return [];
}

const usesOf = ({ spans }: OpenBook): string =>
  spans
    .filter(isAssigned)
    .map(({ subscriptionId, from, to }) => `${subscriptionId} ${from} ${to}`)
    .join();
