import { localDateOf } from '@tollkeeper/calendar';
import type { GuidedUsage } from '../guiding/guide-usage';
import type { CompiledPrice } from '../prices/compile-price';

/** What a scope (session, day, line) of one price has seen before: its next record's amount is what that adds. */
export interface RunningSum {
  reported: number;
  charged: number;
  /** Of a session: where its last started increment ends, and what it was charged so far. */
  billed?: number;
  amountMicro?: number;
  /** Of prices per event: how many, and the money that they carried, at 10^-12. */
  events?: number;
  money?: string;
  /** What it came to so far, exactly, in micro (`12/7`): of sessions, and of prices that depend on more than the quantity. */
  exact?: string;
}

export const nothing: RunningSum = { reported: 0, charged: 0 };

export const sessionOf = ({ sessionId, chargingId = '' }: GuidedUsage['record']): string =>
  sessionId || chargingId;

/** A session is one sum, whatever prices its parts have. */
export const sessionKeyOf = ({ record, subscriptionId, offering }: GuidedUsage): string =>
  `session|${sessionOf(record)}|${subscriptionId}|${offering.offeringId}|${record.usageType}`;

/** Where a session whose price has a limit keeps what it has cost, when it is not rounded as a whole. */
export const spentKeyOf = (sessionKey: string): string => `spent|${sessionKey}`;

/** Where a price that rounds later keeps its sum; `null` when each record is rounded on its own. */
export function sumKeyOf(guided: GuidedUsage, { roundAt, key }: CompiledPrice): string | null {
  switch (roundAt) {
    case 'record':
      return null;
    case 'session':
      return sessionOf(guided.record) === '' ? null : sessionKeyOf(guided);
    case 'day':
      return `day|${localDateOf(guided.record.startAt, guided.zone)}|${lineOf(guided, key)}`;
    case 'line':
      return lineKeyOf(guided, key);
  }
}

/** Where a price keeps the events that it counts; `null` when each event is priced by itself. */
export function eventsKeyOf(guided: GuidedUsage, price: CompiledPrice): string | null {
  if (price.charge.counts !== 'events' || price.charge.remembers === 'nothing') return null;
  if (price.charge.remembers === 'period') return `events|${lineOf(guided, price.key)}`;
  const scope = sumKeyOf(guided, price);
  return scope === null ? null : `events|${scope}|${price.key}`;
}

const lineOf = ({ record, subscriptionId, offering }: GuidedUsage, price: string): string =>
  `${subscriptionId}|${offering.offeringId}|${record.usageType}|${price}`;

/** Records of one subscription and price follow each other: the last line's key is kept, not built and hashed again. */
const last = { subscriptionId: '', offeringId: '', usageType: '', price: '', key: '' };

function lineKeyOf(guided: GuidedUsage, price: string): string {
  const { subscriptionId, offering, record } = guided;
  const isSame =
    last.price === price &&
    last.subscriptionId === subscriptionId &&
    last.offeringId === offering.offeringId &&
    last.usageType === record.usageType;
  if (isSame) return last.key;
  last.price = price;
  last.subscriptionId = subscriptionId;
  last.offeringId = offering.offeringId;
  last.usageType = record.usageType;
  last.key = `line|${lineOf(guided, price)}`;
  return last.key;
}
