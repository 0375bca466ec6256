import { addDuration, type Instant } from '@tollkeeper/calendar';
import { type CardScheme, schemeOf } from './card-scheme';

/** A card scheme's limit on tries of one card by one merchant after declines, with the day on which it came into force. */
interface SchemeCap {
  scheme: CardScheme;
  validFrom: Instant;
  /** First instant at which it holds no more. */
  validTo: Instant | null;
  withinHours: number;
  most: number;
  source: string;
}

/** Dated data: another limit is another row. */
export const schemeCaps: readonly SchemeCap[] = [
  {
    ...{ scheme: 'visa', withinHours: 30 * 24, most: 15 },
    ...{ validFrom: '2020-04-18T00:00:00.000Z', validTo: '2025-05-01T00:00:00.000Z' },
    source: 'Visa Rules, reattempts in 30 days',
  },
  {
    ...{ scheme: 'visa', withinHours: 30 * 24, most: 20 },
    ...{ validFrom: '2025-05-01T00:00:00.000Z', validTo: null },
    source: 'Visa Rules, reattempts in 30 days',
  },
  {
    ...{ scheme: 'mastercard', withinHours: 24, most: 10 },
    ...{ validFrom: '2020-10-01T00:00:00.000Z', validTo: null },
    source: 'Mastercard Transaction Processing Excellence: excessive attempts in 24 hours',
  },
  {
    ...{ scheme: 'mastercard', withinHours: 30 * 24, most: 35 },
    ...{ validFrom: '2020-10-01T00:00:00.000Z', validTo: null },
    source: 'Mastercard Transaction Processing Excellence: excessive attempts in 30 days',
  },
];

/** A try of the card that was refused, whichever invoice, account or gateway it was for. */
export interface RefusedTry {
  at: Instant;
  /** The scheme said never again: Visa category 1, Mastercard advice 03 or 21. */
  isFinal: boolean;
  /** The issuer asked to wait until then; left out: it did not. */
  notBefore?: Instant;
}

export type RetryAnswer =
  | { allowed: true; left: number | null }
  | { allowed: false; reason: 'finalDecline' }
  | { allowed: false; reason: 'schemeWait'; againAt: Instant }
  | { allowed: false; reason: 'schemeCap'; cap: SchemeCap; againAt: Instant };

/** Whether a card may be tried once more at an instant, how often after that, and otherwise when again. */
export function mayTryAgain(brand: string, tries: readonly RefusedTry[], at: Instant): RetryAnswer {
  if (tries.some(({ isFinal }) => isFinal)) return { allowed: false, reason: 'finalDecline' };
  const waits = tries.flatMap(({ notBefore }) => (notBefore && notBefore > at ? notBefore : []));
  const againAt = waits.sort().at(-1);
  if (againAt !== undefined) return { allowed: false, reason: 'schemeWait', againAt };
  const scheme = schemeOf(brand);
  const caps = schemeCaps.filter(
    (cap) => cap.scheme === scheme && cap.validFrom <= at && (cap.validTo === null || at < cap.validTo),
  );
  let left: number | null = null;
  for (const cap of caps) {
    const since = addDuration(at, { hours: -cap.withinHours });
    const counted = tries.map((each) => each.at).filter((each) => each > since && each <= at);
    if (counted.length >= cap.most) {
      const oldestCounted = [...counted].sort().at(-cap.most) ?? at;
      return {
        ...{ allowed: false, reason: 'schemeCap', cap },
        againAt: addDuration(oldestCounted, { hours: cap.withinHours }),
      };
    }
    left = Math.min(left ?? cap.most, cap.most - counted.length);
  }
  return { allowed: true, left };
}
