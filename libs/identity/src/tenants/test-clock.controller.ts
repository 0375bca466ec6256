import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, instantField, type Principal, staffRoles } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { TestClockService } from './test-clock.service';

class AdvanceDto extends createZodDto(z.strictObject({ to: instantField })) {}

@ApiTags('test clock')
@Controller('v1/test-clock')
export class TestClockController {
  constructor(private readonly clock: TestClockService) {}

  @Allow({ roles: ['admin'], scope: 'clock:write' })
  @Post('advance')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Let time pass for a sandbox tenant',
    description:
      "Everything that falls due until `to` (a UTC instant) happens, in order, by the code that live tenants run. Answers `{ operationId, from, to }` at once; look at GET /v1/test-clock/operations/{operationId}. 409 `liveTenant`, `clockNotReady`, `clockRefused`; 422 when `to` is not after the tenant's now.",
  })
  advance(@CurrentPrincipal() principal: Principal, @Body() { to }: AdvanceDto) {
    return this.clock.advance(principal, to);
  }

  @Allow({ roles: [...staffRoles], scope: 'clock:read' })
  @Get()
  @ApiOperation({
    summary: 'What time it is for the sandbox',
    description: 'With the next wake-up, and who blocks the clock where it does not go on.',
  })
  state(@CurrentPrincipal() { tenantId }: Principal) {
    return this.clock.state(tenantId);
  }

  @Allow({ roles: [...staffRoles], scope: 'clock:read' })
  @Get('operations/:operationId')
  @ApiOperation({
    summary: 'How far an advance has come',
    description:
      '`status`: advancing, blocked (see `blockedBy`) or done. The clock remembers its last operation.',
  })
  operation(@CurrentPrincipal() { tenantId }: Principal, @Param('operationId') operationId: string) {
    return this.clock.operation(tenantId, operationId);
  }
}
