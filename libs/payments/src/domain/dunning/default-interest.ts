import { addDays, compareDates, daysBetween, type LocalDate } from '@tollkeeper/calendar';
import { divideRounded, parseRate } from '@tollkeeper/money';

export type DebtorKind = 'person' | 'organisation';

type Dated = readonly (readonly [from: LocalDate, percent: string])[];

/**
 * Reference rates of each half-year, newest first; the last known one goes on until the next is entered. `ecb`: the
 * main refinancing rate on January 1 and July 1 (Directive 2011/7/EU Art. 2 (7)); `bundesbank`: Basiszinssatz, BGB
 * § 247; `boe`: Bank Rate on December 31 and June 30 (SI 2002/1675).
 */
const referenceRates: Record<string, Dated> = {
  ecb: [
    ['2025-07-01', '2.15'],
    ['2025-01-01', '3.15'],
    ['2024-07-01', '4.25'],
    ['2024-01-01', '4.5'],
    ['2023-07-01', '4'],
    ['2023-01-01', '2.5'],
    ['2016-07-01', '0'],
  ],
  bundesbank: [
    ['2025-07-01', '1.27'],
    ['2025-01-01', '2.27'],
    ['2024-07-01', '3.37'],
    ['2024-01-01', '3.62'],
    ['2023-07-01', '3.12'],
    ['2023-01-01', '1.62'],
    ['2016-07-01', '-0.88'],
  ],
  boe: [
    ['2026-01-01', '3.75'],
    ['2025-07-01', '4.25'],
    ['2025-01-01', '4.75'],
    ['2024-07-01', '5.25'],
    ['2024-01-01', '5.25'],
    ['2023-07-01', '5'],
    ['2023-01-01', '3.5'],
    ['2022-07-01', '1.25'],
    ['2022-01-01', '0.25'],
  ],
};

interface StatutoryInterest {
  country: string;
  kind: DebtorKind;
  reference: keyof typeof referenceRates;
  /** Percentage points above the reference. */
  points: string;
  /** From so much of an invoice on, once for each; newest first does not matter, the highest reached counts. */
  lumpSums: readonly { fromMinor: number; minor: number; currency: string }[];
  law: string;
}

const euroLump = [{ fromMinor: 0, minor: 4_000, currency: 'EUR' }];
const euroArea = [
  'BE',
  'CY',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'IE',
  'IT',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'PT',
  'SI',
  'SK',
];

export const statutoryInterest: readonly StatutoryInterest[] = [
  { country: 'DE', kind: 'person', reference: 'bundesbank', points: '5', lumpSums: [], law: 'BGB § 288 (1)' },
  {
    country: 'DE',
    kind: 'organisation',
    reference: 'bundesbank',
    points: '9',
    lumpSums: euroLump,
    law: 'BGB § 288 (2) and (5)',
  },
  ...euroArea.map((country) => ({
    country,
    kind: 'organisation' as const,
    reference: 'ecb',
    points: '8',
    lumpSums: euroLump,
    law: 'Directive 2011/7/EU Art. 2 (6), Art. 6',
  })),
  {
    country: 'GB',
    kind: 'organisation',
    reference: 'boe',
    points: '8',
    lumpSums: [
      { fromMinor: 0, minor: 4_000, currency: 'GBP' },
      { fromMinor: 100_000, minor: 7_000, currency: 'GBP' },
      { fromMinor: 1_000_000, minor: 10_000, currency: 'GBP' },
    ],
    law: 'Late Payment of Commercial Debts (Interest) Act 1998, s. 5A; SI 2002/1675',
  },
];

/** Null where the law of the country sets no rate for such a debtor: the contract's rate is used, or none. */
export const statutoryFor = (country: string, kind: DebtorKind): StatutoryInterest | null =>
  statutoryInterest.find((each) => each.country === country && each.kind === kind) ?? null;

const daysOfYear = 365n;
const rateScale = 10n ** 12n;

interface Stretch {
  amountMinor: number;
  /** First day of interest. */
  from: LocalDate;
  /** First day without. */
  to: LocalDate;
}

/** Simple interest by days of 365, each half-year at its own rate, rounded once; never below 0. */
export function statutoryInterestMinor(
  { reference, points }: Pick<StatutoryInterest, 'reference' | 'points'>,
  stretch: Stretch,
): number {
  const rates = referenceRates[reference] ?? [];
  return interestOver(stretch, (day) => {
    const [, percent] = rates.find(([from]) => from <= day) ?? rates.at(-1) ?? ['', '0'];
    const rate = parseRate(percent) + parseRate(points);
    return rate > 0n ? rate : 0n;
  });
}

export const contractInterestMinor = (percent: string, stretch: Stretch): number =>
  interestOver(stretch, () => parseRate(percent));

function interestOver({ amountMinor, from, to }: Stretch, rateOn: (day: LocalDate) => bigint): number {
  let [weighted, day] = [0n, from];
  while (compareDates(day, to) < 0) {
    const end = earlier(to, nextHalfYear(day));
    weighted += rateOn(day) * BigInt(daysBetween(day, end));
    day = end;
  }
  return Number(divideRounded(BigInt(amountMinor) * weighted, 100n * daysOfYear * rateScale, 'halfUp'));
}

const earlier = (left: LocalDate, right: LocalDate): LocalDate =>
  compareDates(left, right) < 0 ? left : right;

function nextHalfYear(day: LocalDate): LocalDate {
  const year = day.slice(0, 4);
  return day < `${year}-07-01` ? `${year}-07-01` : addDays(`${year}-12-31`, 1);
}

/** Null where the law has none in that currency. */
export function lumpSumMinor(
  { lumpSums }: StatutoryInterest,
  invoiceMinor: number,
  currency: string,
): number | null {
  const reached = lumpSums.filter((each) => each.currency === currency && invoiceMinor >= each.fromMinor);
  return reached.length === 0 ? null : Math.max(...reached.map(({ minor }) => minor));
}
