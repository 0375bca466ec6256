import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { Channel } from './notifications.contract';

/**
 * `interest`: `rate` is the yearly percentage of a contract, or `statutory`: the default interest of the debtor's
 * country and kind on each day. `lumpSum` comes once for each invoice. Late fees are compensation, without VAT.
 */
export type LateFee =
  | { kind: 'fixed'; minor: number }
  | { kind: 'percent'; percent: string }
  | { kind: 'interest'; rate: string; lumpSum?: 'statutory' | number };

export const dunningActionKinds = [
  'retryPayment',
  'sendMessage',
  'lateFee',
  'restrict',
  'terminate',
  'handOver',
  'writeOff',
] as const;

/** Templates of notifications that are given what a debt is about. */
export const dunningTemplates: readonly string[] = [
  ...['reminder1', 'reminder2', 'finalNotice', 'serviceThrottled', 'serviceBarred', 'serviceSuspended'],
  ...['serviceEnded', 'debtHandedOver'],
];

export interface DunningAction {
  kind: (typeof dunningActionKinds)[number];
  /** Of sendMessage. */
  template?: string;
  /** Of sendMessage; left out: e-mail. */
  channel?: Channel;
  /** Of sendMessage: it announces a bar, as the law asks for. Left out: `finalNotice` alone does. */
  notice?: boolean;
  /** Of restrict. */
  state?: 'throttled' | 'barOutgoing' | 'suspended';
  /** Of lateFee. */
  fee?: LateFee;
  /** Of terminate and handOver: what is left of the account's devices is asked for at once, where the law allows it. Left out: false. */
  acceleratesDevicePlans?: boolean;
}

/** What has to hold besides a level's day; each limit itself is enough. */
export interface LevelCondition {
  /** So many overdue invoices. */
  invoices?: number;
  /** So much overdue debt that is chased, in minor units of the account's currency. */
  owedMinor?: number;
  /** The last charge was declined with one of these codes. */
  lastDeclineIn?: string[];
}

export interface DunningLevel {
  levelId: string;
  /** Days after the oldest due date. */
  daysOverdue: number;
  /** Until it holds the level is put off, and those behind it go on, but no harder bar. Left out: always. */
  onlyIf?: LevelCondition;
  actions: DunningAction[];
}

/** Charges beside those of the levels. */
export interface RetryRules {
  /** In one case, those of the levels counted. */
  maxAttempts: number;
  /** `opening`: the first comes when the case opens; `decline`: only a declined charge is repeated. */
  start: 'opening' | 'decline';
  /** MORE than so many days lie between two attempts: at the next step hour after them. */
  daysBetween?: number;
  /** Hours to wait after the first, second ... decline, by the gateway's neutral code; `other`: all codes not named. */
  waitHours?: Record<string, number[]>;
  /** What the hours are counted from; left out: the last decline. */
  countedFrom?: 'firstDecline' | 'lastDecline';
  /** No attempt later than so many days after the first. */
  withinDays?: number;
}

/** A step that falls on such a day is taken on the next other one; those behind it keep their distance. */
export interface ForbiddenDays {
  /** ISO: Monday is 1, Sunday is 7. */
  weekdays?: number[];
  /** Public holidays of the account's country. */
  holidays?: boolean;
  /** Further days, such as a region's own holidays. */
  dates?: LocalDate[];
  /** Wall clock of the account, "20:00" to "08:00": a step waits for their end. */
  quietHours?: { from: string; to: string };
}

export interface PromiseRules {
  /** A promise reaches at most so far. */
  maxDays: number;
  maxPerCase: number;
  /** Days after its date until it counts as broken. */
  graceDays: number;
}

/** Enters a collection as data: retry, contact, restrict and give up are one ladder. */
export interface DunningPolicy {
  policyId: string;
  version: number;
  minimumMinor: number;
  levels: DunningLevel[];
  /** Local hour of the account at which steps are taken. */
  stepHour: number;
  /** Customers of these segments; `organisation` and `person` stand for all of a kind. Left out: named by a credit class. */
  segments?: string[];
  /** Left out for a currency: `minimumMinor`. */
  minimumByCurrency?: Record<string, number>;
  /** So many overdue invoices open a case; left out: 1. An open case goes on with fewer. */
  minimumInvoices?: number;
  /** Debts in other currencies are left alone; left out: all are chased. */
  currencies?: string[];
  retries?: RetryRules;
  forbidden?: ForbiddenDays;
  promises?: PromiseRules;
}

/** What a collection reloads before each step: a signal only says that it is worth looking. */
export interface CollectionFacts {
  openMinor: number;
  currency: string;
  oldestDueOn: LocalDate | null;
  zone: string;
  /** Held until then (or until released, when `until` is null). */
  hold: { reason: string; until: Instant | null } | null;
  promise: { amountMinor: number; until: Instant } | null;
  writtenOff: boolean;
  /** An attempt is on its way or its outcome unknown: no step is taken meanwhile. */
  attemptOpen: boolean;
  restricted: boolean;
  /** The part of `openMinor` that is disputed: nothing is done for it. Left out: none. */
  disputedMinor?: number;
  /** The part of `openMinor` that a kept plan pays off. Left out: none. */
  plannedMinor?: number;
}

export type CollectionOutcome = 'cured' | 'writtenOff' | 'handedOver' | 'stopped';

/** What payments says that a case does now, and why. */
export type CollectionMove =
  | { kind: 'close'; outcome: CollectionOutcome; restore: boolean }
  | {
      kind: 'wait';
      until: Instant | null;
      levelId: string;
      why: string;
      /** Steps that are put off besides; left out: none. */
      besides?: { levelId: string; at: Instant | null; why: string }[];
    }
  | { kind: 'take'; level: DunningLevel; why: string }
  /** Before a bar: whether these messages were delivered. */
  | { kind: 'prove'; keys: string[] }
  /** The ground for a bar is gone for now. */
  | { kind: 'lift'; levelId: string; why: string }
  | { kind: 'chargeInstalment'; levelId: string; no: number };

export interface CollectionLook {
  facts: CollectionFacts;
  move: CollectionMove;
  taken: { levelId: string; at: Instant }[];
}

/** A late fee of a case, or a debt that is given up: an entry in the books under a key of its own. */
export interface CollectionEntry {
  key: string;
  rule: 'lateFee' | 'writeOff';
  invoiceId: string;
  /** Of a write-off: all that is open. */
  amountMinor: number | null;
  reason: string;
}

/** Served by payments. */
export interface CollectionActivities {
  /** Notes what became of promises and plans, and says what the case does now. */
  nextCollectionMove(input: { tenantId: string; caseId: string; at: Instant }): Promise<CollectionLook>;
  recordNotices(input: {
    tenantId: string;
    caseId: string;
    at: Instant;
    notices: { key: string; state: string; deliveredAt: Instant | null }[];
  }): Promise<void>;
  /** What a level charges for being late; the same level again is the same answer. */
  assessLateFees(input: {
    tenantId: string;
    caseId: string;
    levelId: string;
    fee: LateFee;
    at: Instant;
  }): Promise<{ entries: CollectionEntry[] }>;
  recordLateFees(input: {
    tenantId: string;
    caseId: string;
    levelId: string;
    postedKeys: string[];
    at: Instant;
  }): Promise<void>;
  /** What is still open of a case that was given up. */
  debtsToWriteOff(input: {
    tenantId: string;
    caseId: string;
    at: Instant;
  }): Promise<{ entries: CollectionEntry[] }>;
  chargeInstalment(input: {
    tenantId: string;
    caseId: string;
    no: number;
    at: Instant;
  }): Promise<{ state: string }>;
}

/** Served by invoicing: what a collection puts into the books. */
export interface CollectionLedgerActivities {
  /** Each key once. An entry that the invoice no longer allows (it was paid meanwhile) is left out of the answer. */
  postCollectionEntries(input: {
    tenantId: string;
    at: Instant;
    entries: CollectionEntry[];
  }): Promise<{ postedKeys: string[] }>;
  /**
   * Asks for all open instalments of the account's devices with its next bill, for default. Plans that the law of its
   * country leaves alone are named with their reason. A repeat finds nothing left to do.
   */
  accelerateDevicePlans(input: {
    tenantId: string;
    accountId: string;
    at: Instant;
  }): Promise<{ accelerated: string[]; leftAlone: { planId: string; why: string }[] }>;
}

/** Served by notifications: what became of messages. */
export interface DeliveryProofActivities {
  messageStates(input: {
    tenantId: string;
    keys: string[];
  }): Promise<{ messages: { key: string; state: string; deliveredAt: Instant | null }[] }>;
}
