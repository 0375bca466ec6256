import type { OfferingVersion, UsageMatch } from '@tollkeeper/contracts';
import type { DeckContent } from './check-deck';
import { unknownBand } from './check-calendar';
import { checkPrice } from './check-tiers';
import { type Finding, findRepeats } from './finding';
import { suggestion } from './nearest-name';

const lists = [
  'usageTypes',
  'zones',
  'servingZones',
  'bands',
  'networks',
  'apns',
  'slices',
  'qos',
  'ratingGroups',
  'directions',
  'services',
] as const;

/** A country's networks begin with its MCC. */
const mccLength = 3;
const holds = (list: string, wide: readonly string[], value: string): boolean =>
  wide.includes(value) || (list === 'networks' && wide.includes(value.slice(0, mccLength)));

/** Whatever fits the narrow one fits the wide one too. */
const covers = (wide: UsageMatch, narrow: UsageMatch): boolean =>
  (wide.onNet === undefined || wide.onNet === narrow.onNet) &&
  lists.every((list) => {
    const [all, some]: [readonly string[] | undefined, readonly string[] | undefined] = [
      wide[list],
      narrow[list],
    ];
    return all === undefined || (some !== undefined && some.every((value) => holds(list, all, value)));
  });

/** Names that the deck does not have, and usage of it that none of them is for. */
export function checkMatch(when: UsageMatch, field: string, deck: DeckContent): Finding[] {
  const zones = [...deck.zones, ...deck.servingZones];
  const { usageTypes, services } = when;
  return [
    ...unknownNames(when.zones, `${field}.zones`, zones, (zone) => unknownZone(zone, zones, deck.deckId)),
    ...unknownNames(when.servingZones, `${field}.servingZones`, deck.servingZones, (zone) =>
      unknownZone(zone, deck.servingZones, deck.deckId),
    ),
    ...(deck.bands === undefined
      ? []
      : unknownNames(when.bands, `${field}.bands`, deck.bands, (band) =>
          unknownBand(band, deck.bands ?? [], deck.deckId),
        )),
    ...(services && usageTypes && !usageTypes.includes('event')
      ? [{ field: `${field}.services`, reason: 'never fits: only usage of type event names a service' }]
      : []),
  ];
}

const unknownZone = (zone: string, known: readonly string[], deckId: string): string =>
  `no rate of deck ${deckId} has the zone ${zone}${suggestion(zone, known)}`;

const unknownNames = (
  names: readonly string[] | undefined,
  field: string,
  known: readonly string[],
  reasonOf: (name: string) => string,
): Finding[] =>
  (names ?? []).flatMap((name, at) =>
    known.includes(name) ? [] : [{ field: `${field}.${at}`, reason: reasonOf(name) }],
  );

/** Rules that no usage can reach: usage of the deck that fits both goes to the earlier one. */
export function checkPriceRules(
  { usagePrices = [] }: Pick<OfferingVersion, 'usagePrices'>,
  deck: DeckContent,
): Finding[] {
  const unreachable = usagePrices.flatMap(({ when }, at) => {
    const earlier = usagePrices.findIndex((rule, before) => before < at && covers(rule.when, when));
    return earlier === -1
      ? []
      : [
          {
            field: `usagePrices.${at}`,
            reason: `can never be reached: all usage that it is for fits ${usagePrices[earlier]!.priceId} (number ${earlier}) before it; move it up, or narrow that one`,
          },
        ];
  });
  return [
    ...usagePrices.flatMap(({ when, price }, at) => [
      ...(when.bands !== undefined && (price.aggregation ?? 'sum') !== 'sum'
        ? [
            {
              field: `usagePrices.${at}.when.bands`,
              reason: `leave them out: ${price.aggregation} is of the whole period, which has no band`,
            },
          ]
        : []),
      ...checkMatch(when, `usagePrices.${at}.when`, deck),
      ...checkPrice(price, `usagePrices.${at}.price`),
    ]),
    ...unreachable,
    ...findRepeats(
      usagePrices,
      ({ priceId }) => priceId,
      (at) => `usagePrices.${at}.priceId`,
    ),
  ];
}
