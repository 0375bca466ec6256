import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, idField, pageQuery, type Principal } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { messageStates } from './message.schema';
import { MessageService } from './message.service';

class ListMessagesDto extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    state: z.enum(messageStates).optional(),
    template: idField.optional(),
  }),
) {}

@ApiTags('notifications')
@Controller('v1/notifications')
export class MessageController {
  constructor(private readonly messages: MessageService) {}

  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'notifications:read' })
  @Get('messages')
  @ApiOperation({
    summary: 'List messages',
    description:
      'Newest first; `startingAfter` is the last key. `state`: queued, sending, sent, deferred (see `nextAt`), failed (see `failure`), suppressed (the address was unreachable before).',
  })
  list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { limit, startingAfter, ...filter }: ListMessagesDto,
  ) {
    return this.messages.list(tenantId, filter, { startingAfter, limit });
  }

  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'notifications:read' })
  @Get('messages/:key')
  @ApiOperation({ summary: 'One message', description: 'Keys contain slashes: send them URL-encoded.' })
  one(@CurrentPrincipal() { tenantId }: Principal, @Param('key') key: string) {
    return this.messages.one(tenantId, key);
  }

  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'notifications:read' })
  @Get('summary')
  @ApiOperation({
    summary: 'How many messages of each template are in each state',
    description: '`repeats` counts second hand-overs of one message, always with the same Message-ID.',
  })
  summary(@CurrentPrincipal() { tenantId }: Principal) {
    return this.messages.summary(tenantId);
  }
}
