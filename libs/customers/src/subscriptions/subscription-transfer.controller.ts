import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  AuditLog,
  BusinessClock,
  CurrentPrincipal,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { MoveSubscription } from '../accounts/account-terms-requests';
import { SubscriptionParams } from '../customers-requests';
import { SubscriptionView, subscriptionView } from '../customers-views';
import { SubscriptionParties } from './subscription-parties.service';

@ApiTags('customers')
@Controller('v1/customers/subscriptions')
export class SubscriptionTransferController {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly parties: SubscriptionParties,
  ) {}

  @Post(':subscriptionId/transfer')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Give a subscription to another account, now',
    description:
      'With its numbers and SIM. Usage and charges until now are on the bill of the old payer, from now on on that of the new one. It leaves its pool. 409 `notLive`, `heldSince`; 422 for another currency, a cycle in another zone, or an invoiced plan and no cycle.',
  })
  @ApiOkResponse({ type: SubscriptionView })
  async transfer(
    @CurrentPrincipal() principal: Principal,
    @Param() { subscriptionId }: SubscriptionParams,
    @Body() { toAccountId, reason }: MoveSubscription,
  ) {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const row = await this.db.transaction(async () => {
      const moved = await this.parties.move(tenantId, { subscriptionId, toAccountId, at, reason });
      await this.audit.record(principal, {
        at,
        what: 'transferSubscription',
        entity: subscriptionId,
        after: { toAccountId },
        reason,
      });
      return moved;
    });
    return subscriptionView(row);
  }
}
