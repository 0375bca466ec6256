import { Injectable } from '@nestjs/common';
import type { FactBatch, LedgerActivities as Contract } from '@tollkeeper/contracts';
import { LedgerService } from './ledger.service';
import { PaymentService } from './payment.service';
import { RefundService } from './refund.service';

@Injectable()
export class LedgerActivities implements Contract {
  constructor(
    private readonly ledger: LedgerService,
    private readonly payments: PaymentService,
    private readonly refunds: RefundService,
  ) {}

  async receivePaymentChanged(batch: FactBatch<'paymentChanged'>) {
    return this.payments.receivePayments(batch);
  }

  async receiveRefundMade(batch: FactBatch<'refundMade'>) {
    return this.refunds.receiveRefunds(batch);
  }

  async customerCredit({ tenantId, accountId }: { tenantId: string; accountId: string }) {
    return this.ledger.customerCredit(tenantId, accountId);
  }
}
