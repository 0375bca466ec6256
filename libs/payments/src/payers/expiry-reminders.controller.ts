import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, reasonField } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { ExpiryReminders } from './expiry-reminders.service';

class PutExpiryReminders extends createZodDto(
  z.strictObject({ daysBefore: z.number().int().min(1).max(120), reason: reasonField }),
) {}

@ApiTags('payments')
@Controller('v1/payments/expiry-reminders')
export class ExpiryReminderController {
  constructor(private readonly reminders: ExpiryReminders) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'How long before their card expires payers hear of it',
    description: '30 days unless changed.',
  })
  async get(@CurrentPrincipal() { tenantId }: Principal) {
    return this.reminders.setting(tenantId);
  }

  @Put()
  @Allow({ roles: ['billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Change how long before their card expires payers hear of it',
    description:
      '`daysBefore`: days (1 to 120) before the first day on which the card no longer holds; a card of 2026-03 holds until March 31. Once for each expiry date, for the default and the back-up method. Looked at in the next daily round: who would have heard before hears then, who has heard hears nothing more.',
  })
  async put(@CurrentPrincipal() principal: Principal, @Body() { daysBefore, reason }: PutExpiryReminders) {
    return this.reminders.change(principal, daysBefore, reason);
  }
}
