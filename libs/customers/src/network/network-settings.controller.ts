import { Body, Controller, Get, Patch, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, badInput, CurrentPrincipal, type Principal } from '@tollkeeper/platform';
import { ChangeBarProfiles, ChangeNetworkSettings } from './network-requests';
import { NetworkSettingsService } from './network-settings.service';
import { NetworkSettingsView } from './network-views';

@ApiTags('customers')
@Controller('v1/customers/network')
export class NetworkSettingsController {
  constructor(private readonly settings: NetworkSettingsService) {}

  @Get('settings')
  @Allow({ roles: ['care', 'billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({ summary: 'How the network is dealt with: limits, daily reconciliation, bar profiles' })
  @ApiOkResponse({ type: NetworkSettingsView })
  get(@CurrentPrincipal() { tenantId }: Principal) {
    return this.settings.get(tenantId);
  }

  @Patch('settings')
  @Allow({ roles: ['billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Change the limit for acknowledgements or the hour of the daily reconciliation',
    description:
      'Only what is named changes. An order that the network has not acknowledged within `acknowledgeWithinHours` (4 unless changed) is a case; the network is asked further, at longer pauses. `reconcileDailyAt` is a local time of the operator; null switches the daily reconciliation off. Switched on after its hour, today is done at once.',
  })
  @ApiOkResponse({ type: NetworkSettingsView })
  change(@CurrentPrincipal() principal: Principal, @Body() { reason, ...change }: ChangeNetworkSettings) {
    if (Object.keys(change).length === 0)
      throw badInput('body', 'The request changes nothing.', 'Name at least one setting.');
    return this.settings.change(principal, change, reason);
  }

  @Put('bar-profiles')
  @Allow({ roles: ['billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Say what throttling, bars and suspension leave open',
    description:
      "Each state that is named is replaced as a whole. Every profile keeps the lines `emergency` (112 and the numbers of the operator's and the account's country) and `paymentLine` (the operator's support phone): 422 without them. Emergency calls of whoever is cut off must go through (47 CFR 9.10(b); Directive (EU) 2018/1972, Article 109). Orders placed from now on go by it; SIMs already barred stay as they are.",
  })
  @ApiOkResponse({ type: NetworkSettingsView })
  changeProfiles(@CurrentPrincipal() principal: Principal, @Body() { profiles, reason }: ChangeBarProfiles) {
    if (Object.keys(profiles).length === 0)
      throw badInput('profiles', 'The request names no state.', 'Name at least one of them.');
    return this.settings.changeProfiles(principal, profiles, reason);
  }
}
