import type { Instant } from '@tollkeeper/calendar';
import type { FactReceiver } from './facts';
import type { StorageRef } from './handover';
import type { OfferingVersion } from './offering';
import type { RateDeckVersion } from './rate-deck';
import type { ServiceActivities } from './services';

export type Publication =
  | { kind: 'offering'; offering: OfferingVersion }
  | { kind: 'deck'; deck: RateDeckVersion; entries: StorageRef };

export interface ReceivePublicationInput {
  tenantId: string;
  publicationId: string;
  publication: Publication;
}

/** Rating, invoicing and customers acknowledge a version before it is in force. */
export interface PublicationReceiver {
  receivePublication(input: ReceivePublicationInput): Promise<void>;
}

/** Until when an offering is sold; who has it keeps it. */
export interface OfferingSalesFact {
  offeringId: string;
  revision: number;
  /** `null`: no end. */
  salesEndAt: Instant | null;
}

/** A published version that was called off before its `validFrom`, once all had acknowledged it. */
export interface WithdrawnVersionFact {
  offeringId: string;
  version: number;
}

export interface CatalogActivities
  extends ServiceActivities, FactReceiver<'tenantChanged' | 'accountChanged'> {
  loadPublication(input: { tenantId: string; publicationId: string }): Promise<Publication>;
  putInForce(input: { tenantId: string; publicationId: string; at: Instant }): Promise<void>;
}
