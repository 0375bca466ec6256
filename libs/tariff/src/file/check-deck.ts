import type { Instant } from '@tollkeeper/calendar';
import type { RateDeckVersion, RateEntry, ServingZoneEntry, UsageType } from '@tollkeeper/contracts';
import { isCurrency } from '@tollkeeper/money';
import { checkBandedRows, checkCalendar } from './check-calendar';
import { isBelow } from './check-tiers';
import { checkRoamingDeck } from '../roaming/check-roaming-deck';
import type { CheckedDeck } from '../roaming/eea-zones';
import { inOneSentence } from '../roaming/roaming-finding';
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

/** A deck as offerings are checked against it; what is left out can't be looked up. */
export interface DeckContent extends DeckZoneIndex {
  deckId: string;
  /** Time bands of its calendar. */
  bands?: string[];
  /** Zones, destination and serving, by the usage that has a rate there. */
  zonesOf?: ReadonlyMap<UsageType, ReadonlySet<string>>;
}

export function indexZonesOf(entries: readonly RateEntry[]): Map<UsageType, Set<string>> {
  const index = new Map<UsageType, Set<string>>();
  for (const { usageType, zone, servingZone } of entries) {
    const zones = index.get(usageType) ?? new Set();
    index.set(usageType, zones.add(zone).add(servingZone));
  }
  return index;
}

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

export const checkEntries = (entries: readonly RateEntry[]): Finding[] => [
  ...findRepeats(entries, entryKey, (index) => `entries.${index}.prefix`),
  ...entries.flatMap(({ maxCharge, connectFee }, at) =>
    isBelow(maxCharge, connectFee)
      ? [{ field: `entries.${at}.maxCharge`, reason: `is less than the connect fee (${connectFee})` }]
      : [],
  ),
];

type DeckRules = CheckedDeck & Pick<RateDeckVersion, 'deckId' | 'calendar' | 'emergencyNumbers'>;

/** The calendar and the rows that lean on it (any usage that has a row has one at any time), and the law of the EEA. */
export const checkDeckRules = (deck: DeckRules, entries: readonly RateEntry[]): Finding[] => [
  ...checkCalendarRules(deck, entries),
  ...checkRoamingDeck(deck, entries).map(inOneSentence),
];

const checkCalendarRules = (
  { deckId, calendar, emergencyNumbers = [] }: DeckRules,
  entries: readonly RateEntry[],
): Finding[] => [
  ...(calendar ? checkCalendar(calendar) : []),
  ...checkBandedRows(entries, calendar, deckId),
  ...findRepeats(
    emergencyNumbers,
    ({ mcc }) => mcc,
    (at) => `emergencyNumbers.${at}.mcc`,
  ),
];

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
