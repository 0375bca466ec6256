import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal, reasonField } from '@tollkeeper/platform';
import { amountField } from '../amount-field';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { noteView, planView as creditView } from '../corrections/credit-note-view';
import { DeviceCreditService, type DeviceCreditRequest } from './device-credit.service';
import { DeviceSettlementService } from './device-settlement.service';
import { planView } from './instalment-plan-view';

class PayOffRequest extends createZodDto(z.strictObject({ reason: reasonField })) {}
class AccelerationRequest extends createZodDto(
  z.strictObject({
    because: z.enum(['termination', 'default']).describe('As the contract allows it.'),
    reason: reasonField,
  }),
) {}
class CreditRequest extends createZodDto(
  z.strictObject({
    kind: z
      .enum(['priceReduction', 'return'])
      .describe('`return` takes all that is left of the price, unless `amount` keeps something for wear.'),
    amount: amountField.optional().describe('Before tax. Left out: all that is left.'),
    payOut: z.boolean().default(false).describe('What became account credit is paid back, with all of it.'),
    reason: reasonField,
  }),
) {}

const read = { roles: ['billing' as const, 'care' as const], scope: 'invoicing:read' as const };
const care = { roles: ['billing' as const, 'care' as const], scope: 'invoicing:write' as const };
const finance = { roles: ['billing' as const, 'finance' as const], scope: 'invoicing:write' as const };

/** What ends an instalment plan before its time; each is previewed by the function that does it. */
@ApiTags('invoicing')
@Controller('v1/invoicing/instalment-plans')
export class DeviceSettlementController {
  constructor(
    private readonly settlements: DeviceSettlementService,
    private readonly credits: DeviceCreditService,
  ) {}

  @Post(':planId/pay-off')
  @HttpCode(200)
  @Allow(care)
  @ApiOperation({
    summary: 'Pay off a device early',
    description:
      'All open instalments are one line of the account’s next bill, without tax. Asking again changes nothing. 409 `nothingOpen` where none is open.',
  })
  async payOff(
    @CurrentPrincipal() principal: Principal,
    @Param('planId') planId: string,
    @Body() { reason }: PayOffRequest,
  ) {
    return planView(await this.settlements.settle(principal, planId, 'payOff', reason));
  }

  @Post(':planId/pay-off/preview')
  @HttpCode(200)
  @Allow(read)
  @ApiOperation({
    summary: 'What paying off would ask for (`remaining`)',
    description: 'Nothing is written.',
  })
  async previewPayOff(@CurrentPrincipal() { tenantId }: Principal, @Param('planId') planId: string) {
    return planView(await this.settlements.preview(tenantId, planId, 'payOff'));
  }

  @Post(':planId/acceleration')
  @HttpCode(200)
  @Allow(finance)
  @ApiOperation({
    summary: 'Ask for all open instalments at once',
    description:
      'By the seller’s right, for default or at the end of the service; a plan sold with `onTermination: accelerate` does it by itself when its service ends. One line of the next bill, no new tax. 409 `nothingOpen` where none is open.',
  })
  async accelerate(
    @CurrentPrincipal() principal: Principal,
    @Param('planId') planId: string,
    @Body() { because, reason }: AccelerationRequest,
  ) {
    return planView(await this.settlements.settle(principal, planId, because, reason));
  }

  @Post(':planId/acceleration/preview')
  @HttpCode(200)
  @Allow(read)
  @ApiOperation({
    summary: 'What acceleration would ask for (`remaining`)',
    description: 'Nothing is written.',
  })
  async previewAcceleration(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param('planId') planId: string,
    @Body() { because }: AccelerationRequest,
  ) {
    return planView(await this.settlements.preview(tenantId, planId, because));
  }

  @Post(':planId/credit')
  @UseInterceptors(Idempotent)
  @Allow(finance)
  @ApiOperation({
    summary: 'Credit a delivered device, in part or with its return',
    description:
      'A credit note on the bill of the delivery, tax at its rate. Open instalments fall first, the last ones before the others; what is more has been billed and becomes account credit. 422 names what is left of the price; 409 `notCreditable` before the delivery is on a final bill (cancel the sale instead), `onDraft` while a draft asks for an instalment.',
  })
  async credit(
    @CurrentPrincipal() principal: Principal,
    @Param('planId') planId: string,
    @Body() body: CreditRequest,
  ) {
    const { note, plan } = await this.credits.issue(principal, planId, requestOf(body));
    return { creditNote: noteView(note, true), plan: planView(plan) };
  }

  @Post(':planId/credit/preview')
  @HttpCode(200)
  @Allow({ roles: ['billing', 'finance', 'care'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'What crediting the device would say', description: 'Nothing is written.' })
  async previewCredit(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param('planId') planId: string,
    @Body() body: CreditRequest,
  ) {
    const { credit, plan } = await this.credits.preview(tenantId, planId, requestOf(body));
    return creditView(credit, plan.currency);
  }
}

const requestOf = ({ kind, amount, payOut, reason }: CreditRequest): DeviceCreditRequest => ({
  kind,
  amount: amount ?? null,
  payOut,
  reason,
});
