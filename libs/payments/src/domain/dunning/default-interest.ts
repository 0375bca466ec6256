import { addDays, compareDates, daysBetween, type LocalDate } from '@tollkeeper/calendar';
import { divideRounded, parseRate } from '@tollkeeper/money';
import { referenceOn, type ReferenceRate } from './reference-rates';

export type DebtorKind = 'person' | 'organisation';

interface StatutoryInterest {
  country: string;
  kind: DebtorKind;
  reference: ReferenceRate;
  /** Percentage points above the reference. */
  points: string;
  /** The sum of both goes up to the next multiple of it; left out: as it is. */
  roundedUpTo?: string;
  /** From so much of an invoice on, once for each; newest first does not matter, the highest reached counts. */
  lumpSums: readonly { fromMinor: number; minor: number; currency: string }[];
  law: string;
}

const euroLump = [{ fromMinor: 0, minor: 4_000, currency: 'EUR' }];
const betweenFirms = { kind: 'organisation', reference: 'ecb', points: '8', lumpSums: euroLump } as const;
const directive = 'Directive 2011/7/EU Art. 2 (6), Art. 6';
/** Euro countries that took the directive's eight points over as they are. */
const euroArea = 'CY EE ES GR HR IT LT LU LV MT NL PT SI SK'.split(' ');

export const statutoryInterest: readonly StatutoryInterest[] = [
  { country: 'DE', kind: 'person', reference: 'bundesbank', points: '5', lumpSums: [], law: 'BGB § 288 (1)' },
  {
    ...betweenFirms,
    ...{ country: 'DE', reference: 'bundesbank', points: '9', law: 'BGB § 288 (2) and (5)' },
  },
  { country: 'AT', kind: 'person', reference: 'none', points: '4', lumpSums: [], law: 'ABGB §§ 1000, 1333' },
  { ...betweenFirms, country: 'AT', reference: 'oenb', points: '9.2', law: 'UGB §§ 456, 458' },
  { ...betweenFirms, country: 'FR', points: '10', law: 'Code de commerce L441-10 II, D441-5' },
  { ...betweenFirms, country: 'BE', roundedUpTo: '0.5', law: 'Loi du 2 août 2002, art. 5 and 6' },
  { ...betweenFirms, country: 'FI', roundedUpTo: '0.5', law: 'Korkolaki 4 a § and 12 §; 30/2013' },
  {
    ...{ country: 'FI', kind: 'person', reference: 'ecb', points: '7', roundedUpTo: '0.5', lumpSums: [] },
    law: 'Korkolaki 4 § and 12 §',
  },
  {
    ...betweenFirms,
    country: 'IE',
    lumpSums: [
      { fromMinor: 0, minor: 4_000, currency: 'EUR' },
      { fromMinor: 100_001, minor: 7_000, currency: 'EUR' },
      { fromMinor: 1_000_001, minor: 10_000, currency: 'EUR' },
    ],
    law: 'SI 580/2012, reg. 4 and 9',
  },
  ...euroArea.map((country) => ({ ...betweenFirms, country, law: directive })),
  // The lump sum is set in EUR there, and a debt is in PLN: left to the contract.
  {
    ...{ country: 'PL', kind: 'organisation', reference: 'nbp', points: '10', lumpSums: [] },
    law: 'Act of 8 March 2013 on excessive delays, art. 4 (3) b',
  },
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
  { reference, points, roundedUpTo }: Pick<StatutoryInterest, 'reference' | 'points' | 'roundedUpTo'>,
  stretch: Stretch,
): number {
  const step = roundedUpTo === undefined ? 1n : parseRate(roundedUpTo);
  return interestOver(stretch, (day) => {
    const rate = parseRate(referenceOn(reference, day)) + parseRate(points);
    return rate > 0n ? ((rate + step - 1n) / step) * step : 0n;
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
