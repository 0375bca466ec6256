import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, AuditLog, CurrentPrincipal, pageOf, type Principal } from '@tollkeeper/platform';
import { NoCardNumbers } from './refuse-card-numbers';
import { AuditQuery } from './payments-requests';

@ApiTags('payments')
@Controller('v1/payments/audit-log')
@UseGuards(NoCardNumbers)
export class AuditLogController {
  constructor(private readonly audit: AuditLog) {}

  @Get()
  @Allow({ roles: ['auditor', 'billing', 'finance'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'Changes that people made in payments, newest first',
    description: '`entity` is the id of what was changed.',
  })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { entity, limit, startingAfter }: AuditQuery,
  ) {
    const rows = await this.audit.list(tenantId, { entity, before: startingAfter, limit: limit + 1 });
    const views = rows.map(({ _id, at, who, name, what, entity: of, before, after, reason }) => ({
      ...{ id: _id.toHexString(), at, who, name, what, entity: of, before, after, reason },
    }));
    return pageOf(views, limit);
  }
}
