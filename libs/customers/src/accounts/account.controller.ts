import { Body, Controller, Get, Param, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, badInput, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import { AccountImportService } from './account-import.service';
import { AccountService } from './account.service';
import {
  AccountParams,
  AccountsQuery,
  AddSubscription,
  ChangeAccount,
  CreateAccount,
  TimelineQuery,
} from '../customers-requests';
import {
  AccountPageView,
  accountSummary,
  AccountView,
  accountView,
  ImportedAccountView,
  SubscriptionView,
  subscriptionView,
  TimelinePageView,
  timelineView,
} from '../customers-views';
import { SubscriptionService } from '../subscriptions/subscription.service';

@ApiTags('customers')
@Controller('v1/customers/accounts')
export class AccountController {
  constructor(
    private readonly accounts: AccountService,
    private readonly imports: AccountImportService,
    private readonly subscriptions: SubscriptionService,
  ) {}

  @Post()
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Create an account with its subscriptions',
    description:
      "An account whose `externalId` is known is found (`created: false`), not changed. `zone` and `currency` are the operator's when left out. `cycleId` may be null only when every plan is paid in advance; `cycle` describes it the first time it is named. The first period of a plan paid in advance counts as paid at activation. 422 names each field: an identifier that has an owner at that time, an unknown offering, a plan not yet sold.",
  })
  @ApiCreatedResponse({ type: ImportedAccountView })
  async create(@CurrentPrincipal() principal: Principal, @Body() body: CreateAccount) {
    const [created] = await this.imports.import(principal, [body], () => 'account');
    return created;
  }

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'List or search accounts',
    description:
      'To find one by what a caller says: `GET /v1/customers/search`. `parentAccountId`: accounts that are or were directly below it. Page on with the last `accountId`.',
  })
  @ApiOkResponse({ type: AccountPageView })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: AccountsQuery) {
    const { data, hasMore } = await this.accounts.page(tenantId, query);
    return { data: data.map(accountSummary), hasMore };
  }

  @Get(':accountId')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read', subscriber: true })
  @ApiOperation({ summary: 'Show an account with its subscriptions and what the network lets its SIMs do' })
  @ApiOkResponse({ type: AccountView })
  async get(@CurrentPrincipal() principal: Principal, @Param() { accountId }: AccountParams) {
    return accountView(await this.accounts.get(principal, accountId), principal.kind);
  }

  @Patch(':accountId')
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Change e-mail, address, language, cycle or terms',
    description:
      'Only what is named changes; the address as a whole. 409 `cycleNeeded` when a plan of the account is invoiced and `cycleId` is null.',
  })
  @ApiOkResponse({ type: AccountView })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParams,
    @Body() { reason, ...change }: ChangeAccount,
  ) {
    if (Object.keys(change).length === 0)
      throw badInput('body', 'The request changes nothing.', 'Name at least one field.');
    return accountView(await this.accounts.change(principal, accountId, change, reason ?? null));
  }

  @Post(':accountId/subscriptions')
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Take over a subscription that is live already',
    description:
      'As when a base moves in: nothing is ordered from the network and nothing is charged; a new one is an order of kind `activation`. It is active from `activeFrom` on. 422 when one of its identifiers has an owner at that time.',
  })
  @ApiCreatedResponse({ type: SubscriptionView })
  async addSubscription(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParams,
    @Body() body: AddSubscription,
  ) {
    return subscriptionView(await this.subscriptions.add(principal, accountId, body));
  }

  @Get(':accountId/timeline')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read', subscriber: true })
  @ApiOperation({
    summary: 'What happened to an account',
    description: 'Newest first; page on with the last `id`.',
  })
  @ApiOkResponse({ type: TimelinePageView })
  async timeline(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParams,
    @Query() query: TimelineQuery,
  ) {
    const { data, hasMore } = await this.accounts.timelinePage(principal, accountId, query);
    return { data: data.map(timelineView), hasMore };
  }
}
