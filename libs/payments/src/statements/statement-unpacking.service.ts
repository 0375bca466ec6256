import { Injectable } from '@nestjs/common';
import { isDuplicateKey, stopIfCancelled } from '@tollkeeper/platform';
import { BankEntryRepository } from './bank-entry.repository';
import type { BankEntryRow, StatementImportRow } from './bank-entry.schema';
import { StatementPageRepository } from './statement-page.repository';

/** The pages of a file that was taken become entries, each of them once, however often this begins anew. */
@Injectable()
export class StatementUnpacking {
  constructor(
    private readonly entries: BankEntryRepository,
    private readonly pages: StatementPageRepository,
  ) {}

  async unpack(tenantId: string, importId: string): Promise<void> {
    const row = await this.entries.importOf(tenantId, importId);
    const { pages = 0, read = 0 } = row ?? {};
    if (!row || pages === 0) return;
    for (let no = 0; no < pages; no++) {
      const entries = await this.pages.entriesOf(tenantId, importId, no);
      if (entries) await this.store(tenantId, entries);
      else if (await this.isUnpacked(tenantId, row)) return;
      else throw new Error(`page ${no} of statement import ${importId} is missing`);
      stopIfCancelled();
    }
    await this.entries.noteUnpacked(tenantId, importId, read);
    await this.pages.discard(tenantId, importId);
  }

  /** What another file has brought meanwhile is known. */
  private async store(tenantId: string, rows: BankEntryRow[]): Promise<void> {
    const hashes = rows.map(({ keyHash }) => keyHash);
    const known = await this.entries.known(tenantId, hashes);
    try {
      await this.entries.insert(
        tenantId,
        rows.filter(({ keyHash }) => !known.has(keyHash)),
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      if ((await this.entries.known(tenantId, hashes)).size < rows.length) throw error;
    }
  }

  private async isUnpacked(tenantId: string, { _id }: StatementImportRow): Promise<boolean> {
    return ((await this.entries.importOf(tenantId, _id))?.pages ?? 0) === 0;
  }
}
