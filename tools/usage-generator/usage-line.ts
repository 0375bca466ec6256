import { weighted, type Random } from './random';
import { bytes, callSeconds, profiles, type ProfileName } from './subscriber-profiles';

export const header =
  'recordId,usageType,servedMsisdn,servedImsi,otherParty,startAt,durationSeconds,uplinkBytes,downlinkBytes,servingNetwork,sessionId';

export interface UsageSubscriber {
  msisdn: string;
  imsi: string;
  profile: ProfileName;
}

export interface UsageWorld {
  homeNetwork: string;
  roamingNetworks: readonly string[];
  internationalPrefixes: readonly string[];
  emergencyNumbers: readonly string[];
}

/** The columns of a line, in the header's order. */
interface UsageFields {
  recordId: string;
  usageType: string;
  servedMsisdn: string;
  servedImsi: string;
  otherParty: string;
  startAt: string;
  durationSeconds: string;
  uplinkBytes: string;
  downlinkBytes: string;
  servingNetwork: string;
  sessionId: string;
}

export const lineOf = (fields: UsageFields): string => Object.values(fields).join(',');

const usageTypes = ['voice', 'sms', 'data'] as const;
const emergencyOneIn = 400;
const subscriberDigits = 7;

export function usageFields(
  random: Random,
  world: UsageWorld,
  { msisdn, imsi, profile: name }: UsageSubscriber,
  { recordId, startAt }: { recordId: string; startAt: string },
): UsageFields {
  const profile = profiles[name];
  const usageType = usageTypes[weighted(random, profile.mix)] ?? 'data';
  const isAbroad =
    profile.roamsOneIn > 0 && world.roamingNetworks.length > 0 && random.oneIn(profile.roamsOneIn);
  const isData = usageType === 'data';
  const received = isData ? bytes(random, profile.downlinkBytes) : 0;
  return {
    recordId,
    usageType,
    servedMsisdn: msisdn,
    servedImsi: imsi,
    otherParty: isData
      ? ''
      : otherParty(random, world, msisdn, usageType === 'voice', profile.internationalOneIn),
    startAt,
    durationSeconds: usageType === 'voice' ? String(callSeconds(random, profile.callSeconds)) : '',
    uplinkBytes: isData ? String(Math.floor(received / random.between(4, 12))) : '',
    downlinkBytes: isData ? String(received) : '',
    servingNetwork: isAbroad ? random.pick(world.roamingNetworks) : world.homeNetwork,
    sessionId: isData ? `s-${recordId}` : '',
  };
}

function otherParty(
  random: Random,
  { emergencyNumbers, internationalPrefixes }: UsageWorld,
  msisdn: string,
  isVoice: boolean,
  internationalOneIn: number,
): string {
  if (isVoice && emergencyNumbers.length > 0 && random.oneIn(emergencyOneIn))
    return random.pick(emergencyNumbers);
  const isInternational =
    internationalOneIn > 0 && internationalPrefixes.length > 0 && random.oneIn(internationalOneIn);
  return isInternational
    ? `+${random.pick(internationalPrefixes)}${random.digits(subscriberDigits + 2)}`
    : `${msisdn.slice(0, -subscriberDigits)}${random.digits(subscriberDigits)}`;
}

/** Ways in which a line is wrong; each is refused, for a reason of its own. */
const defects: readonly ((fields: UsageFields) => string)[] = [
  (fields) => lineOf(fields).split(',').slice(0, 7).join(','),
  (fields) => lineOf({ ...fields, usageType: 'telegram' }),
  (fields) => lineOf({ ...fields, startAt: '2026-02-30T25:61:00Z' }),
  (fields) => lineOf({ ...fields, usageType: 'voice', otherParty: '4420', durationSeconds: '-30' }),
  (fields) => lineOf({ ...fields, servedMsisdn: 'n/a', servedImsi: '' }),
  (fields) => lineOf({ ...fields, recordId: '' }),
];

export const malformedLine = (fields: UsageFields, number: number): string =>
  (defects[number % defects.length] as (typeof defects)[number])(fields);
