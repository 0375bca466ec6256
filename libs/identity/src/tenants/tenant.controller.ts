import { Body, Controller, Get, Patch, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { isZone } from '@tollkeeper/calendar';
import { isCurrency } from '@tollkeeper/money';
import {
  Allow,
  CurrentPrincipal,
  currencyField,
  instantField,
  pageQuery,
  type Principal,
  Public,
  reasonField,
  staffRoles,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { OperatorOnly } from '../api-keys/operator-key';
import { emailField, nameField } from '../request-fields';
import { TenantOpening } from './tenant-opening.service';
import { TenantService } from './tenant.service';

const changeable = {
  name: nameField,
  legalName: nameField,
  addressLines: z.array(nameField).min(1).max(6),
  supportEmail: emailField,
  supportPhone: nameField,
};

const tenantShape = z.strictObject({
  ...changeable,
  country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code such as US'),
  currency: currencyField.refine(isCurrency, 'is not a currency that is known here'),
  zone: z.string().max(64).refine(isZone, 'must be an IANA time zone such as Europe/Berlin'),
  admin: z.strictObject({ email: emailField, name: nameField }),
});

class OpenLiveTenantDto extends createZodDto(tenantShape) {}
class OpenSandboxDto extends createZodDto(tenantShape.extend({ clockStartsAt: instantField.optional() })) {}
class ChangeTenantDto extends createZodDto(
  z.strictObject(changeable).partial().extend({ reason: reasonField }),
) {}
class PageDto extends createZodDto(pageQuery) {}

@ApiTags('identity')
@Controller('v1/identity')
export class TenantController {
  constructor(
    private readonly opening: TenantOpening,
    private readonly tenants: TenantService,
  ) {}

  @Public()
  @UseGuards(OperatorOnly)
  @Post('sandboxes')
  @ApiOperation({
    summary: 'Open a sandbox tenant with a test clock',
    description:
      "Bearer OPERATOR_KEY. The clock stands at `clockStartsAt` (or now) and moves by POST /v1/test-clock/advance. Answers the admin's one-time password, shown this once. The clock answers within a second or two.",
  })
  openSandbox(@Body() body: OpenSandboxDto) {
    return this.opening.openTenant({ ...body, kind: 'sandbox' });
  }

  @Public()
  @UseGuards(OperatorOnly)
  @Post('tenants')
  @ApiOperation({
    summary: 'Open a live tenant',
    description:
      "Bearer OPERATOR_KEY. Lives on real time. Answers the admin's one-time password, which must be replaced at the first sign-in.",
  })
  openLive(@Body() body: OpenLiveTenantDto) {
    return this.opening.openTenant({ ...body, kind: 'live' });
  }

  @Public()
  @UseGuards(OperatorOnly)
  @Get('tenants')
  @ApiOperation({
    summary: 'List the tenants of the installation',
    description: 'Bearer OPERATOR_KEY. `startingAfter` is the last tenantId.',
  })
  list(@Query() page: PageDto) {
    return this.opening.list(page);
  }

  @Allow({ roles: [...staffRoles], scope: 'identity:read' })
  @Get('tenant')
  @ApiOperation({ summary: 'The tenant of the credential' })
  own(@CurrentPrincipal() { tenantId }: Principal) {
    return this.tenants.profile(tenantId);
  }

  @Allow({ roles: ['admin'] })
  @Patch('tenant')
  @ApiOperation({
    summary: 'Change names, address and support contacts',
    description: 'All services hear of it. Currency, country and zone are fixed.',
  })
  change(@CurrentPrincipal() principal: Principal, @Body() { reason, ...change }: ChangeTenantDto) {
    return this.tenants.change(principal, change, reason);
  }
}
