import type { RateEntry } from '@tollkeeper/contracts';
import { isRate, parseRate } from '@tollkeeper/money';
import {
  type Cap,
  capFor,
  inForce,
  intraUnionCaps,
  intraUnionLaw,
  terminationCaps,
  terminationLaw,
  wholesaleCaps,
} from './eea-caps';
import { type CheckedDeck, type EeaDeck, eeaDeck, type PlacedRow, rowsTo } from './eea-zones';
import type { RoamingFinding } from './roaming-finding';
import {
  domesticRows,
  highestOf,
  receivedRows,
  type RegulatedType,
  regulatedTypes,
  roamingRows,
  zonesAbroad,
} from './roaming-rows';
import { free, isAbove, plus, priceOfCap, priceOfEntry, type UnitPrice, written } from './unit-price';

const surchargeLaw = 'Regulation (EU) 2022/612, Articles 4 and 8(1)';
const intervalLaw = 'Regulation (EU) 2022/612, Article 8';
const mostFindings = 100;

/**
 * A deck against the rules in force on its first day. Prices are without VAT. A row may cost what the same costs at home
 * and, beyond fair use, a surcharge up to the wholesale cap; `checkRoamingPlan` asks whether a plan has its fair use.
 */
export function checkRoamingDeck(checked: CheckedDeck, entries: readonly RateEntry[]): RoamingFinding[] {
  const deck = eeaDeck(checked, entries);
  if (!deck) return [];
  const perEuro = euroRate(deck);
  if (typeof perEuro !== 'string') return [perEuro];
  return [
    ...regulatedTypes.flatMap((usageType) => [
      ...checkUsed(deck, usageType, perEuro),
      ...checkReceived(deck, usageType, perEuro),
      ...checkIntervals(deck, usageType),
      ...checkCallsAbroad(deck, usageType, perEuro),
    ]),
  ].slice(0, mostFindings);
}

export function euroRate({ currency, rules }: EeaDeck): string | RoamingFinding {
  if (currency === 'EUR') return '1';
  const { perEuro } = rules;
  if (perEuro !== undefined && isRate(perEuro) && parseRate(perEuro) > 0n) return perEuro;
  return {
    field: 'eea.perEuro',
    reason: `the deck is in ${currency}, the law's caps are in euros`,
    law: 'Regulation (EU) 2022/612, Article 1(5)',
    wayOut: `name how many ${currency} a euro is, by the reference rate of the European Central Bank that counts this year`,
  };
}

const finding = (
  at: number,
  column: string,
  reason: string,
  law: string,
  wayOut: string,
): RoamingFinding => ({
  field: `entries.${at}.${column}`,
  reason,
  law,
  wayOut,
});

/** The deck's price and the most that is allowed, in the unit that people know. */
function tooDear(
  { row, at }: PlacedRow,
  most: UnitPrice,
  { unit, perUnits }: Pick<Cap, 'unit' | 'perUnits'>,
  { reason, law }: { reason: string; law: string },
  price: UnitPrice = priceOfEntry(row),
): RoamingFinding[] {
  if (!isAbove(price, most)) return [];
  const allowed = written(most, perUnits);
  return [
    finding(
      at,
      'rate',
      `${row.usageType} ${row.prefix} in ${row.servingZone} costs ${written(price, perUnits)} a ${unit}: ${reason} is ${allowed}`,
      law,
      `at most ${allowed} a ${unit}`,
    ),
  ];
}

function checkUsed(deck: EeaDeck, usageType: RegulatedType, perEuro: string): RoamingFinding[] {
  const caps = inForce(wholesaleCaps, deck.on);
  const cap = capFor(usageType, caps);
  const domestic = domesticRows(deck, usageType);
  const atHome = highestOf(domestic);
  if (!caps || !cap || !atHome) return [];
  const most = plus(atHome, priceOfCap(cap, perEuro));
  const fees = domestic.map(({ row }) => parseRate(row.connectFee));
  const highestFee = fees.reduce((highest, fee) => (fee > highest ? fee : highest), 0n);
  return zonesAbroad(deck).flatMap((zone) =>
    roamingRows(deck, usageType, zone).flatMap((placed) => [
      ...tooDear(placed, most, cap, {
        reason: `the price at home and the wholesale cap of ${cap.euros} EUR together`,
        law: `${surchargeLaw}; ${caps.law}`,
      }),
      ...(parseRate(placed.row.connectFee) > highestFee
        ? [
            finding(
              placed.at,
              'connectFee',
              `${placed.row.usageType} ${placed.row.prefix} in ${zone} has a connect fee that calls at home have not`,
              surchargeLaw,
              'the connect fee of calls at home, or none',
            ),
          ]
        : []),
    ]),
  );
}

/** Calls received cost what they cost at home and, beyond fair use, the termination rate; messages received nothing more. */
function checkReceived(deck: EeaDeck, usageType: RegulatedType, perEuro: string): RoamingFinding[] {
  if (usageType === 'data') return [];
  const cap = usageType === 'voice' ? capFor('voice', inForce(terminationCaps, deck.on)) : null;
  const unit = capFor(usageType, inForce(wholesaleCaps, deck.on));
  if (!unit) return [];
  const atHome =
    highestOf([...deck.homeZones].flatMap((zone) => receivedRows(deck, usageType, zone))) ?? free;
  const most = cap ? plus(atHome, priceOfCap(cap, perEuro)) : atHome;
  return zonesAbroad(deck).flatMap((zone) =>
    receivedRows(deck, usageType, zone).flatMap((placed) =>
      tooDear(placed, most, unit, { reason: 'the most for what is received', law: terminationLaw }),
    ),
  );
}

interface Interval {
  initial: number;
  next: number;
  said: string;
}

const kilobyte = 1_024;
const intervals: Record<RegulatedType, Interval> = {
  voice: { initial: 30, next: 1, said: 'by the second, after at most 30 seconds' },
  sms: { initial: 1, next: 1, said: 'by the message' },
  data: { initial: kilobyte, next: kilobyte, said: 'by the kilobyte' },
};
const received: Interval = { initial: 1, next: 1, said: 'by the second from its start' };

function checkIntervals(deck: EeaDeck, usageType: RegulatedType): RoamingFinding[] {
  const outside = ({ initial, next, said }: Interval, rows: readonly PlacedRow[]): RoamingFinding[] =>
    rows.flatMap(({ row, at }) =>
      row.initialIncrement <= initial && row.nextIncrement <= next
        ? []
        : [
            finding(
              at,
              row.initialIncrement > initial ? 'initialIncrement' : 'nextIncrement',
              `${row.usageType} ${row.prefix} in ${row.servingZone} is counted ${row.initialIncrement}/${row.nextIncrement}: roaming is charged ${said}`,
              intervalLaw,
              `${initial}/${next}`,
            ),
          ],
    );
  return [...deck.roamingZones].flatMap((zone) => [
    ...outside(intervals[usageType], roamingRows(deck, usageType, zone)),
    ...outside(usageType === 'voice' ? received : intervals[usageType], receivedRows(deck, usageType, zone)),
  ]);
}

/** From home to a number in another Member State. */
function checkCallsAbroad(deck: EeaDeck, usageType: RegulatedType, perEuro: string): RoamingFinding[] {
  const cap = usageType === 'data' ? null : capFor(usageType, inForce(intraUnionCaps, deck.on));
  if (!cap) return [];
  const most = priceOfCap(cap, perEuro);
  return [...deck.homeZones].flatMap((zone) =>
    rowsTo(deck.abroadCodes, deck.rowsOf(usageType, zone), deck.rules).flatMap((placed) =>
      tooDear(
        placed,
        most,
        cap,
        { reason: 'the cap for consumers within the Union', law: intraUnionLaw },
        withFee(placed.row, cap),
      ),
    ),
  );
}

/** A connect fee comes on top of the first minute or message, which the cap is for too. */
const withFee = (row: RateEntry, { perUnits }: Cap): UnitPrice =>
  plus(priceOfEntry(row), { numerator: parseRate(row.connectFee), denominator: BigInt(perUnits) });
