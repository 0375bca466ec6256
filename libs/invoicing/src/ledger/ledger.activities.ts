import { Injectable } from '@nestjs/common';
import type { FactBatch, LedgerActivities as Contract } from '@tollkeeper/contracts';
import { LedgerService } from './ledger.service';
import { PaymentService } from './payment.service';

@Injectable()
export class LedgerActivities implements Contract {
  constructor(
    private readonly ledger: LedgerService,
    private readonly payments: PaymentService,
  ) {}

  async receivePaymentChanged(batch: FactBatch<'paymentChanged'>) {
    return this.payments.receivePayments(batch);
  }

  async receiveRefundMade(batch: FactBatch<'refundMade'>) {
    return this.payments.receiveRefunds(batch);
  }

  async customerCredit({ tenantId, accountId }: { tenantId: string; accountId: string }) {
    return this.ledger.customerCredit(tenantId, accountId);
  }
}
