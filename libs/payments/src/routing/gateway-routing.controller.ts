import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '@tollkeeper/platform';
import { PutGatewayRouting } from '../payments-requests';
import { GatewayRoutingRepository } from './gateway-routing.repository';
import { GatewayRoutingService } from './gateway-routing.service';

@ApiTags('payments')
@Controller('v1/payments/gateway-routing')
export class GatewayRoutingController {
  constructor(
    private readonly service: GatewayRoutingService,
    private readonly routing: GatewayRoutingRepository,
  ) {}

  @Get()
  @Allow({ roles: ['billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'Which gateway charges what',
    description: 'No rules: every method is charged at the gateway where it was added.',
  })
  async get(@CurrentPrincipal() { tenantId }: Principal) {
    return { rules: await this.routing.rules(tenantId) };
  }

  @Put()
  @Allow({ roles: ['billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Change which gateway charges what',
    description:
      "The first rule that fits a method's `kinds` and the currency decides; left out, every one fits. `gateways` are tried in order, as far as the method has a token there (`alsoAt`). The next one is tried only when the one before certainly did not charge (never reached, or refused before any work); never while an outcome is unknown. 422: a gateway without keys, or named twice.",
  })
  async put(@CurrentPrincipal() principal: Principal, @Body() { rules, reason }: PutGatewayRouting) {
    return this.service.put(principal, rules, reason);
  }
}
