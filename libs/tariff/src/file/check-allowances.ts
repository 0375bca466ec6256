import type { Allowance, AllowanceKind } from '@tollkeeper/contracts';
import type { DeckContent } from './check-deck';
import { checkMatch } from './check-price-rules';
import { type Finding, findRepeats } from './finding';
import { suggestion } from './nearest-name';

/** Included usage that exists in the deck, and limits that can hold. */
export const checkAllowances = (allowances: readonly Allowance[], deck: DeckContent): Finding[] => [
  ...allowances.flatMap((allowance, at) => [
    ...checkZones(allowance, `allowances.${at}`, deck),
    ...checkLimits(allowance, `allowances.${at}`),
    ...checkZoneLimits(allowance, `allowances.${at}`, deck),
    ...checkExchange(allowance, `allowances.${at}.exchange`, deck),
    ...checkMoney(allowance, `allowances.${at}`),
  ]),
  ...findRepeats(
    allowances,
    ({ allowanceId }) => allowanceId,
    (at) => `allowances.${at}.allowanceId`,
  ),
];

function checkZones(
  { usageType, zones, when, exchange }: Allowance,
  field: string,
  deck: DeckContent,
): Finding[] {
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
  const ofType = usageType === 'money' ? undefined : deck.zonesOf?.get(usageType);
  if (deck.zonesOf && usageType !== 'money' && !zones.some((zone) => ofType?.has(zone)))
    return [
      {
        field: `${field}.zones`,
        reason: `covers nothing: deck ${deck.deckId} has no rate for ${usageType} in ${zones.join(', ')}`,
      },
    ];
  const kinds = kindsOf(usageType, exchange);
  if (usageType !== 'money' && when?.usageTypes && !when.usageTypes.some((kind) => kinds.includes(kind)))
    return [
      {
        field: `${field}.when.usageTypes`,
        reason: `covers nothing: the allowance is for ${kinds.join(' and ')} alone`,
      },
    ];
  return when ? checkMatch(when, `${field}.when`, deck) : [];
}

/** A bill's least amount in any currency: less is a number that was meant in whole units of the currency. */
const leastMicro = 1_000;

/** Included money pays prices: it has no steps and no rates of exchange, and what it does not pay is charged. */
function checkMoney({ usageType, units, step, exchange, whenUsedUp }: Allowance, field: string): Finding[] {
  if (usageType !== 'money') return [];
  return [
    ...only(
      units < leastMicro,
      `${field}.units`,
      `is ${units} millionths of the plan’s currency: write money as text ("10.00"), or in millionths`,
    ),
    ...only(step !== undefined, `${field}.step`, 'money has no steps: leave it out'),
    ...only(
      exchange !== undefined,
      `${field}.exchange`,
      'money pays what usage costs: give the plan a price',
    ),
    ...only(
      whenUsedUp === 'block' || whenUsedUp === 'throttle',
      `${field}.whenUsedUp`,
      'what included money does not pay is charged: leave it out (a spending limit or a prepaid balance stops usage)',
    ),
  ];
}

/** What may draw on it. */
const kindsOf = (usageType: AllowanceKind, exchange: Allowance['exchange'] = []): AllowanceKind[] => [
  ...new Set([usageType, ...exchange.map(({ each }) => each.usageType)]),
];

/** One rate for each kind, for usage that there is, and no more than the allowance has. */
function checkExchange(
  { exchange = [], units, step, usageType, zones }: Allowance,
  field: string,
  deck: DeckContent,
): Finding[] {
  return [
    ...exchange.flatMap(({ each, takes }, at) => [
      ...only(
        takes > units,
        `${field}.${at}.takes`,
        `is more than the allowance has (${units}): nothing would ever be drawn`,
      ),
      ...only(
        each.usageType === usageType && step !== undefined,
        `${field}.${at}.each.usageType`,
        'is drawn in steps of takes: leave out the step of the allowance',
      ),
      ...only(
        deck.zonesOf !== undefined && !zones.some((zone) => deck.zonesOf?.get(each.usageType)?.has(zone)),
        `${field}.${at}.each.usageType`,
        `covers nothing: deck ${deck.deckId} has no rate for ${each.usageType} in ${zones.join(', ')}`,
      ),
    ]),
    ...findRepeats(
      exchange,
      ({ each }) => each.usageType,
      (at) => `${field}.${at}.each.usageType`,
    ),
  ];
}

/** A limit that can be reached, for zones that the deck has and that are not all of the allowance's. */
function checkZoneLimits(
  { limits = [], units, zones }: Allowance,
  field: string,
  deck: DeckContent,
): Finding[] {
  const known = [...deck.zones, ...deck.servingZones];
  return limits.flatMap((limit, at) => [
    ...limit.zones.flatMap((zone, place) =>
      only(
        !known.includes(zone),
        `${field}.limits.${at}.zones.${place}`,
        `no rate of deck ${deck.deckId} has the zone ${zone}${suggestion(zone, known)}`,
      ),
    ),
    ...only(
      limit.units >= units,
      `${field}.limits.${at}.units`,
      `is never reached: the allowance has ${units}. Name less, or leave the limit out`,
    ),
    ...only(
      zones.every((zone) => limit.zones.includes(zone)),
      `${field}.limits.${at}.zones`,
      'are all zones of the allowance: nothing could use the rest. Make the allowance smaller, or name fewer zones',
    ),
  ]);
}

const only = (wrong: boolean, field: string, reason: string): Finding[] => (wrong ? [{ field, reason }] : []);

function checkLimits(allowance: Allowance, field: string): Finding[] {
  const { units, shared, sizedBy, memberCap, step, rollover, prorate, grant, limits = [] } = allowance;
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
    ...findRepeats(
      limits,
      ({ zones }) => [...zones].sort().join(' '),
      (at) => `${field}.limits.${at}.zones`,
    ),
    ...only(
      rollover?.min !== undefined && rollover.max !== undefined && rollover.min > rollover.max,
      `${field}.rollover.min`,
      `is more than max (${rollover?.max})`,
    ),
  ];
}
