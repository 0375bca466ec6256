import { Body, Controller, Get, Param, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, badInput, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import {
  ChangeCustomer,
  CreateCustomer,
  CustomerPageView,
  CustomerParams,
  CustomersQuery,
  CustomerView,
  customerView,
} from './customer-fields';
import { CustomerService } from './customer.service';

@ApiTags('customers')
@Controller('v1/customers/customers')
export class CustomerController {
  constructor(private readonly customers: CustomerService) {}

  @Post()
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Create a customer: the person or organisation that has accounts',
    description:
      'Accounts name it by `customerId`; an account that is created without one gets a customer of its own. 409 `idTaken` when the `externalId` is in use.',
  })
  @ApiCreatedResponse({ type: CustomerView })
  async create(@CurrentPrincipal() principal: Principal, @Body() body: CreateCustomer) {
    return customerView(await this.customers.create(principal, body));
  }

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'List or search customers',
    description:
      '`q`: the beginning of a word of the name. Page on with the last `customerId`; their accounts are at `GET /v1/customers/accounts?customerId=`.',
  })
  @ApiOkResponse({ type: CustomerPageView })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: CustomersQuery) {
    const { data, hasMore } = await this.customers.page(tenantId, query);
    return { data: data.map(customerView), hasMore };
  }

  @Get(':customerId')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read' })
  @ApiOperation({ summary: 'Show a customer with its contacts' })
  @ApiOkResponse({ type: CustomerView })
  async get(@CurrentPrincipal() { tenantId }: Principal, @Param() { customerId }: CustomerParams) {
    return customerView(await this.customers.get(tenantId, customerId));
  }

  @Patch(':customerId')
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: "Change a customer's name, register number or contacts",
    description:
      'Only what is named changes; the contacts as a whole. The name on bills is the account’s own.',
  })
  @ApiOkResponse({ type: CustomerView })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param() { customerId }: CustomerParams,
    @Body() { reason, ...change }: ChangeCustomer,
  ) {
    if (Object.keys(change).length === 0)
      throw badInput('body', 'The request changes nothing.', 'Name at least one field.');
    return customerView(await this.customers.change(principal, customerId, change, reason));
  }
}
