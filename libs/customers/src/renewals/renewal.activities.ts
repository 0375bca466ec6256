import { Injectable } from '@nestjs/common';
import type { PrepaidActivities } from '@tollkeeper/contracts';
import { LapseService } from './lapse.service';
import { RenewalRequestService } from './renewal-request.service';

type Input<Name extends keyof PrepaidActivities> = Parameters<PrepaidActivities[Name]>[0];

@Injectable()
export class RenewalActivities implements PrepaidActivities {
  constructor(
    private readonly lapses: LapseService,
    private readonly requests: RenewalRequestService,
  ) {}

  closePaidPeriods({ tenantId, at, limit }: Input<'closePaidPeriods'>) {
    return this.lapses.closePeriods(tenantId, at, limit);
  }

  async loadRenewalRequest({ tenantId, requestId, at }: Input<'loadRenewalRequest'>) {
    return { renewal: await this.requests.load(tenantId, requestId, at) };
  }

  recordRenewalRequest(input: Input<'recordRenewalRequest'>) {
    return this.requests.record(input);
  }
}
