import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, notFound, pageOf, type Principal } from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';
import { accountFilter } from '../own-account';
import { AutoPayNews } from '../payers/auto-pay-news.service';
import { PayableRepository } from '../payables/payable.repository';
import { PaymentRepository } from './payment.repository';
import { PaymentUndo } from './payment-undo.service';
import { PaymentService } from './payment.service';
import { AttemptDecision } from '../attempts/attempt-decision.service';
import {
  AttemptsQuery,
  AutoPayConsent,
  DecideAttempt,
  IdParams,
  PayablesQuery,
  PaymentsQuery,
  ReasonBody,
  RecordPayment,
  UndecidedQuery,
} from '../payments-requests';
import { attemptView, payableView, paymentView } from '../payments-views';

@ApiTags('payments')
@Controller('v1/payments')
export class PaymentController {
  constructor(
    private readonly service: PaymentService,
    private readonly undoing: PaymentUndo,
    private readonly payments: PaymentRepository,
    private readonly attempts: AttemptRepository,
    private readonly payables: PayableRepository,
    private readonly decisions: AttemptDecision,
    private readonly autoPay: AutoPayNews,
  ) {}

  @Post('payments')
  @Allow({ roles: ['billing', 'finance', 'care'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Record money that was received',
    description:
      'By bank, cash, cheque or an agent, with a receipt to the payer; `amount` in minor units. Without `invoiceId` it settles the oldest due invoices first; what is too much becomes credit of the account. It ends a collection that it cures, at once. Errors: 404 account or invoice, 422 currency or a time in the future.',
  })
  async record(@CurrentPrincipal() principal: Principal, @Body() body: RecordPayment) {
    const { amount, invoiceId = null, ...money } = body;
    return paymentView(
      await this.service.record(principal, {
        ...money,
        invoiceId,
        amountMinor: amount.minor,
        currency: amount.currency,
      }),
    );
  }

  @Get('payments')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read', subscriber: true })
  @ApiOperation({ summary: 'Captured payments, newest first' })
  async listPayments(
    @CurrentPrincipal() principal: Principal,
    @Query() { accountId, invoiceId, ...page }: PaymentsQuery,
  ) {
    const filter = {
      ...accountFilter(principal, accountId),
      ...(invoiceId === undefined ? {} : { invoiceId }),
    };
    return pageOf((await this.payments.list(principal.tenantId, filter, page)).map(paymentView), page.limit);
  }

  @Get('payments/:id')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read', subscriber: true })
  @ApiOperation({ summary: 'One payment' })
  async payment(@CurrentPrincipal() principal: Principal, @Param() { id }: IdParams) {
    const row = await this.payments.one(principal.tenantId, id);
    const isTheirs = principal.kind !== 'subscriber' || row?.accountId === principal.accountId;
    if (!row || !isTheirs) throw notFound('payment', id);
    return paymentView(row);
  }

  @Post('payments/:id/undo')
  @HttpCode(200)
  @Allow({ roles: ['finance'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Undo money that was recorded by hand for the wrong account',
    description:
      'What it paid is open again, then credit that it left is taken, then what such credit paid is open again; the payer is told. A deposit leaves the books as far as it is held, and invoices that the account’s deposit was used for are open again; what was paid out of it by hand is a loss until a person bills it. Record it anew where it belongs. Errors: 404, 409 `paymentUndone`, `paymentMovedOn` (refunded, or taken back), `paymentOfBankEntry` (undo the entry), `notRecordedByHand` (refund it).',
  })
  async undo(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { reason }: ReasonBody,
  ) {
    return paymentView(await this.undoing.undo(principal, id, reason));
  }

  @Get('attempts')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'Attempts to charge, newest first',
    description:
      'Including those that were declined or whose outcome is `unknown`: `nextLookUpAt` says when the gateway is asked again.',
  })
  async listAttempts(
    @CurrentPrincipal() principal: Principal,
    @Query() { accountId, invoiceId, state, ...page }: AttemptsQuery,
  ) {
    const filter = {
      ...accountFilter(principal, accountId),
      ...(invoiceId === undefined ? {} : { invoiceId }),
      ...(state === undefined ? {} : { state }),
    };
    return pageOf((await this.attempts.list(principal.tenantId, filter, page)).map(attemptView), page.limit);
  }

  @Get('attempts/undecided')
  @Allow({ roles: ['billing', 'finance', 'care', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'Attempts that a person has to decide',
    description:
      'The gateway was asked with growing pauses for days (14 questions, 60 for a pending debit) and could not tell. Until then the money is reserved and nothing else is charged for it.',
  })
  async undecided(@CurrentPrincipal() { tenantId }: Principal, @Query() page: UndecidedQuery) {
    return pageOf((await this.attempts.undecided(tenantId, page)).map(attemptView), page.limit);
  }

  @Post('attempts/:id/decide')
  @HttpCode(200)
  @Allow({ roles: ['billing', 'finance'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Say what became of an attempt of unknown outcome',
    description:
      "Look into the gateway's own books first. `paid` needs the gateway's id of the charge and books the payment; `notPaid` frees what was reserved. 409 `attemptDecided`.",
  })
  async decide(
    @CurrentPrincipal() principal: Principal,
    @Param() { id: attemptId }: IdParams,
    @Body() body: DecideAttempt,
  ) {
    const { outcome, gatewayId = null, reason } = body;
    const decision = { attemptId, paid: outcome === 'paid', gatewayId, reason };
    return attemptView(await this.decisions.decide(principal, decision));
  }

  @Post('payables/:id/auto-pay-consent')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing'], scope: 'payments:write', subscriber: true })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Agree to be charged more than the cap, for one invoice',
    description:
      '`id` is the invoice, `amount` (minor units) the most that may be charged for it. Auto-pay looks at it again in its next round. Errors: 404 invoice, 422 currency.',
  })
  async consent(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() body: AutoPayConsent,
  ) {
    return payableView(await this.autoPay.consent(principal, id, body.amount));
  }

  @Get('payables')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read', subscriber: true })
  @ApiOperation({
    summary: 'What invoices ask for',
    description:
      '`open` as invoicing last told; `owed` also counts money that is in but not applied yet. `open=true` leaves out what is paid.',
  })
  async listPayables(
    @CurrentPrincipal() principal: Principal,
    @Query() { accountId, open, ...page }: PayablesQuery,
  ) {
    const filter = { ...accountFilter(principal, accountId), open };
    return pageOf((await this.payables.list(principal.tenantId, filter, page)).map(payableView), page.limit);
  }
}
