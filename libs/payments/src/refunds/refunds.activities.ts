import { Injectable } from '@nestjs/common';
import type { RefundsActivities as RefundsContract, RefundsBulkActivities } from '@tollkeeper/contracts';
import { RefundSending } from './refund-sending.service';
import { RefundService } from './refund.service';

type Input<Name extends keyof RefundsContract> = Parameters<RefundsContract[Name]>[0];

@Injectable()
export class RefundsActivities implements RefundsContract, RefundsBulkActivities {
  constructor(
    private readonly refunds: RefundService,
    private readonly sending: RefundSending,
  ) {}

  async refundCredit({ tenantId, accountId, key, at }: Input<'refundCredit'>) {
    return { requestKey: await this.refunds.refundCredit(tenantId, accountId, key, at) };
  }

  async creditRefundWait({ tenantId, accountId, requestKey, at }: Input<'creditRefundWait'>) {
    return { waitUntil: await this.refunds.creditRefundWait(tenantId, accountId, requestKey, at) };
  }

  openCreditRefund({ tenantId, at, ...wanted }: Input<'openCreditRefund'>) {
    return this.refunds.openCreditRefund(tenantId, wanted, at);
  }

  openPromisedRefund({ tenantId, at, ...wanted }: Input<'openPromisedRefund'>) {
    return this.refunds.openPromisedRefund(tenantId, wanted, at);
  }

  sendRefunds({ tenantId, requestKey, at }: Parameters<RefundsBulkActivities['sendRefunds']>[0]) {
    return this.sending.send(tenantId, requestKey, at);
  }
}
