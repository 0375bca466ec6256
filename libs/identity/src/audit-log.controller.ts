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

class AuditLogQueryDto extends createZodDto(
  pageQuery.extend({
    entity: idField.optional(),
    startingAfter: z
      .string()
      .regex(/^[0-9a-f]{24}$/, 'must be the id of an audit row')
      .optional(),
  }),
) {}

@ApiTags('identity')
@Controller('v1/identity/audit-log')
export class AuditLogController {
  constructor(private readonly audit: AuditLog) {}

  @Allow({ roles: ['auditor'], scope: 'identity:read' })
  @Get()
  @ApiOperation({
    summary: 'Who changed what, and why',
    description: 'Newest first. `entity` narrows it to one user, key or tenant.',
  })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { entity, startingAfter, limit }: AuditLogQueryDto,
  ) {
    const rows = await this.audit.list(tenantId, { entity, before: startingAfter, limit: limit + 1 });
    return pageOf(
      rows.map(({ _id, at, who, name, what, entity: of, before, after, reason }) => ({
        id: _id.toHexString(),
        at,
        who,
        name,
        what,
        entity: of,
        before,
        after,
        reason,
      })),
      limit,
    );
  }
}
