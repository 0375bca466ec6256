import type { Allowance } from '@tollkeeper/contracts';
import type { DeckContent } from './check-deck';
import { checkMatch } from './check-price-rules';
import { type Finding, findRepeats } from './finding';
import { suggestion } from './nearest-name';

/** Included usage that exists in the deck, and limits that can hold. */
export const checkAllowances = (allowances: readonly Allowance[], deck: DeckContent): Finding[] => [
  ...allowances.flatMap((allowance, at) => [
    ...checkZones(allowance, `allowances.${at}`, deck),
    ...checkLimits(allowance, `allowances.${at}`),
  ]),
  ...findRepeats(
    allowances,
    ({ allowanceId }) => allowanceId,
    (at) => `allowances.${at}.allowanceId`,
  ),
];

function checkZones({ usageType, zones, when }: Allowance, field: string, deck: DeckContent): Finding[] {
  const known = [...deck.zones, ...deck.servingZones];
  const unknown = zones.flatMap((zone, at) =>
    known.includes(zone)
      ? []
      : [
          {
            field: `${field}.zones.${at}`,
            reason: `no rate of deck ${deck.deckId} has the zone ${zone}${suggestion(zone, known)}`,
          },
        ],
  );
  if (unknown.length > 0) return unknown;
  const ofType = deck.zonesOf?.get(usageType);
  if (deck.zonesOf && !zones.some((zone) => ofType?.has(zone)))
    return [
      {
        field: `${field}.zones`,
        reason: `covers nothing: deck ${deck.deckId} has no rate for ${usageType} in ${zones.join(', ')}`,
      },
    ];
  if (when?.usageTypes && !when.usageTypes.includes(usageType))
    return [
      {
        field: `${field}.when.usageTypes`,
        reason: `covers nothing: the allowance is for ${usageType} alone`,
      },
    ];
  return when ? checkMatch(when, `${field}.when`, deck) : [];
}

const only = (wrong: boolean, field: string, reason: string): Finding[] => (wrong ? [{ field, reason }] : []);

function checkLimits(allowance: Allowance, field: string): Finding[] {
  const { units, shared, sizedBy, memberCap, step, rollover, prorate, grant } = allowance;
  const byPeriod = grant === undefined || ('every' in grant && grant.every === 'period');
  const notShared = 'is for shared allowances: set shared to true, or leave it out';
  const notByPeriod = 'is for grants by period: leave it out, or grant every period';
  return [
    ...only(sizedBy !== undefined && !shared, `${field}.sizedBy`, notShared),
    ...only(memberCap !== undefined && !shared, `${field}.memberCap`, notShared),
    ...only(rollover !== undefined && !byPeriod, `${field}.rollover`, notByPeriod),
    ...only(prorate !== undefined && !byPeriod, `${field}.prorate`, notByPeriod),
    ...only(
      step !== undefined && step > units,
      `${field}.step`,
      `is more than the allowance has (${units}): nothing would ever be drawn`,
    ),
    ...only(
      rollover?.min !== undefined && rollover.max !== undefined && rollover.min > rollover.max,
      `${field}.rollover.min`,
      `is more than max (${rollover?.max})`,
    ),
  ];
}
