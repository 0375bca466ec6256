import type { Instant } from '@tollkeeper/calendar';
import type { RateEntry, ServingZoneEntry } from '@tollkeeper/contracts';
import { isCurrency } from '@tollkeeper/money';
import { type Finding, findRepeats } from './finding';
import { entryKey } from './rate-entry-fields';

/** What offerings and serving zones are checked against, kept with the deck so that its rows need not be read again. */
export interface DeckZoneIndex {
  zones: string[];
  servingZones: string[];
}

export const indexZones = (entries: readonly RateEntry[]): DeckZoneIndex => ({
  zones: [...new Set(entries.map(({ zone }) => zone))].sort(),
  servingZones: [...new Set(entries.map(({ servingZone }) => servingZone))].sort(),
});

export interface DeckHead {
  currency: string;
  validFrom: Instant;
}

/** `previous` is the newest published version of the same deck. */
export function checkDeckHead(head: DeckHead, previous: DeckHead | null): Finding[] {
  const findings: Finding[] = [];
  if (!isCurrency(head.currency))
    findings.push({ field: 'currency', reason: `${head.currency} is not an ISO 4217 currency` });
  if (previous && head.currency !== previous.currency) {
    findings.push({ field: 'currency', reason: `earlier versions of the deck are in ${previous.currency}` });
  }
  if (previous && head.validFrom <= previous.validFrom) {
    findings.push({
      field: 'validFrom',
      reason: `must be later than that of the published version before it (${previous.validFrom})`,
    });
  }
  return findings;
}

export const checkEntries = (entries: readonly RateEntry[]): Finding[] =>
  findRepeats(entries, entryKey, (index) => `entries.${index}.prefix`);

export function checkServingZones(
  servingZones: readonly ServingZoneEntry[],
  index: DeckZoneIndex,
): Finding[] {
  const rated = new Set(index.servingZones);
  const unrated = servingZones.flatMap(({ servingZone }, at) =>
    rated.has(servingZone)
      ? []
      : [
          {
            field: `servingZones.${at}.servingZone`,
            reason: `no rate of the deck is for usage in ${servingZone}`,
          },
        ],
  );
  return [
    ...findRepeats(
      servingZones,
      ({ network }) => network,
      (at) => `servingZones.${at}.network`,
    ),
    ...unrated,
  ];
}
