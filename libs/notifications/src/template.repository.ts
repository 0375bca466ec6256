import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { TemplateKey } from './domain/template-names';
import { type TemplateRow, Templates } from './template.schema';

@Injectable()
export class TemplateRepository {
  constructor(private readonly database: ServiceDatabase) {}

  /** At most one of each name: a dozen. */
  async all(tenantId: string): Promise<TemplateRow[]> {
    return this.rows(tenantId).find({}, { sort: { name: 1 } });
  }

  async find(tenantId: string, name: TemplateKey): Promise<TemplateRow | null> {
    return this.rows(tenantId).findOne({ name });
  }

  async put(tenantId: string, { _id, ...fields }: TemplateRow): Promise<void> {
    await this.rows(tenantId).updateOne({ _id }, { $set: fields }, { upsert: true });
  }

  async remove(tenantId: string, name: TemplateKey): Promise<number> {
    return this.rows(tenantId).deleteMany({ name });
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(Templates);
  }
}
