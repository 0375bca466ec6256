import type { Instant } from '@tollkeeper/calendar';
import type { FactReceiver } from './facts';
import type { StorageRef } from './handover';
import type { ServiceActivities } from './services';

export type UsageType = 'voice' | 'sms' | 'data';

/** Where the usage happened and where it went, as the rate deck and allowances see it. */
export type Zone = string;

export type RoundingMode = 'halfUp' | 'halfEven' | 'up' | 'down';
export type RoundAt = 'record' | 'session' | 'day' | 'line';

/** Longest prefix wins. Data has no destination: its prefix is the serving network's country. */
export interface RateEntry {
  /** E.164 digits without +; for data a serving zone such as `zone:home`. */
  prefix: string;
  usageType: UsageType;
  /** `home`, `roaming-1` ...: the serving zone the entry is for. */
  servingZone: Zone;
  zone: Zone;
  description: string;
  connectFee: string;
  /** Decimal string, price of `perUnits` units (seconds, messages, bytes). */
  rate: string;
  perUnits: number;
  /** 60/1 voice = 60 and 1; data increments are in bytes. */
  initialIncrement: number;
  nextIncrement: number;
  roundAt: RoundAt;
  rounding: RoundingMode;
}

export interface ServingZoneEntry {
  /** MCC or MCC+MNC of the serving network. */
  network: string;
  servingZone: Zone;
}

export interface RateDeckVersion {
  deckId: string;
  version: number;
  currency: string;
  validFrom: Instant;
  servingZones: ServingZoneEntry[];
  /** Emergency and other numbers that are free and use no allowance, per serving country's MCC. */
  freeNumbers: string[];
}

export interface Allowance {
  allowanceId: string;
  name: string;
  usageType: UsageType;
  /** Destination or serving zones that the allowance covers. */
  zones: Zone[];
  /** Seconds, messages or bytes. */
  units: number;
  /** Lower goes first. */
  priority: number;
  /** One bucket for all members of a pool instead of one per subscription. */
  shared: boolean;
}

export interface RecurringCharge {
  chargeId: string;
  name: string;
  amountMinor: number;
  /** In advance: for the period that starts at the cut-off; in arrears: for the one that ends. */
  timing: 'inAdvance' | 'inArrears';
  /** `perPool` is charged once for a pool, on its first member. */
  per: 'subscription' | 'pool';
  prorate: boolean;
  taxCode: string;
  revenueCategory: RevenueCategory;
}

export type RevenueCategory = 'voice' | 'sms' | 'data' | 'recurring' | 'device' | 'fee';

/** An immutable, effective-dated version of a ProductOffering. */
export interface OfferingVersion {
  offeringId: string;
  version: number;
  name: string;
  currency: string;
  validFrom: Instant;
  deckId: string;
  recurringCharges: RecurringCharge[];
  allowances: Allowance[];
  usageTaxCode: string;
  /** Set for plans paid in advance: length of the paid period and what it costs. */
  paidInAdvance: { days: number; amountMinor: number } | null;
}

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

export interface CatalogActivities extends ServiceActivities, FactReceiver<'tenantChanged'> {
  loadPublication(input: { tenantId: string; publicationId: string }): Promise<Publication>;
  putInForce(input: { tenantId: string; publicationId: string; at: Instant }): Promise<void>;
}
