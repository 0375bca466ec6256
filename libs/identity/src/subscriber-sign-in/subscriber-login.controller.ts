import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, idField, type Principal, reasonField } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { emailField, passwordField } from '../request-fields';
import { SubscriberLoginService } from './subscriber-login.service';

class CreateSubscriberLoginDto extends createZodDto(
  z.strictObject({ accountId: idField, email: emailField, password: passwordField }),
) {}
class DisableDto extends createZodDto(z.strictObject({ reason: reasonField })) {}

@ApiTags('identity')
@Controller('v1/identity/subscriber-logins')
export class SubscriberLoginController {
  constructor(private readonly logins: SubscriberLoginService) {}

  /** Not replayable: an idempotent POST keeps a quick hash of its body, and this body holds a password. */
  @Allow({ roles: ['care'], scope: 'identity:write' })
  @Post()
  @ApiOperation({
    summary: 'Open the portal to a subscriber',
    description:
      'The login sees one account only. 409 `emailTaken`, 422 for a password that is too weak. Takes no Idempotency-Key: the address is unique.',
  })
  create(@CurrentPrincipal() principal: Principal, @Body() body: CreateSubscriberLoginDto) {
    return this.logins.create(principal, body);
  }

  @Allow({ roles: ['care'], scope: 'identity:write' })
  @Post(':subscriberLoginId/disable')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Close the portal to a subscriber',
    description: 'Ends the sessions of the login.',
  })
  disable(
    @CurrentPrincipal() principal: Principal,
    @Param('subscriberLoginId') id: string,
    @Body() { reason }: DisableDto,
  ) {
    return this.logins.disable(principal, id, reason);
  }
}
