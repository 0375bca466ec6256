import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { contactId, type ContactRow, Contacts } from './contact.schema';

type ContactDetails = Pick<ContactRow, 'accountId' | 'revision' | 'name' | 'email' | 'language'>;

@Injectable()
export class ContactRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async findAll(tenantId: string, accountIds: string[]): Promise<ContactRow[]> {
    const ids = accountIds.map((accountId) => contactId(tenantId, accountId));
    return this.rows(tenantId).find({ _id: { $in: ids } });
  }

  /** The caller leaves out what is not newer; two batches at once meet on the row's id and one is carried again. */
  async putAll(tenantId: string, contacts: ContactDetails[]): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      contacts.map((contact) => ({
        updateOne: {
          filter: {
            _id: contactId(tenantId, contact.accountId) as never,
            revision: { $lt: contact.revision },
          },
          update: { $set: contact, $setOnInsert: { unreachable: null } },
          upsert: true,
        },
      })),
    );
  }

  async markUnreachable(
    tenantId: string,
    accountId: string,
    unreachable: { at: Instant; email: string; response: string },
  ): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: contactId(tenantId, accountId) }, { $set: { unreachable } });
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(Contacts);
  }
}
