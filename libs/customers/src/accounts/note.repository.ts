import { Injectable } from '@nestjs/common';
import { ObjectId } from 'mongodb';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type NoteRow, Notes } from './note.schema';

@Injectable()
export class NoteRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async insert(tenantId: string, note: Omit<NoteRow, '_id'>): Promise<NoteRow> {
    const row = { _id: new ObjectId(), ...note };
    await this.rows(tenantId).insertOne(row);
    return row;
  }

  find(tenantId: string, accountId: string, noteId: string): Promise<NoteRow | null> {
    return this.rows(tenantId).findOne({ _id: new ObjectId(noteId), accountId });
  }

  pin(tenantId: string, accountId: string, noteId: string, pinned: boolean): Promise<NoteRow | null> {
    return this.rows(tenantId).findOneAndUpdate(
      { _id: new ObjectId(noteId), accountId },
      { $set: { pinned } },
    );
  }

  /** Pinned ones first, each kind newest first. */
  async page(
    tenantId: string,
    accountId: string,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<NoteRow[]> {
    const last = startingAfter ? await this.find(tenantId, accountId, startingAfter) : null;
    const older = last && { pinned: last.pinned, _id: { $lt: last._id } };
    const behind = older && (last.pinned ? { $or: [older, { pinned: false }] } : older);
    return this.rows(tenantId).find(
      { accountId, ...(behind ?? {}) },
      { sort: { pinned: -1, _id: -1 }, limit },
    );
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Notes);
  }
}
