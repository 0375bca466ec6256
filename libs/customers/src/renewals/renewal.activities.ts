import { Injectable } from '@nestjs/common';
import type { FactBatch, PrepaidActivities } from '@tollkeeper/contracts';
import { LapseService } from './lapse.service';
import { PeriodsTakenBack } from './periods-taken-back.service';
import { RenewalRequestService } from './renewal-request.service';
import { RenewalsInGrace } from './renewals-in-grace.service';

type Input<Name extends keyof PrepaidActivities> = Parameters<PrepaidActivities[Name]>[0];

@Injectable()
export class RenewalActivities implements PrepaidActivities {
  constructor(
    private readonly lapses: LapseService,
    private readonly requests: RenewalRequestService,
    private readonly inGrace: RenewalsInGrace,
    private readonly takenBack: PeriodsTakenBack,
  ) {}

  closePaidPeriods({ tenantId, at, limit }: Input<'closePaidPeriods'>) {
    return this.lapses.closePeriods(tenantId, at, limit);
  }

  renewalStillDue(input: Input<'renewalStillDue'>) {
    return this.inGrace.stillDue(input);
  }

  receivePaymentChanged(batch: FactBatch<'paymentChanged'>): Promise<void> {
    return this.inGrace.receivePayments(batch);
  }

  receivePaymentReversed(batch: FactBatch<'paymentReversed'>): Promise<void> {
    return this.takenBack.receiveReversals(batch);
  }

  async loadRenewalRequest({ tenantId, requestId, at }: Input<'loadRenewalRequest'>) {
    return { renewal: await this.requests.load(tenantId, requestId, at) };
  }

  recordRenewalRequest(input: Input<'recordRenewalRequest'>) {
    return this.requests.record(input);
  }
}
