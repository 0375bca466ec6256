import type { LocalDate } from '@tollkeeper/calendar';

type Dated = readonly (readonly [from: LocalDate, percent: string])[];

/**
 * Reference rates of each half-year, newest first; the last known one goes on until the next is entered. `ecb`: the
 * main refinancing rate on January 1 and July 1 (Directive 2011/7/EU Art. 2 (7)); `bundesbank`: Basiszinssatz, BGB
 * § 247; `oenb`: Basiszinssatz of the first day of the half-year (UGB § 456); `boe`: Bank Rate on December 31 and June
 * 30 (SI 2002/1675); `nbp`: reference rate on January 1 and July 1; `none`: a fixed rate.
 */
const referenceRates = {
  ecb: [
    ['2025-07-01', '2.15'],
    ['2025-01-01', '3.15'],
    ['2024-07-01', '4.25'],
    ['2024-01-01', '4.5'],
    ['2023-07-01', '4'],
    ['2023-01-01', '2.5'],
    ['2016-07-01', '0'],
    ['2015-01-01', '0.05'],
    ['2014-07-01', '0.15'],
    ['2014-01-01', '0.25'],
    ['2013-07-01', '0.5'],
    ['2013-01-01', '0.75'],
  ],
  bundesbank: [
    ['2025-07-01', '1.27'],
    ['2025-01-01', '2.27'],
    ['2024-07-01', '3.37'],
    ['2024-01-01', '3.62'],
    ['2023-07-01', '3.12'],
    ['2023-01-01', '1.62'],
    ['2016-07-01', '-0.88'],
    ['2015-01-01', '-0.83'],
    ['2014-07-01', '-0.73'],
    ['2014-01-01', '-0.63'],
    ['2013-07-01', '-0.38'],
    ['2013-01-01', '-0.13'],
    ['2012-01-01', '0.12'],
  ],
  oenb: [
    ['2025-07-01', '1.53'],
    ['2025-01-01', '2.53'],
    ['2024-01-01', '3.88'],
    ['2023-07-01', '3.38'],
    ['2023-01-01', '1.88'],
    ['2016-07-01', '-0.62'],
  ],
  boe: [
    ['2026-01-01', '3.75'],
    ['2025-07-01', '4.25'],
    ['2025-01-01', '4.75'],
    ['2024-01-01', '5.25'],
    ['2023-07-01', '5'],
    ['2023-01-01', '3.5'],
    ['2022-07-01', '1.25'],
    ['2022-01-01', '0.25'],
    ['2020-07-01', '0.1'],
    ['2019-01-01', '0.75'],
    ['2018-01-01', '0.5'],
    ['2017-01-01', '0.25'],
    ['2009-07-01', '0.5'],
  ],
  nbp: [
    ['2026-01-01', '4'],
    ['2025-07-01', '5.25'],
    ['2024-01-01', '5.75'],
    ['2022-07-01', '6'],
  ],
  none: [['2000-01-01', '0']],
} as const satisfies Record<string, Dated>;

export type ReferenceRate = keyof typeof referenceRates;

/** The rate of the half-year of a day. */
export function referenceOn(reference: ReferenceRate, day: LocalDate): string {
  const rates: Dated = referenceRates[reference];
  const [, percent] = rates.find(([from]) => from <= day) ?? rates.at(-1) ?? ['', '0'];
  return percent;
}
