import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, reasonField } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { PaymentPageService } from './payment-page.service';

class PutPaymentPage extends createZodDto(
  z.strictObject({
    url: z.string().min(1).max(2_000).nullable(),
    payLinks: z.boolean().default(false),
    linkDays: z.number().int().min(1).max(90).default(30),
    reason: reasonField,
  }),
) {}

@ApiTags('notifications')
@Controller('v1/notifications/payment-page')
export class PaymentPageController {
  constructor(private readonly pages: PaymentPageService) {}

  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'notifications:read' })
  @Get()
  @ApiOperation({
    summary: 'Where mails send customers to pay',
    description: '`url` null: mails have no button.',
  })
  get(@CurrentPrincipal() { tenantId }: Principal) {
    return this.pages.show(tenantId);
  }

  @Allow({ roles: ['billing', 'finance'], scope: 'notifications:write' })
  @Put()
  @ApiOperation({
    summary: 'Say where your customers pay',
    description:
      '`url`: an https address of yours. Bills, reminders, failed payments and news of bars then carry a button that leads there. With `payLinks` it has `?payLink=` with a token for GET and POST /v1/payments/links/{token}: it pays that bill, or all that is overdue, once, without signing in, for `linkDays` days (1 to 90, 30 where it is left out) from the day of the message. Links that are on their way stay good when this changes. Errors: 409 `payLinksNotSetUp`: no PAY_LINK_KEYS; 422 an address that customers cannot be sent to, links without an address.',
  })
  put(@CurrentPrincipal() principal: Principal, @Body() { reason, ...wanted }: PutPaymentPage) {
    return this.pages.put(principal, wanted, reason);
  }
}
