import type { Aggregation, AllowanceKind, ChargeModel, RoundAt, RoundingMode } from '@tollkeeper/contracts';
import type { Micro } from '@tollkeeper/money';

/** Units at a rate: of a step, or of a tier. */
export interface ExplainedStep {
  units: number;
  rate: string;
  perUnits: number;
}

/** What a record, or one part of a call that several prices share, was priced by. */
export interface ExplainedPart {
  /** `retail@3`. */
  deck: string;
  prefix: string;
  /** Decimal strings and units of the price; of a model with tiers or steps, of its first one. */
  rate: string;
  perUnits: number;
  /** `60/1`. */
  increments: string;
  /**
   * `usageType`: what the bucket's units count, where that is not the record's kind. Of `money` they are millionths that
   * paid a part of the price (negative: given back), told of the whole record only.
   */
  used: { bucket: string; units: number; usageType?: AllowanceKind }[];
  /** Units that cost nothing although no bucket covers them: behind a fair-use threshold, or refused by a used up allowance. */
  limited?: { by: string; throttled: number; blocked: number };
  /** An allowance with units left, but no more of them for these zones. */
  beyondLimit?: { of: string; zones: string[]; units: number };
  chargedQuantity: number;
  /** How records become the period's quantity, which this one changes by `chargedQuantity`. Left out: added up. */
  aggregation?: Aggregation;
  /** Charged before in the same sum: the record's amount is what it adds to the sum's price. */
  summedBefore: number;
  /** The time band of the deck's calendar; left out: none. */
  band?: string;
  /** The agreement with the customer whose row went before the deck's. Left out: the deck's own row. */
  override?: string;
  /** Id and name of the plan's own price that went before the deck's row. */
  price?: string;
  priceName?: string;
  /** Left out: per unit. */
  model?: ChargeModel['model'];
  /** Of models with steps or tiers: how many of the charged units had which rate; by volume, all units of the sum until now. */
  steps?: ExplainedStep[];
  /** Of percentages and carried prices: the money that the record carries, and the price's fixed part. */
  money?: string;
  fixed?: string;
  /** A percentage with a free part, a least or a most per event. */
  bounded?: boolean;
  /** Of packages: units that are free before the first one. */
  freeUnits?: number;
  /** Of packages: one that is not full costs nothing yet. Left out: started ones count. */
  fullOnly?: boolean;
}

/** A stretch of a call, in units since its start; a started increment belongs to the part in which it started. */
export interface ExplainedSpan extends ExplainedPart {
  fromUnits: number;
  toUnits: number;
  zone: string;
}

/** Of every step from the record to its amount; of a call with several parts the fields of the first, and all in `spans`. */
export interface Explanation extends ExplainedPart {
  servingZone: string;
  connectMicro: Micro;
  roundAt: RoundAt;
  rounding: RoundingMode;
  /** The plan's version, `basic@2`. Left out in rows written before. */
  offering?: string;
  /** Decimals that the rounded amount keeps. Left out: 6. */
  decimals?: number;
  /** The most that the call may cost, where that made it cheaper. */
  limitMicro?: Micro;
  spans?: ExplainedSpan[];
}
