import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import { holdsCardNumber, statementImport } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  isDuplicateKey,
  maskCardNumbers,
  newId,
  Outbox,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { type KeyedEntry, keyedEntries, type StatementReading } from '../domain/statements/bank-entry';
import { readCamt } from '../domain/statements/read-camt';
import { readCsv } from '../domain/statements/read-csv';
import { ProfileRepository } from '../payers/profile.repository';
import { BankAccountRepository } from './bank-account.repository';
import type { BankAccountRow } from './bank-account.schema';
import { BankEntryRepository } from './bank-entry.repository';
import type { BankEntryRow, StatementImportRow } from './bank-entry.schema';
import { decodeStatement } from './decode-statement';

interface StatementFile {
  bytes: Buffer;
  format: StatementImportRow['format'];
  fileName: string;
  /** Of a CSV file, which does not say whose it is. */
  bankAccountId: string | null;
}

const mostEntries = 100_000;
const longestText = 1_000;
const hint = 'Nothing of the file was taken. Correct it, or ask the bank for it again.';

/** A file of a bank is taken whole or not at all; what an earlier file brought is known by the bank's own references. */
@Injectable()
export class StatementImportService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly accounts: BankAccountRepository,
    private readonly entries: BankEntryRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async receive(
    principal: Principal,
    file: StatementFile,
  ): Promise<{ row: StatementImportRow; isNew: boolean }> {
    const { tenantId } = principal;
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    const known = await this.entries.sameFile(tenantId, sha256);
    if (known) return { row: known, isNew: false };
    const reading = await this.read(tenantId, file);
    refuseFindings(reading.faults, hint);
    const ours = await this.ownAccounts(tenantId, reading);
    const at = await this.clock.now(tenantId);
    await this.refuseTheFuture(tenantId, reading, at);
    try {
      return { row: await this.store(principal, file, sha256, reading, ours, at), isNew: true };
    } catch (error) {
      const same = isDuplicateKey(error) ? await this.entries.sameFile(tenantId, sha256) : null;
      if (same) return { row: same, isNew: false };
      throw error;
    }
  }

  private async read(
    tenantId: string,
    { bytes, format, bankAccountId }: StatementFile,
  ): Promise<StatementReading> {
    if (format === 'camt.053') return readCamt(decodeStatement(bytes, null));
    const own = bankAccountId === null ? null : await this.accounts.one(tenantId, bankAccountId);
    if (!own)
      throw badInput('bankAccountId', 'A CSV file does not say whose it is: name a bank account of yours.');
    if (!own.csv)
      throw badInput('bankAccountId', `How ${own.name} writes CSV is not known.`, 'PUT its columns first.');
    return readCsv(decodeStatement(bytes, own.csv.charset), own.csv, {
      bankAccount: own.account,
      currency: own.currency,
    });
  }

  /** A statement of somebody else's account is no statement of ours. */
  private async ownAccounts(tenantId: string, { statements }: StatementReading): Promise<BankAccountRow[]> {
    const entries = statements.flatMap(({ entries: of }) => of);
    if (entries.length > mostEntries)
      throw badInput(
        'body',
        `It has ${entries.length} entries, at most ${mostEntries} are taken.`,
        'Send it in parts.',
      );
    const numbers = [...new Set(statements.map(({ bankAccount }) => bankAccount))];
    const ours = await this.accounts.byNumbers(tenantId, numbers);
    refuseFindings(
      statements.flatMap(({ bankAccount, entries: of }, index) => {
        const own = ours.filter(({ account }) => account === bankAccount);
        const field = `statement ${index + 1}`;
        if (own.length === 0) return [{ field, reason: `account ${bankAccount} is none of yours` }];
        const other = of.find(({ currency }) => !own.some((each) => each.currency === currency));
        return other ? [{ field: other.place, reason: `the account is not kept in ${other.currency}` }] : [];
      }),
      'PUT /v1/payments/bank-accounts/{id} with its IBAN or number and currency.',
    );
    return ours;
  }

  private async refuseTheFuture(
    tenantId: string,
    { statements }: StatementReading,
    at: Instant,
  ): Promise<void> {
    const today = localDateOf(at, (await this.profiles.tenant(tenantId))?.zone ?? 'UTC');
    const early = statements
      .flatMap(({ entries }) => entries)
      .filter(({ bookedOn }) => bookedOn > today)
      .map(({ place, bookedOn }) => ({
        field: place,
        reason: `is booked on ${bookedOn}, it is only ${today}`,
      }));
    refuseFindings(early.slice(0, 50), hint);
  }

  private async store(
    principal: Principal,
    { format, fileName }: StatementFile,
    sha256: string,
    { statements }: StatementReading,
    ours: BankAccountRow[],
    at: Instant,
  ): Promise<StatementImportRow> {
    const { tenantId } = principal;
    const keyed = [...new Map(statements.flatMap(keyedEntries).map((entry) => [hashOf(entry.key), entry]))];
    const read = statements.reduce((sum, { entries }) => sum + entries.length, 0);
    return this.database.transaction(async () => {
      const known = await this.entries.known(
        tenantId,
        keyed.map(([hash]) => hash),
      );
      const importId = newId('bki');
      const rows = keyed
        .filter(([hash]) => !known.has(hash))
        .map(([hash, entry], index) => ({ ...rowOf(entry, hash, importId, ours, at), no: index + 1 }));
      const row: StatementImportRow = {
        ...{ _id: importId, fileName: masked(fileName), format, sha256, statements: statements.length },
        bankAccountIds: [...new Set(ours.map(({ bankAccountId }) => bankAccountId))],
        entries: rows.length,
        known: read - rows.length,
        skipped: statements.reduce((sum, { skipped }) => sum + skipped, 0),
        ...{ state: 'received', receivedAt: at, by: principal.name },
      };
      await this.entries.insertImport(tenantId, row, rows);
      await this.outbox.start(statementImport, [{ tenantId, at, importId }]);
      const flagged = rows.filter(({ flags }) => flags.length > 0).length;
      const after = { fileName: row.fileName, format, entries: rows.length, known: row.known, flagged };
      await this.audit.record(principal, { at, what: 'importStatement', entity: importId, after });
      return row;
    });
  }
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

const masked = (text: string): string => maskCardNumbers(text).slice(0, longestText);

/** What a payer wrote may be anything, a card number too: it is masked before it is stored, and said to have been there. */
function rowOf(
  { counterparty, key: _key, ...entry }: KeyedEntry,
  keyHash: string,
  importId: string,
  ours: BankAccountRow[],
  at: Instant,
): BankEntryRow {
  const own = ours.find(
    ({ account, currency }) => account === entry.bankAccount && currency === entry.currency,
  );
  const { name, iban } = counterparty;
  const words = [name, iban, entry.text, entry.endToEndId, entry.bankReference ?? '', ...entry.references];
  return {
    ...entry,
    ...{ _id: newId('bke'), keyHash, importId, bankAccountId: own?.bankAccountId ?? '' },
    bankReference: entry.bankReference === null ? null : masked(entry.bankReference),
    counterpartyName: masked(name),
    counterpartyIban: masked(iban),
    references: entry.references.map(masked),
    endToEndId: masked(entry.endToEndId),
    text: masked(entry.text),
    flags: words.some(holdsCardNumber) ? ['cardNumber'] : [],
    ...{ state: 'received', matchedBy: null, parts: [], settlement: null, suggestions: [] },
    ...{ otherEntryId: null, receivedAt: at, decidedAt: null, decidedBy: null },
  };
}
