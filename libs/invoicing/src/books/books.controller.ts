import { Body, Controller, Get, HttpCode, Post, Put, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  BusinessClock,
  CurrentPrincipal,
  Idempotent,
  localDateField,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { BooksService } from './books.service';

class SettingsRequest extends createZodDto(
  z.strictObject({ closing: z.enum(['monthly', 'daily']), reason: reasonField }),
) {}
class ThroughRequest extends createZodDto(
  z.strictObject({
    throughOn: localDateField.describe("The last day to close, in the operator's zone; it must be over."),
    reason: reasonField,
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/books')
export class BooksController {
  constructor(
    private readonly books: BooksService,
    private readonly clock: BusinessClock,
  ) {}

  @Get()
  @Allow({ roles: ['finance', 'billing', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: 'How far the books are closed',
    description:
      "Days as dates in the operator's zone. `closedThrough` takes no posting any more; `postedThrough` is recognised and exported too. `monthly`: on the 1st, 04:00, all days of the month before; `daily`: at 04:00 the day before.",
  })
  async state(@CurrentPrincipal() { tenantId }: Principal) {
    const { closing, closedThrough, postedThrough, closedAt, wantedThrough, nextCloseAt } =
      await this.books.state(tenantId, await this.clock.now(tenantId));
    return { closing, closedThrough, postedThrough, closedAt, wantedThrough, nextCloseAt };
  }

  @Put('settings')
  @Allow({ roles: ['finance'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Close days monthly or daily',
    description:
      'Daily closing wakes the books every day, in a sandbox too. Days that are closed stay closed.',
  })
  async settings(@CurrentPrincipal() principal: Principal, @Body() { closing, reason }: SettingsRequest) {
    await this.books.setRhythm(principal, await this.clock.now(principal.tenantId), closing, reason);
    return { closing };
  }

  @Post('recognise-through')
  @HttpCode(202)
  @Allow({ roles: ['finance'], scope: 'invoicing:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Close days now: recognise what they earned and write their journal',
    description:
      '422 for a day that is not over, 409 `alreadyClosed`. A closed day cannot be opened again: what comes late is posted on the first open day, with a note.',
  })
  async recogniseThrough(
    @CurrentPrincipal() principal: Principal,
    @Body() { throughOn, reason }: ThroughRequest,
  ) {
    await this.books.recogniseThrough(principal, await this.clock.now(principal.tenantId), throughOn, reason);
    return { throughOn };
  }
}
