import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  pageQuery,
  type Principal,
  reasonField,
  staffRoles,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { emailField, nameField } from '../request-fields';
import { UserService } from './user.service';

const rolesField = z
  .array(z.enum(staffRoles))
  .min(1)
  .max(staffRoles.length)
  .transform((roles) => [...new Set(roles)]);

class CreateUserDto extends createZodDto(
  z.strictObject({ email: emailField, name: nameField, roles: rolesField }),
) {}
class ChangeRolesDto extends createZodDto(z.strictObject({ roles: rolesField, reason: reasonField })) {}
class ReasonDto extends createZodDto(z.strictObject({ reason: reasonField })) {}
class PageDto extends createZodDto(pageQuery) {}

@ApiTags('identity')
@Controller('v1/identity/users')
export class UserController {
  constructor(private readonly users: UserService) {}

  /** Not replayable: the answer of an idempotent POST is stored, and a password is stored nowhere. */
  @Allow({ roles: ['admin'] })
  @Post()
  @ApiOperation({
    summary: 'Add a staff user',
    description:
      'Answers a one-time password, shown this once; in a live tenant it must be replaced at the first sign-in. 409 `emailTaken`. Takes no Idempotency-Key: the address is unique.',
  })
  create(@CurrentPrincipal() principal: Principal, @Body() body: CreateUserDto) {
    return this.users.create(principal, body);
  }

  @Allow({ roles: ['admin', 'auditor'] })
  @Get()
  @ApiOperation({
    summary: 'List staff users',
    description: 'Ordered by userId; `startingAfter` is the last userId of the page before.',
  })
  list(@CurrentPrincipal() { tenantId }: Principal, @Query() page: PageDto) {
    return this.users.list(tenantId, page);
  }

  @Allow({ roles: ['admin'] })
  @Put(':userId/roles')
  @ApiOperation({
    summary: 'Replace the roles of a user',
    description: "In force with the user's next access token, at most 15 minutes later. 409 `lastAdmin`.",
  })
  changeRoles(
    @CurrentPrincipal() principal: Principal,
    @Param('userId') userId: string,
    @Body() { roles, reason }: ChangeRolesDto,
  ) {
    return this.users.changeRoles(principal, userId, roles, reason);
  }

  @Allow({ roles: ['admin'] })
  @Post(':userId/disable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Disable a user', description: "Ends the user's sessions. 409 `lastAdmin`." })
  disable(
    @CurrentPrincipal() principal: Principal,
    @Param('userId') userId: string,
    @Body() { reason }: ReasonDto,
  ) {
    return this.users.setDisabled(principal, userId, true, reason);
  }

  @Allow({ roles: ['admin'] })
  @Post(':userId/enable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Enable a disabled user', description: 'The old password is good again.' })
  enable(
    @CurrentPrincipal() principal: Principal,
    @Param('userId') userId: string,
    @Body() { reason }: ReasonDto,
  ) {
    return this.users.setDisabled(principal, userId, false, reason);
  }

  @Allow({ roles: ['admin'] })
  @Post(':userId/reset-password')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give a user a new one-time password',
    description: "Shown this once. Ends the user's sessions.",
  })
  resetPassword(
    @CurrentPrincipal() principal: Principal,
    @Param('userId') userId: string,
    @Body() { reason }: ReasonDto,
  ) {
    return this.users.resetPassword(principal, userId, reason);
  }
}
