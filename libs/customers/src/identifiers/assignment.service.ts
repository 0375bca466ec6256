import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { IdentifierKind } from '@tollkeeper/contracts';
import type { Identifier } from './inventory.service';

/** What an identifier becomes when its use ends: kept from everyone for the tenant's days, free at once, or gone. */
export type AfterUse = 'ageing' | 'available' | 'portedOut';

export interface WantedAssignment {
  subscriptionId: string;
  accountId: string;
  /** A SIM's IMSI follows its ICCID by itself when the inventory knows the pair. */
  identifiers: (Identifier & { portedIn?: boolean })[];
  from: Instant;
  /** Whose reservation it uses. */
  orderId?: string;
}

export interface WantedReplacement {
  subscriptionId: string;
  kind: IdentifierKind;
  value: string;
  at: Instant;
  oldBecomes: AfterUse;
  orderId?: string;
  portedIn?: boolean;
}

/**
 * Who has which identifier from when to when. Every method runs inside the caller's transaction, and one that was
 * done already does nothing. Refused with a Problem (422 with fields, or 409).
 */
@Injectable()
export class AssignmentService {
  /** `at` is now; `from` may lie before or after it. */
  async assign(_tenantId: string, _wanted: WantedAssignment, _at: Instant): Promise<void> {
    throw new Error('assignments are not built yet');
  }

  /** A number change or a SIM swap: the subscription's identifier of that kind ends when the new one begins. */
  async replace(_tenantId: string, _wanted: WantedReplacement): Promise<void> {
    throw new Error('assignments are not built yet');
  }

  /** All identifiers of a subscription, at an instant before or after now. */
  async end(
    _tenantId: string,
    _wanted: { subscriptionId: string; at: Instant; oldBecomes: AfterUse },
  ): Promise<void> {
    throw new Error('assignments are not built yet');
  }

  /** The subscription keeps its identifiers; from that instant on they are another account's. */
  async transfer(
    _tenantId: string,
    _wanted: { subscriptionId: string; toAccountId: string; at: Instant },
  ): Promise<void> {
    throw new Error('assignments are not built yet');
  }
}
