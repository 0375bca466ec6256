import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  AuditLog,
  CurrentPrincipal,
  idField,
  pageOf,
  pageQuery,
  type Principal,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

class AuditQuery extends createZodDto(
  pageQuery.extend({
    entity: idField.optional(),
    startingAfter: z
      .string()
      .regex(/^[0-9a-f]{24}$/, 'must be an audit row id')
      .optional(),
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/audit-log')
export class AuditLogController {
  constructor(private readonly audit: AuditLog) {}

  @Get()
  @Allow({ roles: ['auditor', 'finance', 'billing'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'Who changed what in invoicing, newest first' })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { limit, startingAfter, entity }: AuditQuery,
  ) {
    const rows = await this.audit.list(tenantId, { entity, before: startingAfter, limit: limit + 1 });
    const { data, hasMore } = pageOf(rows, limit);
    const shown = data.map(({ _id, at, who, name, what, entity: of, before, after, reason }) => ({
      id: _id.toHexString(),
      at,
      who,
      name,
      what,
      entity: of,
      before,
      after,
      reason,
    }));
    return { data: shown, hasMore };
  }
}
