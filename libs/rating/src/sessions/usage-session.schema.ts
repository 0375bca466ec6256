import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { PartialRecord } from '@tollkeeper/tariff';

/** An interim record, counted into its session. */
export interface UsagePartialRow {
  /** As usage is keyed: a record id comes once. */
  _id: string;
  recordId: string;
  session: string;
  sequence: number;
  importId: string;
  record: PartialRecord;
}

type SessionEnd = 'final' | 'silence';

/** What the partial records of one session come to; its rated parts are usage with its key. */
export interface UsageSessionRow {
  _id: string;
  session: string;
  state: 'open' | 'closed';
  /** What closed it; `null` while it is open. */
  closedBy: SessionEnd | null;
  closedAt: Instant | null;
  importId: string;
  usageType: string;
  sessionId: string;
  msisdn: string;
  imsi: string;
  /** As of its start; `null` where that is not known. */
  accountId: string | null;
  subscriptionId: string | null;
  startAt: Instant;
  lastAt: Instant;
  /** Silent from then on, unless more comes. */
  silentAt: Instant;
  partials: number;
  quantity: number;
  /** Sequences between the first and the last that did not come. */
  missing: number[];
  /** How often its charges were posted; a later partial record posts the difference. */
  posted: number;
  parts: number;
}

export const sessionRowId = (tenantId: string, session: string): string => `${tenantId}/${session}`;

const text = { type: String, required: true };
const long = { type: BigInt, required: true };

export const UsagePartials = defineCollection<UsagePartialRow>(
  'usagePartials',
  rowSchema({
    _id: text,
    recordId: text,
    session: text,
    sequence: long,
    importId: text,
    record: { type: Object, required: true },
  }),
  [{ keys: { session: 1, sequence: 1 }, unique: true }],
);

export const UsageSessions = defineCollection<UsageSessionRow>(
  'usageSessions',
  rowSchema({
    _id: text,
    session: text,
    state: text,
    closedBy: String,
    closedAt: String,
    importId: text,
    usageType: text,
    sessionId: text,
    msisdn: String,
    imsi: String,
    accountId: String,
    subscriptionId: String,
    startAt: text,
    lastAt: text,
    silentAt: text,
    partials: { type: Number, required: true },
    quantity: long,
    missing: [{ type: Number }],
    posted: { type: Number, required: true },
    parts: { type: Number, required: true },
  }),
  [
    { keys: { silentAt: 1, _id: 1 }, partial: { state: 'open' } },
    { keys: { accountId: 1, startAt: 1, _id: 1 } },
  ],
);
