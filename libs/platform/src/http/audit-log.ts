import { ObjectId } from 'mongodb';
import { type CollectionDefinition, defineCollection } from '../mongo/collection-definition';
import { rowSchema, type ServiceDatabase } from '../mongo/service-database';
import type { Principal } from './principal';

export interface AuditRow {
  _id: ObjectId;
  at: string;
  /** `staff:usr_...`, with the name as it was. */
  who: string;
  name: string;
  /** Verb and noun: `approveRun`. */
  what: string;
  entity: string;
  before: unknown;
  after: unknown;
  reason: string | null;
}

export const auditCollection: CollectionDefinition<AuditRow> = defineCollection<AuditRow>(
  'auditLog',
  rowSchema({
    _id: { type: 'ObjectId', required: true },
    at: { type: String, required: true },
    who: { type: String, required: true },
    name: { type: String, required: true },
    what: { type: String, required: true },
    entity: { type: String, required: true },
    before: Object,
    after: Object,
    reason: String,
  }),
  [{ keys: { entity: 1, _id: -1 } }],
);

interface AuditEntry {
  at: string;
  what: string;
  entity: string;
  before?: unknown;
  after?: unknown;
  reason?: string | null;
}

/** Who did what, before and after, and why: written in the transaction of the change. */
export class AuditLog {
  constructor(private readonly database: ServiceDatabase) {}

  async record({ tenantId, kind, subject, name }: Principal, entry: AuditEntry): Promise<void> {
    await this.recordMany(tenantId, { who: `${kind}:${subject}`, name }, [entry]);
  }

  /** What a process does for someone who asked for it before, as one write. */
  async recordMany(
    tenantId: string,
    { who, name }: Pick<AuditRow, 'who' | 'name'>,
    entries: readonly AuditEntry[],
  ): Promise<void> {
    const rows = entries.map(
      ({ at, what, entity, before = null, after = null, reason = null }): AuditRow => ({
        _id: new ObjectId(),
        at,
        who,
        name,
        what,
        entity,
        before,
        after,
        reason,
      }),
    );
    await this.database.tenant(tenantId).collection(auditCollection).insertMany(rows);
  }

  async list(
    tenantId: string,
    { entity, before, limit }: { entity?: string; before?: string; limit: number },
  ): Promise<AuditRow[]> {
    const filter = {
      ...(entity ? { entity } : {}),
      ...(before ? { _id: { $lt: new ObjectId(before) } } : {}),
    };
    return this.database
      .tenant(tenantId)
      .collection(auditCollection)
      .find(filter, { sort: { _id: -1 }, limit });
  }
}
