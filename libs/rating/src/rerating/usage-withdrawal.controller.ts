import { Body, Controller, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import {
  Allow,
  BusinessClock,
  CurrentPrincipal,
  Idempotent,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import { UsageWithdrawalService } from './usage-withdrawal.service';

const mostNamed = 200;

class WithdrawalBody extends createZodDto(
  z.strictObject({
    recordIds: z
      .array(z.string().min(1).max(128))
      .min(1)
      .max(mostNamed)
      .refine((ids) => new Set(ids).size === ids.length, 'names a record twice'),
    reason: reasonField,
  }),
) {}

@ApiTags('rating')
@Controller('v1/rating/usage-withdrawals')
export class UsageWithdrawalController {
  constructor(
    private readonly withdrawals: UsageWithdrawalService,
    private readonly clock: BusinessClock,
  ) {}

  @Post()
  @UseInterceptors(Idempotent)
  @Allow({ roles: ['billing'], scope: 'rating:write' })
  @ApiOperation({
    summary: 'Take back usage records that the network reversed, by their ids',
    description:
      'Up to 200 `recordIds` of usage files. Each record stays, with a quantity of 0 and `withdrawn`: its id stays taken, its ' +
      'allowances and included money are free again, and later records of the period are priced as if it had not been. ' +
      'An open period holds the new amounts; of a billed one each difference is a line `Correction of ...` in the next open ' +
      'period. `differenceMicro` (10^-6 of the major unit) is what all of it changes; below 0 is given back. The same ids again ' +
      'change nothing (`already`). 422 names a record that is not here, or a part of a session or of a call: nothing is ' +
      'written then. 409 `unratable`: another record of the period has no price any more. What is right but has another size is withdrawn and sent again under an id of its own.',
  })
  async withdraw(@CurrentPrincipal() principal: Principal, @Body() { recordIds, reason }: WithdrawalBody) {
    const at = await this.clock.now(principal.tenantId);
    return this.withdrawals.withdraw(principal, { recordIds, reason, at });
  }
}
