import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, pageOf, type Principal } from '@tollkeeper/platform';
import { accountOf } from '../own-account';
import { MethodSetups } from './method-setup.service';
import { PaymentMethodService } from './payment-method.service';
import { AddMethod, BeginMethodSetup, MethodsQuery } from './payment-method-requests';
import { IdParams } from '../payments-requests';
import { methodView } from '../payments-views';

@ApiTags('payments')
@Controller('v1/payments/methods')
export class PaymentMethodController {
  constructor(
    private readonly methods: PaymentMethodService,
    private readonly setups: MethodSetups,
  ) {}

  @Post('setups')
  @Allow({ roles: ['care', 'billing'], scope: 'payments:write', subscriber: true })
  @ApiOperation({
    summary: "Begin a setup for the gateway's own fields",
    description:
      'For gateways at which a payer agrees to later charges in their own fields (Stripe: a SetupIntent, off-session). `clientSecret` opens the fields and is told here only; what they give goes to POST /v1/payments/methods as `token`, with this `setupId`. A debit takes reference and day of its mandate from there. No Idempotency-Key, which would keep the secret: a repeat is another setup. Errors: 404 account, 422 a gateway without keys, or one whose fields need no setup.',
  })
  async beginSetup(@CurrentPrincipal() principal: Principal, @Body() body: BeginMethodSetup) {
    const { gateway, kind } = body;
    const accountId = accountOf(principal, body.accountId);
    return { gateway, ...(await this.setups.begin(principal.tenantId, { accountId, gateway, kind })) };
  }

  @Post()
  @Allow({ roles: ['care', 'billing'], scope: 'payments:write', subscriber: true })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Add a card by its token',
    description:
      'The token comes from the hosted fields of the gateway; card numbers are refused. `makeDefault` makes it the card that is charged, `autoPay` charges invoices on their due date. A `sepaDebit` needs its `mandate`: bills that auto-pay will debit are announced by mail (`preNoticeDays`, 14 unless agreed shorter), handed in a TARGET day before and collected on a TARGET day; a mandate lapses 36 months after its last collection (EPC Core Rulebook 4.1, 4.3). An `achDebit` is announced ten days before when its amount changed, unless it lies in `authorisation.range` (minor units); what came back as R01 or R09 is sent again at most twice in 180 days (Nacha 2.13.4). The first card of an account is its default. Subscribers leave `accountId` out. Where the gateway keeps the mandate (Stripe), a debit names its `setupId`: reference and day come from there, and must not differ. A mandate that ended is taken again only under a new reference. Errors: 404 account, 409 `methodRefused`, `mandateEnded`, `setupNotFinished`, `mandateNotInForce`, 422 unknown token or setup, or a kind that the token is not.',
  })
  async add(@CurrentPrincipal() principal: Principal, @Body() body: AddMethod) {
    return methodView(
      await this.methods.add(principal, { ...body, accountId: accountOf(principal, body.accountId) }),
    );
  }

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read', subscriber: true })
  @ApiOperation({
    summary: "An account's cards",
    description: 'Without their tokens. `accountId` is required of staff.',
  })
  async list(@CurrentPrincipal() principal: Principal, @Query() { accountId, ...page }: MethodsQuery) {
    const rows = await this.methods.list(principal.tenantId, accountOf(principal, accountId), page);
    return pageOf(rows.map(methodView), page.limit);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow({ roles: ['care', 'billing'], scope: 'payments:write', subscriber: true })
  @ApiOperation({
    summary: 'Remove a card',
    description: 'If it was the default, auto-pay of the account ends with it.',
  })
  async remove(@CurrentPrincipal() principal: Principal, @Param() { id }: IdParams): Promise<void> {
    await this.methods.remove(principal, id);
  }
}
