import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, badInput, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import { CollectionRepository } from './collection.repository';
import { IdParams, ReasonBody } from '../payments-requests';
import { collectionView } from '../payments-views';
import { AgreePlan, CloseDispute, DisputeParams, OpenDispute } from './agreement-requests';
import { CaseAgreements } from './case-agreements.service';

@ApiTags('payments')
@Controller('v1/payments/collections')
export class AgreementController {
  constructor(
    private readonly agreements: CaseAgreements,
    private readonly collections: CollectionRepository,
  ) {}

  @Post(':id/plan')
  @HttpCode(201)
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Agree on a payment plan',
    description:
      'Named invoices are paid off by instalments (minor units, dates in the account’s zone, in order), which add up to what is owed and not disputed on them. While each is paid by its date and `graceDays` the ladder rests for these invoices and, with `restoreService`, bars are lifted. A missed instalment defaults the plan: the ladder goes on from where it was. `autoCharge`: the card is charged at 09:00 of the day. Errors: 404, 409 `collectionClosed`, `planActive`, 422 instalments.',
  })
  async plan(@CurrentPrincipal() principal: Principal, @Param() { id }: IdParams, @Body() body: AgreePlan) {
    const { instalments, reason, invoiceIds, ...terms } = body;
    for (const { amount } of instalments)
      await this.sameCurrency(principal, id, amount.currency, 'instalments');
    const wanted = {
      ...terms,
      ...(invoiceIds ? { invoiceIds } : {}),
      instalments: instalments.map(({ dueOn, amount }) => ({ dueOn, amountMinor: amount.minor })),
    };
    return collectionView(await this.agreements.plan(principal, id, wanted, reason));
  }

  @Post(':id/plan/end')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'End a payment plan',
    description: 'The ladder goes on from where it was. 409 `noPlan`, `collectionClosed`.',
  })
  async endPlan(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { reason }: ReasonBody,
  ) {
    return collectionView(await this.agreements.endPlan(principal, id, reason));
  }

  @Post(':id/disputes')
  @HttpCode(201)
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Dispute a part of an invoice',
    description:
      'Only the disputed amount (minor units) is held: it is not charged, bears no fee, and does not count towards a bar; the rest goes on. Of a debt that an agency has, the next hand-over file says what is disputed. Errors: 404 invoice, 409 `collectionClosed`, 422 more than is owed.',
  })
  async dispute(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() body: OpenDispute,
  ) {
    const { invoiceId, amount, reason } = body;
    await this.sameCurrency(principal, id, amount.currency, 'amount.currency');
    const disputed = { invoiceId, amountMinor: amount.minor };
    return collectionView(await this.agreements.dispute(principal, id, disputed, reason));
  }

  @Post(':id/disputes/:disputeId/close')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Close a dispute',
    description:
      '`rejected`: the amount is chased again. `upheld`: it is credited in invoicing by whoever decides, here it is only no longer held. 409 `disputeClosed`.',
  })
  async closeDispute(
    @CurrentPrincipal() principal: Principal,
    @Param() { id, disputeId }: DisputeParams,
    @Body() { outcome, reason }: CloseDispute,
  ) {
    return collectionView(await this.agreements.closeDispute(principal, id, { disputeId, outcome }, reason));
  }

  private async sameCurrency({ tenantId }: Principal, id: string, currency: string, field: string) {
    const row = await this.collections.one(tenantId, id);
    if (row && row.currency !== currency) throw badInput(field, `The debt is in ${row.currency}.`);
  }
}
