import type { RoundAt, RoundingMode, UsageType, Zone } from './rate-deck';

/** Prices the units behind `from` (counted from the start of the call), in whole steps of `increment`. */
export interface PriceStep {
  from: number;
  rate: string;
  perUnits: number;
  increment: number;
}

/** Holds the units up to `upTo` (included) that are behind the tier before; the last tier prices on, also past an end of its own. */
export interface PriceTier {
  upTo: number | null;
  rate: string;
  perUnits: number;
  /** Due once, when the tier is reached. */
  flat?: string;
  /** Started blocks of so many units count inside this tier. Left out: by the unit. */
  block?: number;
}

/** Holds amounts (of the money that a record carries) up to `upTo`, decimal strings. */
export interface PercentTier {
  upTo: string | null;
  percent: string;
  flat?: string;
}

/**
 * How a quantity becomes an amount. `steps` prices each call by itself; `graduated`, `volume` and `package` price the
 * quantity summed over the price's `roundAt`; the percentages price the money that the record carries.
 */
export type ChargeModel =
  | { model: 'perUnit'; rate: string; perUnits: number }
  | { model: 'steps'; steps: PriceStep[] }
  /** `counts: full`: a package that is not full costs nothing yet. Left out: started ones count. */
  | { model: 'package'; size: number; amount: string; freeUnits?: number; counts?: 'started' | 'full' }
  | { model: 'graduated'; tiers: PriceTier[] }
  | { model: 'volume'; tiers: PriceTier[] }
  | {
      model: 'percentage';
      percent: string;
      fixed?: string;
      /** The first n events of the period are free, and events until this much money in sum; with both, until the first ends. */
      freeEvents?: number;
      freeAmount?: string;
      minPerEvent?: string;
      maxPerEvent?: string;
    }
  | { model: 'graduatedPercentage'; tiers: PercentTier[] }
  | { model: 'flat'; amount: string }
  /** The record says what it costs. */
  | { model: 'passThrough' };

/**
 * How the records of a period become the quantity that is priced: added up, counted, counted by distinct values, the
 * highest or the last one of their quantities, or a level (each record changes it by its quantity) by the time that it lasts.
 */
export const aggregations = ['sum', 'count', 'uniqueCount', 'max', 'latest', 'weightedSum'] as const;
export type Aggregation = (typeof aggregations)[number];

/** What distinct values are counted of. */
export const distinctBy = ['otherParty', 'imsi', 'network', 'cell', 'service', 'apn', 'sessionId'] as const;
export type DistinctBy = (typeof distinctBy)[number];

export interface UsagePrice {
  charge: ChargeModel;
  /** Anything but `sum` needs `roundAt: line` and a price of the quantity. Left out: `sum`. */
  aggregation?: Aggregation;
  /** Of `uniqueCount` only, and always there. */
  distinct?: DistinctBy;
  connectFee?: string;
  /** 60/1: at least the first, then whole steps of the next. Left out: by the unit. */
  initialIncrement?: number;
  nextIncrement?: number;
  roundAt?: RoundAt;
  rounding?: RoundingMode;
  decimals?: number;
  maxCharge?: string;
}

/** All that is named must fit; of a list, one. A call's band is that of the part that is priced. */
export interface UsageMatch {
  usageTypes?: UsageType[];
  zones?: Zone[];
  servingZones?: Zone[];
  bands?: string[];
  /** MCC or MCC+MNC of the serving network. */
  networks?: string[];
  /** APN (4G) or DNN (5G). */
  apns?: string[];
  /** S-NSSAI as `sst` or `sst-sd`. */
  slices?: string[];
  /** QCI or 5QI. */
  qos?: string[];
  ratingGroups?: string[];
  directions?: UsageDirection[];
  /** The called number belonged to the same operator at that time. */
  onNet?: boolean;
  services?: string[];
}

export type UsageDirection = 'outgoing' | 'incoming' | 'forwarded';

/** The plan's own price for what fits; the first rule that fits goes before the deck's row. */
export interface UsagePriceRule {
  priceId: string;
  name: string;
  when: UsageMatch;
  price: UsagePrice;
}
