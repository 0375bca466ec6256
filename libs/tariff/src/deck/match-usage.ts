import type { UsageMatch, UsageType } from '@tollkeeper/contracts';
import type { UsageRecord } from '../record/usage-record';

/** What conditions of prices and allowances look at: the record and what the deck made of it. */
export interface UsageFacts {
  record: UsageRecord;
  usageType: UsageType;
  zone: string;
  servingZone: string;
  /** '' where the deck has no calendar or no band fits. */
  band: string;
}

const mccLength = 3;

const oneOf = (wanted: readonly string[] | undefined, value: string): boolean =>
  wanted === undefined || wanted.includes(value);

/** Data's serving zone is its zone too, so either name fits. */
const inZone = (zones: readonly string[] | undefined, { zone, servingZone }: UsageFacts): boolean =>
  zones === undefined || zones.includes(zone) || zones.includes(servingZone);

export function fits(when: UsageMatch, usage: UsageFacts): boolean {
  const { record } = usage;
  return (
    oneOf(when.usageTypes, usage.usageType) &&
    inZone(when.zones, usage) &&
    oneOf(when.servingZones, usage.servingZone) &&
    oneOf(when.bands, usage.band) &&
    (oneOf(when.networks, record.network) || oneOf(when.networks, record.network.slice(0, mccLength))) &&
    oneOf(when.apns, record.apn ?? '') &&
    oneOf(when.slices, record.slice ?? '') &&
    oneOf(when.qos, record.qos ?? '') &&
    oneOf(when.ratingGroups, record.ratingGroup ?? '') &&
    oneOf(when.directions, record.direction ?? 'outgoing') &&
    oneOf(when.services, record.service ?? '') &&
    (when.onNet === undefined || when.onNet === (record.onNet ?? false))
  );
}
