import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import type { GatewayEvent } from '../gateway/payment-gateway';
import { PaymentMethodRepository } from './payment-method.repository';
import type { PaymentMethodRow } from './payment-method.schema';
import { SameCards } from './same-cards.service';

export type MethodEvent = Extract<GatewayEvent, { kind: 'methodUpdated' | 'mandateEnded' }>;

/** What gateways tell unasked of methods: in the transaction that keeps the event. */
@Injectable()
export class MethodNews {
  constructor(
    private readonly methods: PaymentMethodRepository,
    private readonly same: SameCards,
  ) {}

  async hear(tenantId: string, at: Instant, gateway: string, event: MethodEvent): Promise<void> {
    const named = await this.methods.withToken(tenantId, gateway, event.token);
    if (event.kind === 'mandateEnded') {
      for (const method of named) if (isMeant(method, event)) await this.end(tenantId, at, method);
      return;
    }
    await this.methods.renewCard(tenantId, gateway, event);
    for (const accountId of new Set(named.map((method) => method.accountId)))
      await this.same.relate(tenantId, accountId);
  }

  /** A debit that is planned is dropped when its day comes: its mandate holds no more then. */
  private async end(tenantId: string, at: Instant, { _id, kind }: PaymentMethodRow): Promise<void> {
    const on = localDateOf(at, 'UTC');
    if (kind === 'sepaDebit') await this.methods.endMandate(tenantId, _id, on);
    else await this.methods.endAuthorisation(tenantId, _id, on);
  }
}

/** A payer may have given another mandate since: the end of the one before is none of its. */
function isMeant(
  { kind, mandate, gatewayMandateId }: PaymentMethodRow,
  { gatewayMandateId: ended, reference }: Extract<MethodEvent, { kind: 'mandateEnded' }>,
): boolean {
  if (kind !== 'sepaDebit' && kind !== 'achDebit') return false;
  if (gatewayMandateId) return gatewayMandateId === ended;
  return reference === null || mandate === undefined || mandate.mandateId === reference;
}
