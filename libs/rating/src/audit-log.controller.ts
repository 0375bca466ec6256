import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import {
  Allow,
  AuditLog,
  CurrentPrincipal,
  idField,
  pageOf,
  pageQuery,
  type Principal,
} from '@tollkeeper/platform';

class AuditQuery extends createZodDto(
  pageQuery.extend({
    entity: idField.optional(),
    startingAfter: z
      .string()
      .regex(/^[0-9a-f]{24}$/, 'must be the id of a row')
      .optional(),
  }),
) {}

@ApiTags('rating')
@Controller('v1/rating/audit-log')
export class AuditLogController {
  constructor(private readonly audit: AuditLog) {}

  @Get()
  @Allow({ roles: ['auditor', 'billing'], scope: 'rating:read' })
  @ApiOperation({ summary: 'Changes that people made in rating, newest first' })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { entity, limit, startingAfter }: AuditQuery,
  ) {
    const rows = await this.audit.list(tenantId, { entity, before: startingAfter, limit: limit + 1 });
    return pageOf(
      rows.map(({ _id, ...row }) => ({ id: _id.toHexString(), ...row })),
      limit,
    );
  }
}
