import type { Instant, LocalDate, LocalTime } from '@tollkeeper/calendar';

/** What is counted: seconds of voice and video, messages, bytes of data, millionths of a unit of any other service. */
export type UsageType = 'voice' | 'video' | 'sms' | 'mms' | 'data' | 'event';

/** Where the usage happened and where it went, as the rate deck and allowances see it. */
export type Zone = string;

export type RoundingMode = 'halfUp' | 'halfEven' | 'up' | 'down';
export type RoundAt = 'record' | 'session' | 'day' | 'line';

/** Longest prefix wins. Data has no destination: its prefix repeats where it is used. */
export interface RateEntry {
  /**
   * E.164 digits without +, or with a leading 0 as dialled; `short:22833`, `onNet`, `incoming`, `forwarded`; of events
   * `service:parking` and `service`; for data its serving zone such as `zone:home`.
   */
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
  /** The time band of the deck's calendar that the row is for. Left out: any time that has no row of its own. */
  band?: string;
  /** Most that one call costs, connect fee included. Left out: no limit. */
  maxCharge?: string;
  /** Decimals that a rounded amount keeps, 0 to 6. Left out: 6. */
  decimals?: number;
}

export interface ServingZoneEntry {
  /** MCC or MCC+MNC of the serving network. */
  network: string;
  servingZone: Zone;
}

export type BandDay = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun' | 'holiday';

/**
 * A stretch of the day. `to` is outside of it; `00:00` as `to` is midnight at its end. The first band that fits wins.
 * All that is said of its dates must fit.
 */
export interface TimeBand {
  band: string;
  days: BandDay[];
  from: LocalTime;
  to: LocalTime;
  /** 1 is January. Left out: every month. */
  months?: number[];
  /** 1 to 31; a day that a month has not is no day of it. Left out: every day. */
  monthDays?: number[];
  /** A season by its dates; `to` is outside of it. Left out: every year. */
  during?: { from: LocalDate; to: LocalDate };
}

export interface TariffCalendar {
  /** An IANA name, or `account` for the account's own zone. */
  zone: string;
  /** On these dates only bands of the day `holiday` fit. */
  holidays: LocalDate[];
  bands: TimeBand[];
  /** A call that crosses a band's edge: each part at its own price, or all of it by its start. */
  crossing: 'split' | 'byStart';
}

/** What checks by the law of the European Economic Area need to know. */
export interface EeaRules {
  /** ISO 3166 country of the operator's customers. */
  homeCountry: string;
  /** Units of the deck's currency for a euro, by the ECB's reference rate that counts that year; left out of decks in euros. */
  perEuro?: string;
  /** Zones of premium and other special numbers: rules for calls to a country don't hold for them. */
  specialZones?: Zone[];
}

export interface RateDeckVersion {
  deckId: string;
  version: number;
  currency: string;
  validFrom: Instant;
  servingZones: ServingZoneEntry[];
  /** Numbers that are free everywhere and use no allowance: exact numbers, no prefixes. */
  freeNumbers: string[];
  /** Emergency numbers by the serving country's MCC: free and outside allowances, roaming included. */
  emergencyNumbers?: { mcc: string; numbers: string[] }[];
  /** A called number that was routed to one of these (as it begins) is the operator's own: on-net. Left out: none. */
  ownRoutingNumbers?: string[];
  /** Left out: one price at all times. */
  calendar?: TariffCalendar;
  /** Left out: roaming and calls within the Union are not checked against the law. */
  eea?: EeaRules;
}
