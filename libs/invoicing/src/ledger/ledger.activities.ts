import { Injectable } from '@nestjs/common';
import type {
  CollectionLedgerActivities,
  DepositLedgerActivities,
  FactBatch,
  LedgerActivities as Contract,
  SuspenseActivities,
} from '@tollkeeper/contracts';
import { DeviceDefaultService } from '../devices/device-default.service';
import { CollectionEntryService } from './collection-entry.service';
import { DepositService } from './deposit.service';
import { LedgerService } from './ledger.service';
import { PaymentService } from './payment.service';
import { RefundPromiseService } from './refund-promise.service';
import { RefundService } from './refund.service';
import { ReversalService } from './reversal.service';
import { SuspenseService } from './suspense.service';

@Injectable()
export class LedgerActivities
  implements Contract, DepositLedgerActivities, CollectionLedgerActivities, SuspenseActivities
{
  constructor(
    private readonly ledger: LedgerService,
    private readonly payments: PaymentService,
    private readonly refunds: RefundService,
    private readonly promises: RefundPromiseService,
    private readonly deposits: DepositService,
    private readonly reversals: ReversalService,
    private readonly collectionEntries: CollectionEntryService,
    private readonly suspense: SuspenseService,
    private readonly devices: DeviceDefaultService,
  ) {}

  postCollectionEntries({
    tenantId,
    at,
    entries,
  }: Parameters<CollectionLedgerActivities['postCollectionEntries']>[0]) {
    return this.collectionEntries.post(tenantId, at, entries);
  }

  accelerateDevicePlans({
    tenantId,
    accountId,
    at,
  }: Parameters<CollectionLedgerActivities['accelerateDevicePlans']>[0]) {
    return this.devices.accelerate(tenantId, accountId, at);
  }

  applyDeposit(input: Parameters<DepositLedgerActivities['applyDeposit']>[0]) {
    return this.deposits.apply(input);
  }

  async receivePaymentChanged(batch: FactBatch<'paymentChanged'>) {
    return this.payments.receivePayments(batch);
  }

  async receiveRefundMade(batch: FactBatch<'refundMade'>) {
    return this.refunds.receiveRefunds(batch);
  }

  async receiveSuspenseMoved(batch: FactBatch<'suspenseMoved'>) {
    return this.suspense.receive(batch);
  }

  async receivePaymentReversed(batch: FactBatch<'paymentReversed'>) {
    return this.reversals.receiveReversals(batch);
  }

  async customerCredit({ tenantId, accountId }: { tenantId: string; accountId: string }) {
    return this.ledger.customerCredit(tenantId, accountId);
  }

  async promiseRefund({ tenantId, at, ...wanted }: Parameters<Contract['promiseRefund']>[0]) {
    return this.promises.promise(tenantId, wanted, at);
  }

  async releaseRefund({ tenantId, key, at }: Parameters<Contract['releaseRefund']>[0]) {
    return this.promises.release(tenantId, key, at);
  }
}
