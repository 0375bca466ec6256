import { Body, Controller, Get, HttpCode, Ip, Post, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import { Allow, CurrentPrincipal, idField, type Principal, Public, staffRoles } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { LoginService } from './login.service';
import { emailField, passwordField } from '../request-fields';
import { RetryAfter } from './retry-after';

/** Sign-ins a minute and caller address, above all because hashing costs: guessing is stopped sooner, per account. */
export const signInLimit = { default: { ttl: 60_000, limit: 120 } };

class LoginDto extends createZodDto(
  z.strictObject({ tenantId: idField.optional(), email: emailField, password: passwordField }),
) {}

class ChangePasswordDto extends createZodDto(
  z.strictObject({
    tenantId: idField.optional(),
    email: emailField,
    currentPassword: passwordField,
    newPassword: passwordField,
  }),
) {}

class SubscriberLoginDto extends createZodDto(
  z.strictObject({ tenantId: idField, email: emailField, password: passwordField }),
) {}

const refreshTokenShape = z.strictObject({ refreshToken: z.string().min(1).max(200) });
class RefreshDto extends createZodDto(refreshTokenShape) {}

const sessionShape = {
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresInSeconds: z.number().int(),
};
class SessionDto extends createZodDto(z.object(sessionShape)) {}
class StaffSessionDto extends createZodDto(
  z.object({
    tenantId: z.string(),
    mustChangePassword: z.boolean(),
    accessToken: z.string().nullable(),
    refreshToken: z.string().nullable(),
    expiresInSeconds: z.number().int(),
  }),
) {}

@ApiTags('identity')
@Controller('v1/identity')
@UseInterceptors(RetryAfter)
export class LoginController {
  constructor(private readonly logins: LoginService) {}

  @Public()
  @Throttle(signInLimit)
  @Post('login')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in as staff',
    description:
      'Answers an access token (15 minutes) and a refresh token (30 days, good once). `tenantId` only says which user is meant, where one address works for several tenants. With `mustChangePassword` the tokens are null: POST /v1/identity/password first. 401 `signInRefused`; 429 `loginsPaused` with Retry-After after 10 failures.',
  })
  @ApiOkResponse({ type: StaffSessionDto })
  login(@Body() body: LoginDto, @Ip() address: string) {
    return this.logins.login({ ...body, address });
  }

  @Public()
  @Throttle(signInLimit)
  @Post('password')
  @HttpCode(200)
  @ApiOperation({
    summary: "Replace one's own password",
    description:
      'Proven by the present password, so it works for a one-time password too. At least 12 characters, not built on a common one, without your name. Ends all other sessions of the user and answers a new one. 422 names what is wrong with the new password.',
  })
  @ApiOkResponse({ type: StaffSessionDto })
  changePassword(@Body() { currentPassword, ...body }: ChangePasswordDto, @Ip() address: string) {
    return this.logins.changePassword({ ...body, password: currentPassword, address });
  }

  @Public()
  @Throttle(signInLimit)
  @Post('subscriber/login')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in as a subscriber',
    description: 'The access token opens the portal routes, for one account only. 401, 429 as for staff.',
  })
  @ApiOkResponse({ type: SessionDto })
  subscriberLogin(@Body() body: SubscriberLoginDto, @Ip() address: string) {
    return this.logins.subscriberLogin({ ...body, address });
  }

  @Public()
  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Get the next pair of tokens',
    description:
      'For staff and subscribers. A refresh token is good once; showing a used one ends the whole sign-in. 401 `signInRefused`.',
  })
  @ApiOkResponse({ type: SessionDto })
  refresh(@Body() { refreshToken }: RefreshDto) {
    return this.logins.refresh(refreshToken);
  }

  @Public()
  @Post('logout')
  @HttpCode(204)
  @ApiOperation({
    summary: 'End a sign-in',
    description:
      'Its refresh tokens stop working at once, its access token within 15 minutes. Unknown tokens get the same answer.',
  })
  async logout(@Body() { refreshToken }: RefreshDto): Promise<void> {
    await this.logins.logout(refreshToken);
  }

  @Allow({ roles: [...staffRoles], scope: 'identity:read', subscriber: true })
  @Get('me')
  @ApiOperation({
    summary: 'Who am I',
    description: 'What the credential says: tenant, kind, roles or scopes, account.',
  })
  me(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }
}
