import { Injectable } from '@nestjs/common';
import type { PaymentsActivities as PaymentsContract, PaymentsBulkActivities } from '@tollkeeper/contracts';
import { pendingOutbox, ServiceDatabase } from '@tollkeeper/platform';
import { DunningService } from './dunning/dunning.service';
import { PayableService } from './payables/payable.service';
import { PayNowService } from './pay-now/pay-now.service';
import { ProfileService } from './payers/profile.service';
import { ReceivablesService } from './payables/receivables.service';
import { RefundService } from './refunds/refund.service';
import { RenewalChargingService } from './renewals/renewal-charging.service';

type Input<Name extends keyof PaymentsContract> = Parameters<PaymentsContract[Name]>[0];
type BulkInput<Name extends keyof PaymentsBulkActivities> = Parameters<PaymentsBulkActivities[Name]>[0];

@Injectable()
export class PaymentsActivities implements PaymentsContract, PaymentsBulkActivities {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly renewals: RenewalChargingService,
    private readonly payNow: PayNowService,
    private readonly receivables: ReceivablesService,
    private readonly dunning: DunningService,
    private readonly payables: PayableService,
    private readonly profiles: ProfileService,
    private readonly refunds: RefundService,
  ) {}

  workReceivables({ tenantId, at, limit }: BulkInput<'workReceivables'>) {
    return this.receivables.work(tenantId, at, limit);
  }

  async chargeAccount({ tenantId, accountId, requestId, at }: BulkInput<'chargeAccount'>) {
    return { state: await this.payNow.charge(tenantId, accountId, requestId, at) };
  }

  async chargeRenewals({
    tenantId,
    at,
    attempt,
    requestId,
    ordered,
    onlyReport,
    renewals,
  }: BulkInput<'chargeRenewals'>) {
    const asked = { attempt, requestId, ordered, onlyReport };
    return { outcomes: await this.renewals.chargeRenewals(tenantId, at, asked, renewals) };
  }

  loadCollection({ tenantId, caseId, at }: Input<'loadCollection'>) {
    return this.dunning.loadCollection(tenantId, caseId, at);
  }

  async scheduleSteps({ tenantId, caseId, policy, oldestDueOn }: Input<'scheduleSteps'>) {
    return { steps: await this.dunning.scheduleSteps(tenantId, caseId, policy, oldestDueOn) };
  }

  async retryCollection({ tenantId, caseId, levelId, at }: Input<'retryCollection'>) {
    return { state: await this.dunning.retry(tenantId, caseId, levelId, at) };
  }

  requestDunningMessage({ tenantId, caseId, levelId, at, ...wanted }: Input<'requestDunningMessage'>) {
    return this.dunning.requestMessage(tenantId, caseId, levelId, wanted, at);
  }

  recordStep({ tenantId, caseId, levelId, what, at, restricted }: Input<'recordStep'>) {
    return this.dunning.recordStep(tenantId, caseId, { levelId, what, at }, restricted);
  }

  closeCollection({ tenantId, caseId, outcome, at }: Input<'closeCollection'>) {
    return this.dunning.close(tenantId, caseId, outcome, at);
  }

  receiveTenantChanged({ tenantId, at, facts }: Input<'receiveTenantChanged'>) {
    return this.profiles.receiveTenants(tenantId, at, facts);
  }

  receiveAccountChanged({ tenantId, at, facts }: Input<'receiveAccountChanged'>) {
    return this.profiles.receiveAccounts(tenantId, at, facts);
  }

  receivePayableChanged({ tenantId, at, facts }: Input<'receivePayableChanged'>) {
    return this.payables.receive(tenantId, at, facts);
  }

  receivePeriodUnused({ tenantId, at, facts }: Input<'receivePeriodUnused'>) {
    return this.refunds.receiveUnused(tenantId, at, facts);
  }

  /** Webhook events need no count: each is recorded in the transaction of its effect. */
  pendingWork({ tenantId }: Input<'pendingWork'>) {
    return pendingOutbox(this.database, tenantId);
  }
}
