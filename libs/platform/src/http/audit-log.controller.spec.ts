import { ObjectId } from 'mongodb';
import type { AuditRow } from './audit-log';
import { auditLogController } from './audit-log.controller';
import { permissionKey } from './principal';

const row = (n: number): AuditRow => ({
  _id: new ObjectId(n.toString(16).padStart(24, '0')),
  at: '2026-01-31T12:00:00.000Z',
  who: 'staff:usr_1',
  name: 'Ada',
  what: 'approveRun',
  entity: 'run_1',
  before: null,
  after: { state: 'approved' },
  reason: 'checked',
});
const stored = { ...row(3), tenantId: 'ten_a' };
const asked: unknown[] = [];
const audit = {
  list: async (...question: unknown[]) => {
    asked.push(question);
    return [stored, row(2), row(1)];
  },
};
const operation = { summary: 'Who changed what' };
const door = () => {
  const AuditLogController = auditLogController('rating', { roles: ['auditor'], operation });
  return new AuditLogController(audit) as {
    list(principal: object, query: object): Promise<{ data: object[]; hasMore: boolean }>;
  };
};
const page = () => door().list({ tenantId: 'ten_a' }, { entity: 'run_1', startingAfter: 'f', limit: 2 });

describe('the audit log of a service', () => {
  it('asks for one row more than it shows, of the tenant that calls', async () => {
    const { data, hasMore } = await page();
    expect(asked.at(-1)).toEqual(['ten_a', { entity: 'run_1', before: 'f', limit: 3 }]);
    expect([data.length, hasMore]).toEqual([2, true]);
  });

  it('shows an id for the row id, and nothing that only the database needs', async () => {
    const { _id, ...entry } = row(3);
    expect((await page()).data[0]).toEqual({ id: _id.toHexString(), ...entry });
  });

  it('is open to the roles named and to keys that may read the service', () => {
    const AuditLogController = auditLogController('rating', { roles: ['auditor'], operation });
    const { list } = AuditLogController.prototype as Record<string, object>;
    expect(Reflect.getMetadata(permissionKey, list as object)).toEqual({
      roles: ['auditor'],
      scope: 'rating:read',
    });
    expect(Reflect.getMetadata('path', AuditLogController)).toBe('v1/rating/audit-log');
  });
});
