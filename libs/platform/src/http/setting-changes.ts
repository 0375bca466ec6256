import type { BusinessClock } from '../clock';
import type { ServiceDatabase } from '../mongo/service-database';
import type { AuditLog } from './audit-log';
import type { Principal } from './principal';

interface SettingChange<Value> {
  /** Verb and noun: `putBillLimits`. */
  what: string;
  entity: string;
  reason: string;
  before: (tenantId: string) => Promise<unknown>;
  after: Value;
  save: (tenantId: string, after: Value, at: string) => Promise<void>;
}

/** A person replaces a setting as a whole: what it was, what it is, and why, in one transaction with the change. */
export class SettingChanges {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async put<Value>(
    principal: Principal,
    { before, after, save, ...entry }: SettingChange<Value>,
  ): Promise<Value> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    await this.database.transaction(async () => {
      const replaced = await before(tenantId);
      await save(tenantId, after, at);
      await this.audit.record(principal, { at, ...entry, before: replaced, after });
    });
    return after;
  }
}
