import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Allow, CurrentPrincipal, idField, pageOf, pageQuery, type Principal } from '@tollkeeper/platform';
import { usageView } from '../usage/usage-view';
import type { UsageSessionRow } from './usage-session.schema';
import { UsageSessionService } from './usage-session.service';

class SessionQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    state: z.enum(['open', 'closed']).optional(),
    gaps: z.enum(['true', 'false']).optional(),
  }),
) {}
class SessionParam extends createZodDto(z.strictObject({ session: idField })) {}

@ApiTags('rating')
@Controller('v1/rating/sessions')
export class UsageSessionController {
  constructor(private readonly sessions: UsageSessionService) {}

  @Get()
  @Allow({ roles: ['billing', 'care', 'auditor'], scope: 'rating:read' })
  @ApiOperation({
    summary: 'Sessions that are put together from partial records, by start',
    description:
      '`gaps=true` shows those of which sequences are missing. A session closes on its final record or after the ' +
      'hours of silence in the rating settings; a later partial record opens it again and posts the difference.',
  })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: SessionQuery) {
    const { limit, gaps, ...search } = query;
    const hasGaps = gaps === undefined ? undefined : gaps === 'true';
    const rows = await this.sessions.search(tenantId, { ...search, hasGaps, limit: limit + 1 });
    return pageOf(rows.map(sessionView), limit);
  }

  @Get(':session')
  @Allow({ roles: ['billing', 'care', 'auditor'], scope: 'rating:read' })
  @ApiOperation({ summary: 'A session with its partial records and the parts that they were rated as' })
  async load(@CurrentPrincipal() { tenantId }: Principal, @Param() { session }: SessionParam) {
    const { row, partials, parts } = await this.sessions.detail(tenantId, session);
    return {
      ...sessionView(row),
      records: partials.map(({ recordId, sequence, importId, record }) => ({
        recordId,
        sequence,
        importId,
        startAt: record.startAt,
        quantity: record.quantity,
        final: record.final ?? false,
      })),
      rated: parts.map(usageView),
    };
  }
}

const sessionView = ({ _id, msisdn, imsi: _imsi, ...row }: UsageSessionRow) => ({
  ...row,
  servedMsisdn: msisdn,
});
