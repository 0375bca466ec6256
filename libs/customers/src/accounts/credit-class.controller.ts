import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, pageQuery, type Principal } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { TenantService } from '../copies/tenant.service';
import { CreditClassParams, PutCreditClass } from './account-terms-requests';
import { creditView, termsShape } from './account-terms-views';
import type { CreditClassRow } from './credit-class.schema';
import { CreditClassService } from './credit-class.service';

class ClassesQuery extends createZodDto(pageQuery) {}

const view = termsShape.omit({ creditClass: true }).extend({ code: z.string(), name: z.string() });
class CreditClassView extends createZodDto(view) {}
class CreditClassPageView extends createZodDto(z.object({ data: z.array(view), hasMore: z.boolean() })) {}

const classView = ({ code, name, terms }: CreditClassRow, currency: string) => {
  const { creditClass: _, ...shown } = creditView(terms, currency) ?? { creditClass: code };
  return { code, name, ...shown };
};

@ApiTags('customers')
@Controller('v1/customers/credit-classes')
export class CreditClassController {
  constructor(
    private readonly classes: CreditClassService,
    private readonly tenants: TenantService,
  ) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'Credit classes of the operator',
    description: 'Page on with the last `code`. Amounts in minor units of the operator’s currency.',
  })
  @ApiOkResponse({ type: CreditClassPageView })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: ClassesQuery) {
    const { data, hasMore } = await this.classes.page(tenantId, query);
    const currency = data.length > 0 ? (await this.tenants.get(tenantId)).currency : '';
    return { data: data.map((row) => classView(row, currency)), hasMore };
  }

  @Get(':code')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read' })
  @ApiOperation({ summary: 'A credit class' })
  @ApiOkResponse({ type: CreditClassView })
  async get(@CurrentPrincipal() { tenantId }: Principal, @Param() { code }: CreditClassParams) {
    return classView(await this.classes.get(tenantId, code), (await this.tenants.get(tenantId)).currency);
  }

  @Put(':code')
  @Allow({ roles: ['billing', 'finance'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Make or change a credit class',
    description:
      'Its accounts have the new terms at once: a higher deposit is charged to those with a live service, a higher cap lifts its bar. 409 `classInUse` above 500 accounts. New collections of its accounts begin with the latest version of `dunningPolicyId`, or with the operator’s `default` when that is null or not known to payments.',
  })
  @ApiOkResponse({ type: CreditClassView })
  async put(
    @CurrentPrincipal() principal: Principal,
    @Param() { code }: CreditClassParams,
    @Body() { reason, ...wanted }: PutCreditClass,
  ) {
    const row = await this.classes.put(principal, code, wanted, reason);
    return classView(row, (await this.tenants.get(principal.tenantId)).currency);
  }
}
