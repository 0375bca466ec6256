import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { IdentifierKind } from '@tollkeeper/contracts';

export interface Identifier {
  kind: IdentifierKind;
  value: string;
}

/** Which numbers and SIMs there are, and for whom they are kept. Every method runs inside the caller's transaction. */
@Injectable()
export class InventoryService {
  /** Keeps free numbers and SIMs for an order until an instant; the same order again only moves the instant. */
  async reserve(
    _tenantId: string,
    _orderId: string,
    _identifiers: Identifier[],
    _until: Instant,
    _at: Instant,
  ): Promise<void> {
    throw new Error('reservations are not built yet');
  }

  /** What the order has reserved and not been assigned is free again. */
  async release(_tenantId: string, _orderId: string, _at: Instant): Promise<void> {
    throw new Error('reservations are not built yet');
  }
}
