import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, reasonField } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { TemplateService } from './template.service';

const sourceShape = z.strictObject({
  subject: z.string().min(1).max(500),
  text: z.string().min(1).max(20_000),
  html: z.string().min(1).max(50_000),
});

class PutTemplateDto extends createZodDto(sourceShape.extend({ reason: reasonField })) {}
class ResetTemplateDto extends createZodDto(z.strictObject({ reason: reasonField })) {}
class PreviewTemplateDto extends createZodDto(
  sourceShape.extend({
    data: z.record(z.string().regex(/^[A-Za-z]{1,64}$/), z.string().max(1_000)).default({}),
  }),
) {}

@ApiTags('notifications')
@Controller('v1/notifications/templates')
export class TemplateController {
  constructor(private readonly templates: TemplateService) {}

  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'notifications:read' })
  @Get()
  @ApiOperation({
    summary: 'List templates',
    description: '`origin` says whether the tenant has its own wording.',
  })
  list(@CurrentPrincipal() { tenantId }: Principal) {
    return this.templates.list(tenantId);
  }

  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'notifications:read' })
  @Get(':name')
  @ApiOperation({
    summary: 'One template',
    description:
      'Its Liquid source, and the values that it may use. `finalNotice.de` is the German wording; customers whose language has none read the English one.',
  })
  one(@CurrentPrincipal() { tenantId }: Principal, @Param('name') name: string) {
    return this.templates.one(tenantId, name);
  }

  @Allow({ roles: ['billing'], scope: 'notifications:write' })
  @Put(':name')
  @ApiOperation({
    summary: 'Word a template in your own way',
    description:
      'Liquid; values are escaped in HTML, the frame with your name and support contacts is put around it. Tried out before it is taken: 422 names the part and line of an error.',
  })
  put(
    @CurrentPrincipal() principal: Principal,
    @Param('name') name: string,
    @Body() { reason, ...source }: PutTemplateDto,
  ) {
    return this.templates.put(principal, name, source, reason);
  }

  @Allow({ roles: ['billing'], scope: 'notifications:write' })
  @Post(':name/reset')
  @HttpCode(200)
  @ApiOperation({ summary: 'Go back to the wording that ships' })
  reset(
    @CurrentPrincipal() principal: Principal,
    @Param('name') name: string,
    @Body() { reason }: ResetTemplateDto,
  ) {
    return this.templates.reset(principal, name, reason);
  }

  @Allow({ roles: ['billing', 'care'], scope: 'notifications:read' })
  @Post(':name/preview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'See what a wording makes',
    description: 'Values that `data` leaves out are shown as `[name]`. Nothing is written or sent.',
  })
  preview(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param('name') name: string,
    @Body() { data, ...source }: PreviewTemplateDto,
  ) {
    return this.templates.preview(tenantId, name, source, data);
  }
}
