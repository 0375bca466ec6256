import { Controller, Get, Query, type Type } from '@nestjs/common';
import { ApiOperation, type ApiOperationOptions, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import type { ServiceName } from '@tollkeeper/contracts';
import { AuditLog, type AuditRow } from './audit-log';
import { Allow, CurrentPrincipal, type Principal, type StaffRole } from './principal';
import { pageOf, pageQuery } from './shapes';

class AuditLogQuery extends createZodDto(
  pageQuery.extend({
    // Looser than an id: entities are also named by paths such as offering/version.
    entity: z.string().max(256).optional(),
    startingAfter: z
      .string()
      .regex(/^[0-9a-f]{24}$/, 'must be the id of an audit row')
      .optional(),
  }),
) {}

interface AuditLogDoor {
  /** Who may read it; integrators need `<service>:read`. */
  roles: StaffRole[];
  operation: ApiOperationOptions;
}

const entryView = ({ _id, at, who, name, what, entity, before, after, reason }: AuditRow) => ({
  id: _id.toHexString(),
  at,
  who,
  name,
  what,
  entity,
  before,
  after,
  reason,
});

/** `GET v1/<service>/audit-log`: what people changed in one service, newest first. */
export function auditLogController(service: ServiceName, { roles, operation }: AuditLogDoor): Type<object> {
  @ApiTags(service)
  @Controller(`v1/${service}/audit-log`)
  class AuditLogController {
    constructor(private readonly audit: AuditLog) {}

    @Get()
    @Allow({ roles, scope: `${service}:read` })
    @ApiOperation(operation)
    async list(
      @CurrentPrincipal() { tenantId }: Principal,
      @Query() { entity, startingAfter, limit }: AuditLogQuery,
    ) {
      const rows = await this.audit.list(tenantId, { entity, before: startingAfter, limit: limit + 1 });
      return pageOf(rows.map(entryView), limit);
    }
  }
  return AuditLogController;
}
