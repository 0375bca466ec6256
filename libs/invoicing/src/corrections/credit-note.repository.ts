import { Injectable } from '@nestjs/common';
import type { StorageRef } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type CreditNoteRow, CreditNotes } from './credit-note.schema';

interface CreditNoteFilter {
  accountId?: string;
  invoiceId?: string;
  kind?: string;
  number?: string;
}

@Injectable()
export class CreditNoteRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, creditNoteId: string): Promise<CreditNoteRow | null> {
    return this.notes(tenantId).findOne({ _id: creditNoteId });
  }

  ofInvoice(tenantId: string, invoiceId: string): Promise<CreditNoteRow[]> {
    return this.notes(tenantId).find({ invoiceId }, { sort: { at: 1, _id: 1 } });
  }

  /** Newest first. */
  async list(
    tenantId: string,
    filter: CreditNoteFilter,
    limit: number,
    startingAfter?: string,
  ): Promise<CreditNoteRow[]> {
    const last = startingAfter ? await this.find(tenantId, startingAfter) : null;
    const older = last ? { $or: [{ at: { $lt: last.at } }, { at: last.at, _id: { $lt: last._id } }] } : {};
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    return this.notes(tenantId).find({ ...given, ...older }, { sort: { at: -1, _id: -1 }, limit });
  }

  async insert(tenantId: string, note: CreditNoteRow): Promise<void> {
    await this.notes(tenantId).insertOne(note);
  }

  async setPdf(tenantId: string, creditNoteId: string, pdf: StorageRef): Promise<void> {
    await this.notes(tenantId).updateOne({ _id: creditNoteId, pdf: null }, { $set: { pdf } });
  }

  private notes(tenantId: string) {
    return this.db.tenant(tenantId).collection(CreditNotes);
  }
}
