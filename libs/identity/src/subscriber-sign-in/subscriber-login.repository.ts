import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type SubscriberLoginRow, SubscriberLogins } from './subscriber-login.schema';

@Injectable()
export class SubscriberLoginRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async find(tenantId: string, id: string): Promise<SubscriberLoginRow | null> {
    return this.rows(tenantId).findOne({ _id: id });
  }

  async findByEmail(tenantId: string, email: string): Promise<SubscriberLoginRow | null> {
    return this.rows(tenantId).findOne({ email });
  }

  async insert(tenantId: string, row: SubscriberLoginRow): Promise<void> {
    await this.rows(tenantId).insertOne(row);
  }

  async change(
    tenantId: string,
    id: string,
    fields: Partial<SubscriberLoginRow>,
  ): Promise<SubscriberLoginRow | null> {
    return this.rows(tenantId).findOneAndUpdate({ _id: id }, { $set: fields });
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(SubscriberLogins);
  }
}
