import { addDays, type LocalDate, localDateOf, startOfDay } from '@tollkeeper/calendar';
import type { OfferingVersion } from '@tollkeeper/contracts';

/** The version whose price holds on a day. */
export function versionInForce(
  offerings: readonly OfferingVersion[],
  offeringId: string,
  on: LocalDate,
  zone: string,
): OfferingVersion {
  const found = versionOn(offerings, offeringId, on, zone);
  if (!found) throw new Error(`No version of offering ${offeringId} is in force on ${on}`);
  return found;
}

export function versionOn(
  offerings: readonly OfferingVersion[],
  offeringId: string,
  on: LocalDate,
  zone: string,
): OfferingVersion | undefined {
  let latest: OfferingVersion | undefined;
  let earliest: OfferingVersion | undefined;
  for (const each of offerings) {
    if (each.offeringId !== offeringId) continue;
    if (isBegun(each, on, zone) && (!latest || each.validFrom > latest.validFrom)) latest = each;
    if (!earliest || each.validFrom < earliest.validFrom) earliest = each;
  }
  if (latest) return latest;
  // Published during its first day: the plan was sold from that day's beginning.
  return earliest && isBegun(earliest, addDays(on, 1), zone) ? earliest : undefined;
}

/** In force as the day begins. Zones are at most a day away from UTC: far from its edge no clock has to be asked. */
function isBegun({ validFrom }: OfferingVersion, on: LocalDate, zone: string): boolean {
  const day = validFrom.slice(0, 10);
  if (day > on) return false;
  return day < addDays(on, -1) || validFrom <= startOfDay(on, zone);
}

/** First day after `on` that begins with a newer version. */
export function nextVersionFrom(
  offerings: readonly OfferingVersion[],
  offeringId: string,
  on: LocalDate,
  zone: string,
): LocalDate | null {
  const later = offerings
    .filter((each) => each.offeringId === offeringId && !isBegun(each, on, zone))
    .map(({ validFrom }) => firstWholeDay(validFrom, zone))
    .filter((day) => day > on)
    .sort();
  return later[0] ?? null;
}

const firstWholeDay = (at: string, zone: string): LocalDate => {
  const day = localDateOf(at, zone);
  return startOfDay(day, zone) >= at ? day : addDays(day, 1);
};
