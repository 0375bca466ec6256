import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { collectionIdOf, collectionProgress } from '@tollkeeper/contracts';
import {
  Allow,
  BusinessClock,
  badInput,
  CurrentPrincipal,
  Idempotent,
  notFound,
  pageOf,
  type Principal,
  Processes,
} from '@tollkeeper/platform';
import { AgencyDebts } from './hand-overs/agency-debts.service';
import { CaseAgreements } from './case-agreements.service';
import { CaseStateService } from './case-state.service';
import { CollectionRepository } from './collection.repository';
import { CollectionService } from './collection.service';
import { accountFilter } from '../own-account';
import {
  CollectionsQuery,
  HoldCollection,
  IdParams,
  PromiseToPay,
  ReasonBody,
  StartCollection,
} from '../payments-requests';
import { collectionView, owedView } from '../payments-views';

@ApiTags('payments')
@Controller('v1/payments/collections')
export class CollectionController {
  constructor(
    private readonly service: CollectionService,
    private readonly collections: CollectionRepository,
    private readonly processes: Processes,
    private readonly clock: BusinessClock,
    private readonly agreements: CaseAgreements,
    private readonly agency: AgencyDebts,
    private readonly cases: CaseStateService,
  ) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'Collections', description: 'Filter by `state` (open, closed) and `accountId`.' })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() { accountId, state, ...page }: CollectionsQuery,
  ) {
    const filter = { ...accountFilter(principal, accountId), ...(state === undefined ? {} : { state }) };
    return pageOf(
      (await this.collections.list(principal.tenantId, filter, page)).map(collectionView),
      page.limit,
    );
  }

  @Get(':id')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'One collection',
    description:
      '`progress` is the live answer of its process: what comes next, when (`at`, null: when there is news), and why then, or why it was put off. `owed`: what is overdue in minor units, the parts that are disputed or in a payment plan, and `chased`, for which steps are taken. Both are null once it is closed.',
  })
  async find(@CurrentPrincipal() { tenantId }: Principal, @Param() { id }: IdParams) {
    const row = await this.collections.one(tenantId, id);
    if (!row) throw notFound('collection', id);
    const isOpen = row.state === 'open';
    const progress = isOpen
      ? await this.processes.shown(collectionIdOf(tenantId, row.accountId), collectionProgress)
      : null;
    const debt = await this.cases.debtOf(tenantId, id, await this.clock.now(tenantId));
    return { ...collectionView(row), owed: isOpen ? owedView(debt) : null, progress };
  }

  @Post()
  @Allow({ roles: ['billing', 'finance'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Start a collection by hand',
    description:
      'For an account with overdue debt, also below the minimum of the policy. Errors: 404 account, 409 `collectionOpen`, `nothingOverdue`.',
  })
  async start(@CurrentPrincipal() principal: Principal, @Body() { accountId, reason }: StartCollection) {
    return collectionView(await this.service.startByHand(principal, accountId, reason));
  }

  @Post(':id/hold')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Hold a collection',
    description:
      'No step is taken until `until`, or until it is released. `kind`: hardship, legal, dispute (of the whole debt) or other. 409 `collectionClosed`.',
  })
  async hold(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { until, kind, reason }: HoldCollection,
  ) {
    if (until !== undefined) await this.refusePast(principal, until);
    const change = { hold: { reason, until: until ?? null, kind } };
    return collectionView(await this.service.steer(principal, id, { signal: 'hold', change, reason }));
  }

  @Post(':id/release')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({ summary: 'Release a held collection', description: '409 `collectionClosed`.' })
  async release(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { reason }: ReasonBody,
  ) {
    return collectionView(
      await this.service.steer(principal, id, { signal: 'release', change: { hold: null }, reason }),
    );
  }

  @Post(':id/promise')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Note a promise to pay',
    description:
      'The ladder waits until `until` (and the policy’s `promises.graceDays`); `amount` in minor units. Kept when so much less is owed by then, else broken: the ladder goes on from where it was. 409 `collectionClosed`, `promiseRefused` (the policy’s `maxDays`, `maxPerCase`).',
  })
  async promise(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { amount, until, reason }: PromiseToPay,
  ) {
    await this.refusePast(principal, until);
    const row = await this.collections.one(principal.tenantId, id);
    if (row && row.currency !== amount.currency)
      throw badInput('amount.currency', `The debt is in ${row.currency}.`);
    const promised = { amountMinor: amount.minor, until };
    const why = reason ?? 'the payer promised to pay';
    return collectionView(await this.agreements.promise(principal, id, promised, why));
  }

  @Post(':id/write-off')
  @HttpCode(200)
  @Allow({ roles: ['finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Give up a debt',
    description: 'The collection ends; nothing is charged or chased for it any more. 409 `collectionClosed`.',
  })
  async writeOff(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { reason }: ReasonBody,
  ) {
    const change = { writtenOff: true };
    return collectionView(await this.service.steer(principal, id, { signal: 'writeOff', change, reason }));
  }

  @Post(':id/take-back')
  @HttpCode(200)
  @Allow({ roles: ['finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Take a debt back from the agency',
    description:
      'Of a case with the outcome `handedOver`. Answers the case in which it is chased from now on: the one that is open, or a new one that begins with the first level. A bar that stands goes on and is lifted by payment. The next hand-over file tells the agency. 409 `notHandedOver`, `notAtAgency` (taken back or settled before).',
  })
  async takeBack(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { reason }: ReasonBody,
  ) {
    return collectionView(await this.agency.takeBack(principal, id, reason));
  }

  private async refusePast({ tenantId }: Principal, until: string): Promise<void> {
    const now = await this.clock.now(tenantId);
    if (until <= now) throw badInput('until', `It is already ${now}.`);
  }
}
