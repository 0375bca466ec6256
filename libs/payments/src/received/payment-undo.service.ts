import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  BusinessClock,
  conflict,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { hasMovedOn } from '../domain/payment-states';
import { ReversalService } from '../reversals/reversal.service';
import { PaymentRepository } from './payment.repository';
import type { PaymentRow } from './payment.schema';

const byHand: readonly string[] = ['bank', 'cash', 'cheque', 'agent'];

/** Money that a person or a statement put to the wrong account is taken from there, as if the payer had taken it back. */
@Injectable()
export class PaymentUndo {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly payments: PaymentRepository,
    private readonly reversals: ReversalService,
  ) {}

  /** Of money recorded by hand; it is recorded anew where it belongs. */
  async undo(principal: Principal, paymentId: string, reason: string): Promise<PaymentRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const before = await this.payments.one(tenantId, paymentId);
      if (!before) throw notFound('payment', paymentId);
      refuseWhatIsNotByHand(before);
      await this.takeBack(tenantId, at, [before]);
      const after = (await this.payments.one(tenantId, paymentId)) ?? before;
      await this.audit.record(principal, {
        ...{ at, what: 'undoPayment', entity: paymentId, reason },
        before: { state: before.state, accountId: before.accountId, amountMinor: before.amountMinor },
        after: { state: after.state },
      });
      return after;
    });
  }

  /** In the transaction that has read them. */
  async takeBack(tenantId: string, at: Instant, payments: readonly PaymentRow[]): Promise<void> {
    for (const payment of payments) {
      const { _id, state, amountMinor } = payment;
      if (state === 'undone') throw conflict('paymentUndone', `Payment ${_id} was undone already.`);
      if (hasMovedOn(payment))
        throw conflict(
          'paymentMovedOn',
          `Of payment ${_id} money has gone back already; it is ${state}.`,
          'Move what is left of it by a posting of your own.',
        );
      const returnId = `${_id}.undone`;
      const event = {
        kind: 'undone',
        gatewayId: _id,
        returnId,
        amountMinor,
        reason: 'wrongAccount',
      } as const;
      await this.reversals.takeBack(tenantId, at, payment, event);
    }
  }
}

function refuseWhatIsNotByHand({ _id, bankEntryId, gateway }: PaymentRow): void {
  if (bankEntryId !== undefined)
    throw conflict(
      'paymentOfBankEntry',
      `Payment ${_id} came by bank entry ${bankEntryId}.`,
      `Undo it there: POST /v1/payments/bank-entries/${bankEntryId}/undo.`,
    );
  if (!byHand.includes(gateway))
    throw conflict(
      'notRecordedByHand',
      `Payment ${_id} came through ${gateway}: it is the payer's own.`,
      'Refund it.',
    );
}
