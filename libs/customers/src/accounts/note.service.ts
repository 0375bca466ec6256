import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  BusinessClock,
  notFound,
  type Page,
  pageOf,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AccountRepository } from './account.repository';
import { NoteRepository } from './note.repository';
import type { NoteRow } from './note.schema';
import { TimelineRepository } from './timeline.repository';

@Injectable()
export class NoteService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly accounts: AccountRepository,
    private readonly notes: NoteRepository,
    private readonly timeline: TimelineRepository,
  ) {}

  async add(
    principal: Principal,
    accountId: string,
    { text, pinned }: { text: string; pinned: boolean },
  ): Promise<NoteRow> {
    const { tenantId, name: by } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      await this.requireAccount(tenantId, accountId);
      const note = await this.notes.insert(tenantId, { accountId, text, pinned, by, at });
      const noteId = note._id.toHexString();
      await this.timeline.record(tenantId, [{ accountId, at, what: 'noteAdded', details: { noteId, by } }]);
      await this.audit.record(principal, { at, what: 'addNote', entity: accountId, after: { noteId } });
      return note;
    });
  }

  async pin(principal: Principal, accountId: string, noteId: string, pinned: boolean): Promise<NoteRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const note = await this.notes.pin(tenantId, accountId, noteId, pinned);
      if (!note) throw notFound('note', noteId);
      const after = { noteId, pinned };
      await this.audit.record(principal, { at, what: 'pinNote', entity: accountId, after });
      return note;
    });
  }

  async page(
    tenantId: string,
    accountId: string,
    query: { limit: number; startingAfter?: string },
  ): Promise<Page<NoteRow>> {
    await this.requireAccount(tenantId, accountId);
    return pageOf(
      await this.notes.page(tenantId, accountId, { ...query, limit: query.limit + 1 }),
      query.limit,
    );
  }

  private async requireAccount(tenantId: string, accountId: string): Promise<void> {
    if (!(await this.accounts.find(tenantId, accountId))) throw notFound('account', accountId);
  }
}
