import { Injectable } from '@nestjs/common';
import type { TopUpActivities as TopUpContract } from '@tollkeeper/contracts';
import { TopUpService } from './top-up.service';

@Injectable()
export class TopUpActivities implements TopUpContract {
  constructor(private readonly topUps: TopUpService) {}

  async chargeTopUp({ tenantId, topUpId, at }: Parameters<TopUpContract['chargeTopUp']>[0]) {
    return { state: await this.topUps.charge(tenantId, topUpId, at) };
  }
}
