import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, pageOf, type Principal } from '@tollkeeper/platform';
import { accountOf } from '../own-account';
import { PaymentMethodService } from './payment-method.service';
import { AddMethod, IdParams, MethodsQuery } from '../payments-requests';
import { methodView } from '../payments-views';

@ApiTags('payments')
@Controller('v1/payments/methods')
export class PaymentMethodController {
  constructor(private readonly methods: PaymentMethodService) {}

  @Post()
  @Allow({ roles: ['care', 'billing'], scope: 'payments:write', subscriber: true })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Add a card by its token',
    description:
      'The token comes from the hosted fields of the gateway; card numbers are refused. `makeDefault` makes it the card that is charged, `autoPay` charges invoices on their due date. A `sepaDebit` needs its `mandate`: bills that auto-pay will debit are announced by mail (`preNoticeDays`, 14 unless agreed shorter), handed in a TARGET day before and collected on a TARGET day; a mandate lapses 36 months after its last collection (EPC Core Rulebook 4.1, 4.3). An `achDebit` is announced ten days before when its amount changed, unless it lies in `authorisation.range` (minor units); what came back as R01 or R09 is sent again at most twice in 180 days (Nacha 2.13.4). The first card of an account is its default. Subscribers leave `accountId` out. Errors: 404 account, 409 `methodRefused`, 422 unknown token.',
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
