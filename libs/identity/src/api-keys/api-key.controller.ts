import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import {
  Allow,
  CurrentPrincipal,
  pageQuery,
  type Principal,
  Public,
  reasonField,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { ApiKeyService } from './api-key.service';
import { signInLimit } from '../sign-in/login.controller';
import { nameField, scopeField } from '../request-fields';

class CreateApiKeyDto extends createZodDto(
  z.strictObject({ name: nameField, scopes: z.array(scopeField).min(1).max(32) }),
) {}
class RevokeApiKeyDto extends createZodDto(z.strictObject({ reason: reasonField })) {}
class ExchangeDto extends createZodDto(z.strictObject({ apiKey: z.string().min(1).max(200) })) {}
class PageDto extends createZodDto(pageQuery) {}

@ApiTags('identity')
@Controller('v1/identity')
export class ApiKeyController {
  constructor(private readonly keys: ApiKeyService) {}

  /** Not replayable: the answer of an idempotent POST is stored, and a key is stored nowhere. */
  @Allow({ roles: ['admin'] })
  @Post('api-keys')
  @ApiOperation({
    summary: 'Create an API key for an integrator',
    description:
      'The key (`tk_...`) is shown this once. `rating:write` implies `rating:read`. Takes no Idempotency-Key.',
  })
  create(@CurrentPrincipal() principal: Principal, @Body() { name, scopes }: CreateApiKeyDto) {
    return this.keys.create(principal, { name, scopes: [...new Set(scopes)] });
  }

  @Allow({ roles: ['admin', 'auditor'] })
  @Get('api-keys')
  @ApiOperation({
    summary: 'List API keys',
    description: 'Revoked ones too; never the keys themselves. `startingAfter` is the last apiKeyId.',
  })
  list(@CurrentPrincipal() { tenantId }: Principal, @Query() page: PageDto) {
    return this.keys.list(tenantId, page);
  }

  @Allow({ roles: ['admin'] })
  @Post('api-keys/:apiKeyId/revoke')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Revoke an API key',
    description: 'No new tokens at once; the last one ends within 15 minutes.',
  })
  revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('apiKeyId') apiKeyId: string,
    @Body() { reason }: RevokeApiKeyDto,
  ) {
    return this.keys.revoke(principal, apiKeyId, reason);
  }

  @Public()
  @Throttle(signInLimit)
  @Post('token')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Exchange an API key for an access token',
    description: 'Good for 15 minutes, with the scopes of the key. 401 `signInRefused`.',
  })
  exchange(@Body() { apiKey }: ExchangeDto) {
    return this.keys.exchange(apiKey);
  }
}
